"""Kernel: menus as data with Python callbacks. They know no window; windows show them and tell them of clicks."""

from jupyterwin.main.menus.item import MenuItem
from jupyterwin.main.menus.menu import Menu

__all__ = ["Menu", "MenuItem"]
