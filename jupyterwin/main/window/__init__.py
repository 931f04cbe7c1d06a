"""A window as the user drives it from the kernel. `Window` is composed of the modules here, one noun each."""

from jupyterwin.main.window.window import Window as Window
