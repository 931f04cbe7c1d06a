"""Camera and microphone, which a machine for tests has not: the engine is started with devices that it makes up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from jupyterwin.main.launch.launcher import LaunchOptions
from jupyterwin.wire import control
from support.fake_kernel import FakeKernel

# Stands in bubblewrap's place: starts it, and in it the same host, with one more switch of the engine.
WRAPPER = """#!{python}
import os, shutil, sys
start = (
    "import runpy; from jupyterwin.host.engines.qt import flags; "
    "flags._SWITCHES += ('--use-fake-device-for-media-stream',); "
    "runpy.run_module('jupyterwin.host', run_name='__main__')"
)
arguments = sys.argv[1:]
at = arguments.index("-m")
arguments[at : at + 2] = ["-c", start]
os.execv(shutil.which("bwrap"), ["bwrap", *arguments])
"""
PAGE = """<script>(async () => {
const ask = async (name, what) => console.log('#', name, await navigator.mediaDevices.getUserMedia(what)
    .then(stream => stream.getTracks().length, error => error.name));
await ask('camera', {video: true});
await ask('microphone', {audio: true});
await ask('both', {video: true, audio: true});
console.log('over');
})()</script>"""


@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[FakeKernel]:
    wrapper = tmp_path / "bwrap"
    wrapper.write_text(WRAPPER.format(python=sys.executable))
    wrapper.chmod(0o755)
    with FakeKernel(LaunchOptions(bubblewrap=str(wrapper))) as one:
        yield one


def test_camera_and_microphone_are_two_switches(kernel: FakeKernel) -> None:
    for name, allow, said, told in (
        ("none", [], ["AbortError"] * 3, ["camera", "microphone", "camera", "microphone"]),
        ("one", ["camera"], ["1", "AbortError", "AbortError"], ["microphone", "microphone"]),
        ("all", ["camera", "microphone"], ["1", "1", "2"], []),
    ):
        kernel.open(name, PAGE, allow={switch: ["self"] for switch in allow})
        kernel.line(name, "over")
        answers = [line.split()[-1] for line in kernel.console(name) if line.startswith("#")]
        refused = [one.switch for one in kernel.events if isinstance(one, control.Refused) and one.window == name]
        assert (answers, refused) == (said, told), name
