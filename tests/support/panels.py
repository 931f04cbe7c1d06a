"""What tests of our own page share: waiting for what it shows, in the page itself, and looking at its pixels."""

from __future__ import annotations

import io
import json
from typing import Any

from PIL import Image

import jupyterwin.panels  # noqa: F401 -- from here on windows show objects
from jupyterwin.main.window import Window

DEADLINE = 20
"""Seconds after which what a test waits for does not come any more."""

_UNTIL = """
const deadline = performance.now() + {ms};
while (true) {{
  let value = null;
  try {{ value = ({condition}); }} catch (error) {{ value = null; }}
  if (value) return value;
  if (performance.now() > deadline) throw new Error({text} + " did not come true; the page: " + document.body.innerText.slice(0, 500));
  await new Promise((resolve) => requestAnimationFrame(resolve));
}}
"""


def until(window: Window, condition: str) -> Any:
    """Wait until an expression is true in the page; its value."""
    script = _UNTIL.format(ms=DEADLINE * 1000, condition=condition, text=json.dumps(condition))
    return window.eval(script, timeout=DEADLINE + 5).result(DEADLINE + 10)


PAINTED = "for (let n = 0; n < 2; n++) await new Promise(requestAnimationFrame);"
"""JavaScript, for the beginning of a body: a page that was never painted hears no mouse."""


def picture(window: Window) -> Image.Image:
    """What the window shows."""
    return Image.open(io.BytesIO(window.capture().result(DEADLINE).png)).convert("RGB")


def colours(image: Image.Image) -> int:
    """How many colours there are: 1 for a blank one."""
    return len(image.getcolors(maxcolors=2**24) or ())
