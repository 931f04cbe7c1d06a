"""The contextBridge in a real window: every row of its table, and what a preload may expose how often."""

from __future__ import annotations

import re
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import pytest

from jupyterwin.errors import JupyterWinError
from jupyterwin.main.app import App
from support.bridge_cases import CASES
from support.busy import busy_python

EXPOSED_TWICE = """
const attempt = (work) => { try { work(); return "exposed"; } catch (e) { return `${e.name}: ${e.message}`; } };
const { exposeInMainWorld } = jupyterwin.contextBridge;
exposeInMainWorld("again", { x: 1 });
exposeInMainWorld("outcomes", [
  attempt(() => exposeInMainWorld("again", { x: 2 })),
  attempt(() => exposeInMainWorld("document", {})),
  attempt(() => exposeInMainWorld("location", {})),
  attempt(() => exposeInMainWorld("Promise", {})),
  attempt(() => exposeInMainWorld("", {})),
  attempt(() => exposeInMainWorld("unclonable", { x: new WeakMap() })),
  attempt(() => exposeInMainWorld("throwing", { get x() { throw new RangeError("got"); } })),
  attempt(() => exposeInMainWorld("deep", Array.from({ length: 1100 }).reduce((inner) => ({ inner }), {}))),
]);
"""


@pytest.fixture(scope="module", params=["idle", "busy"])
def crossed(
    display: object, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> dict[str, Any]:
    """What each case gave, all of them in one window, which is closed again; also while the kernel works in pure Python."""
    with busy_python() if request.param == "busy" else nullcontext():
        return outcomes(tmp_path_factory.mktemp("preload") / "preload.js")


def outcomes(preload: Path) -> dict[str, Any]:
    exposures = [
        f"try {{ jupyterwin.contextBridge.exposeInMainWorld('k{n}', {api}) }} catch (e) {{ console.error('k{n}', String(e)) }}"
        for n, (_, api, _, _) in enumerate(CASES)
    ]
    preload.write_text("\n".join(["(() => {", EXPOSED_TWICE, *exposures, "})()"]))
    app, results = App(), {}
    try:
        window = app.open("bridge", html="<p>bridge", preload=preload)
        window.ready().result(20)
        window.on("console-message", lambda entry: entry.message == "LISTENING" and window.send("heard", 1))
        for n, (name, _, script, _) in enumerate(CASES):
            body = re.sub(r"\bKEY\b", f"k{n}", script)
            try:
                # Wrapped: a promise that an evaluation gives would be awaited.
                value = window.eval(f"const api = window.k{n}; {body}", timeout=5).result(10)
            except JupyterWinError as problem:
                value = f"{problem} | {[str(entry) for entry in window.log]}"
            results[name] = value
        results["again"] = window.eval("[again.x, outcomes, typeof unclonable, typeof throwing, typeof deep]").result(
            10
        )
    finally:
        app.quit()
    return results


@pytest.mark.parametrize(("name", "expected"), [(name, expected) for name, _, _, expected in CASES])
def test_what_crosses(crossed: dict[str, Any], name: str, expected: Any) -> None:
    given = crossed[name]
    if isinstance(expected, list) and isinstance(given, list) and expected[:1] == [True] and "Error" in str(expected):
        given = given[: len(expected)]  # a message that is not said is not looked at
    assert given == expected


def test_what_may_be_exposed(crossed: dict[str, Any]) -> None:
    first, outcomes, *kinds = crossed["again"]
    assert first == 1
    assert [outcome.partition(":")[0] for outcome in outcomes] == [
        *["Error"] * 4,
        "TypeError",
        "Error",
        "RangeError",
        "TypeError",
    ]
    assert kinds == ["undefined"] * 3
