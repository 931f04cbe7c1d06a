"""The kernel's side: the main process. It owns the app, the windows, the handlers and the data; it has no GUI loop."""
