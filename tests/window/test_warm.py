"""A warm host: asked for in the configuration, it runs before the first window; not asked for, nothing does."""

from __future__ import annotations

import psutil

from support.kernel import RealKernel


def test_loading_the_extension_starts_no_process(real_kernel: RealKernel) -> None:
    real_kernel.run("%load_ext jupyterwin\nimport jupyterwin as jw").ok()
    assert real_kernel.value("jw.app.host is None")
    assert not psutil.Process(real_kernel.pid).children(recursive=True)


def test_the_configuration_asks_for_a_host_before_the_first_window(real_kernel: RealKernel) -> None:
    real_kernel.run("get_ipython().config.JupyterWin.warm = True\n%load_ext jupyterwin\nimport jupyterwin as jw").ok()
    first = real_kernel.value("jw.app.host.process.pid")
    real_kernel.run("%reload_ext jupyterwin").ok()
    real_kernel.run("jw.open('w', html='<p>').ready().result(30)").ok()
    assert real_kernel.value("jw.app.host.process.pid") == first


def test_config_shows_it_and_turns_it_on(real_kernel: RealKernel) -> None:
    real_kernel.run("%load_ext jupyterwin\nimport jupyterwin as jw").ok()
    assert "JupyterWin.warm=<Bool>" in real_kernel.run("%config JupyterWin").ok().stdout
    real_kernel.run("%config JupyterWin.warm = True").ok()
    assert real_kernel.value("jw.app.host.alive")
    real_kernel.run("%unload_ext jupyterwin").ok()
    assert "JupyterWin" not in real_kernel.run("%config").ok().stdout


def test_without_a_screen_the_extension_loads_and_says_why_nothing_is_warm(start_kernel) -> None:
    kernel = start_kernel(DISPLAY="")
    loaded = kernel.run("get_ipython().config.JupyterWin.warm = True\n%load_ext jupyterwin").ok()
    assert "JupyterWin.warm: " in loaded.stderr
    assert "Traceback" not in loaded.stderr
