"""The demo where it cannot begin: one line that says what to install, before anything is started."""

from __future__ import annotations

from support.command import run


def test_without_a_screen_and_without_xvfb_it_names_the_package(tmp_path):
    said = run("demo", cwd=tmp_path, DISPLAY=None, PATH="/nowhere")
    assert said.code == 1
    assert "sudo apt-get install xvfb" in said.err
    assert "Traceback" not in said.err
    assert not list(tmp_path.iterdir())


def test_what_the_demo_needs_is_named_together(without_modules, tmp_path):
    said = run("demo", cwd=tmp_path, PYTHONPATH=without_modules("nbformat", "vega_datasets"))
    assert said.code == 1
    assert "the demo needs nbformat, vega_datasets; `pip install 'jupyterwin[qt,demo]'`" in said.err


def test_on_a_screen_in_memory_nobody_clicks_without_python_xlib(without_modules, tmp_path):
    said = run("demo", cwd=tmp_path, DISPLAY=None, PYTHONPATH=without_modules("Xlib"))
    assert said.code == 1
    cure = "python-xlib is not installed; `pip install 'jupyterwin[demo]'`"
    assert f"the demo failed: nobody can click on a screen in memory: {cure}" in said.err
    assert not list(tmp_path.iterdir())


def test_keep_without_jupyterlab_is_told_before_the_demo_runs(without_modules, tmp_path):
    said = run("demo", "--keep", cwd=tmp_path, PYTHONPATH=without_modules("jupyterlab"))
    assert said.code == 1
    assert "pip install 'jupyterwin[lab]'" in said.err


def test_in_a_lab_all_that_is_missing_is_told_with_its_cure(without_modules, tmp_path):
    said = run("demo", "--notebook", cwd=tmp_path, PYTHONPATH=without_modules("playwright"), PATH="/nowhere")
    assert said.code == 1
    assert "playwright is not installed; `pip install 'jupyterwin[lab]'`" in said.err
    assert "no Chromium is installed; `sudo apt-get install chromium`" in said.err
    assert not list(tmp_path.iterdir())


def test_a_lab_is_another_way_than_going_on_by_hand():
    said = run("demo", "--notebook", "--keep")
    assert said.code == 2
    assert "not allowed with argument" in said.err
