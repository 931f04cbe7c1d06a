"""The demo, run as a person runs it: on no screen, on a screen, and with notebooks in which something is wrong."""

from __future__ import annotations

import contextlib
import re
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from support.command import Said, environment, finish, run
from support.demo import changed, colours
from support.screen import Screen

STAYS = "The windows are yours now"

# Long enough for the click, and shorter than the quickstart's own.
BUSY = "import time\nprint(1, flush=True)\ntime.sleep(5)"


@contextlib.contextmanager
def running_until(words: str, folder: Path, **variables: str | None) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the demo until it says these words; the process, and what it said so far. It has to end in the block."""
    with subprocess.Popen(
        changed(folder, busy=BUSY),
        cwd=folder,
        env=environment(**variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as demo:
        try:
            said = ""
            for line in demo.stdout:
                said += line
                if words in line:
                    break
            else:
                pytest.fail(f"the demo did not say {words!r}:\n{said}", pytrace=False)
            yield demo, said
        finally:
            demo.kill()  # what it leaves, if this was needed, is told by the check for leaks


def test_without_a_screen_it_makes_one_clicks_and_ends_by_itself(tmp_path):
    said = run("demo", cwd=tmp_path, DISPLAY=None).ok()
    assert not said.err
    assert "an Xvfb of its own, because DISPLAY is not set" in said.out
    pids = re.findall(
        r"^(?:prices +Stock prices|details +Details|Companies +Companies) +(\d+)$", said.out, re.MULTILINE
    )
    assert len(set(pids)) == 3
    assert "sandbox     full: " in said.out
    assert re.search(r"^round trip  \d+\.\d ms, .* \(median of 300 calls", said.out, re.MULTILINE)
    assert re.search(
        r"^click       on MSFT in 'prices', while the cell ran: 'details' showed it", said.out, re.MULTILINE
    )
    pictures = {file.name: file for file in (tmp_path / "demo-pictures").iterdir()}
    assert pictures.keys() == {"screen.png", "prices.png", "details.png", "Companies.png"}
    for name, picture in pictures.items():
        assert f"demo-pictures/{name}" in said.out
        assert colours(picture) > 50
    with Image.open(pictures["screen.png"]) as image:
        assert image.size == (1600, 1000)


def test_on_a_screen_it_stays_until_interrupted_and_nobody_clicks_without_python_xlib(without_modules, tmp_path):
    with running_until(STAYS, tmp_path, PYTHONPATH=without_modules("Xlib")) as (demo, said):
        assert "click       none: python-xlib is not installed; `pip install 'jupyterwin[demo]'`" in said
        assert "screen.png" not in said, "the screen is the person's: no picture of it is taken"
        assert demo.poll() is None
        demo.send_signal(signal.SIGINT)
        assert demo.wait(30) == 0


def test_on_a_screen_it_ends_with_its_windows(screen: Screen, tmp_path):
    with running_until(STAYS, tmp_path) as (demo, said):
        assert "click       on MSFT in 'prices'" in said
        for title in ("Stock prices", "Details", "Companies"):
            screen.window(title).click_close_button()
        assert demo.wait(30) == 0


def test_a_polite_end_in_the_middle_takes_all_along(tmp_path):
    with running_until("window      details", tmp_path, DISPLAY=None) as (demo, _):
        demo.terminate()
        assert demo.wait(30) == 130


def test_killed_in_the_middle_it_leaves_no_process(tmp_path):
    # jupyter_client's connection file stays when nobody is there to remove it.
    with running_until("window      details", tmp_path, DISPLAY=None, TMPDIR=str(tmp_path)) as (demo, _):
        demo.kill()
        demo.wait(30)


def test_keep_opens_jupyterlab_on_the_notebook_and_gives_its_exit_code(tmp_path):
    (tmp_path / "jupyterlab").mkdir()
    (tmp_path / "jupyterlab" / "__init__.py").touch()
    (tmp_path / "jupyterlab" / "__main__.py").write_text(
        "import os, sys\nprint('LAB', os.environ['DISPLAY'], sys.argv[1:], flush=True)\nsys.exit(7)\n"
    )
    said = finish(changed(tmp_path, "--keep", busy=BUSY), cwd=tmp_path, DISPLAY=None, PYTHONPATH=str(tmp_path))
    assert said.code == 7, said.out + said.err
    lab = next(line for line in said.out.splitlines() if line.startswith("LAB"))
    assert str(tmp_path / "changed.ipynb") in lab
    assert "--no-browser" in lab


def demo_on(folder: Path, **cells: str) -> Said:
    """Run the demo on a changed quickstart, without a screen."""
    return finish(changed(folder, **{"busy": BUSY} | cells), cwd=folder, DISPLAY=None)


def test_a_cell_that_fails_ends_the_demo_with_its_traceback(tmp_path):
    said = demo_on(tmp_path, functions="def broken():\n    return 1 / 0\nbroken()")
    assert said.code == 1
    assert "the demo failed: cell 'functions' failed: ZeroDivisionError: division by zero" in said.err
    assert "return 1 / 0" in said.err
    assert "\x1b" not in said.err


def test_a_window_that_does_not_come_fails_the_demo(tmp_path):
    said = demo_on(tmp_path, second_window="details = None")
    assert said.code == 1
    assert "window 'details' did not come" in said.err


def test_a_click_that_does_not_reach_the_kernel_fails_the_demo(tmp_path):
    said = demo_on(tmp_path, second_window="details = jw.open('details', html='<h1>AAPL</h1>')")
    assert said.code == 1
    assert "the click did not reach the kernel" in said.err
    assert "window 'details' showed 'AAPL'" in said.err


def test_a_kernel_that_dies_is_told(tmp_path):
    said = demo_on(tmp_path, functions="import os\nos._exit(3)")
    assert said.code == 1
    assert "the kernel died during cell 'functions'" in said.err
