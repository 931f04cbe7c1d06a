"""Kernel: what needs the desktop and no window: dialogs, the clipboard, links opened outside. Each in a helper process."""
