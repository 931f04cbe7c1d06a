"""Live widgets in panels: ipywidgets and anywidget over their own comm protocol. It knows no window and no notebook."""
