"""The desktop helper: a process of its own for one dialog or one clipboard, with no web content and outside the sandbox."""
