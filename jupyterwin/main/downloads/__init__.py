"""Kernel: what pages download: how far it is, and where it is written. It knows the host by what it is asked, no page."""

from jupyterwin.main.downloads.item import DownloadItem

__all__ = ["DownloadItem"]
