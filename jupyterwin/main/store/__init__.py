"""Stores: state that the kernel owns and several windows share."""

from jupyterwin.main.store.store import Store

__all__ = ["Store"]
