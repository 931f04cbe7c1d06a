"""The window host: the process that runs pywebview. It never imports main, panels, notebook or IPython."""
