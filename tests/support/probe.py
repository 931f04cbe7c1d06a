"""A look into a frame of widgets: an anywidget that runs what a test asks, beside the widgets it is shown with.

The frame's origin is opaque, so that no page, and no test through a page, can look into it.
"""

from __future__ import annotations

import itertools
import threading
from typing import Any

import anywidget

DEADLINE = 20

_ESM = """
async function answer(model, { id, code }) {
  const url = URL.createObjectURL(new Blob([`export default async (model) => { ${code} }`], { type: "text/javascript" }));
  try {
    const { default: run } = await import(url);
    model.send({ id, value: (await run(model)) ?? null });
  } catch (error) {
    model.send({ id, error: String(error) });
  }
}
export default {
  render({ model, el }) {
    el.textContent = "probe";
    model.on("msg:custom", (words) => answer(model, words));
    model.send({ id: 0 });
  },
};
"""


class Probe(anywidget.AnyWidget):
    """Show it beside other widgets; `ask` runs the body of a function in their frame."""

    _esm = _ESM

    def __init__(self) -> None:
        super().__init__()
        self._ids = itertools.count(1)
        self._answers: dict[int, dict[str, Any]] = {}
        self._came = threading.Condition()
        self.on_msg(self._answered)

    def ask(self, code: str) -> Any:
        """What ``code``, the body of an async function of `model`, returns there."""
        number = next(self._ids)
        self.send({"id": number, "code": code})
        answer = self._wait(number)
        assert "error" not in answer, answer["error"]
        return answer["value"]

    def until(self, condition: str) -> Any:
        """Wait until an expression is true there; its value."""
        return self.ask(
            f"""
            const end = performance.now() + {DEADLINE * 1000 - 1000};
            for (;;) {{
              let value = null;
              try {{ value = ({condition}); }} catch {{ value = null; }}
              if (value) return value;
              if (performance.now() > end) throw new Error("not in time; the frame: " + document.body.innerText);
              await new Promise((resolve) => requestAnimationFrame(resolve));
            }}
            """
        )

    def drawn(self) -> None:
        """Wait until it is drawn, for the first time or once more."""
        self._wait(0)
        del self._answers[0]

    def _wait(self, number: int) -> dict[str, Any]:
        with self._came:
            assert self._came.wait_for(lambda: number in self._answers, DEADLINE), "the frame gave no answer"
            return self._answers[number]

    def _answered(self, _widget: object, content: dict[str, Any], _buffers: object) -> None:
        with self._came:
            self._answers[content["id"]] = content
            self._came.notify_all()
