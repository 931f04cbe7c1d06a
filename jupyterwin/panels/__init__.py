"""Panels: any object in a window. What a page draws of an object is made here; how it is drawn is the page's own."""

from jupyterwin.main.scenes import scenes
from jupyterwin.panels.single import scene_of

scenes.made_by(scene_of)
