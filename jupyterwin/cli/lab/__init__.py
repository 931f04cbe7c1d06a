"""A JupyterLab of a command's own, and a notebook in it driven as a person drives it: by Debian's Chromium.

It knows no window of ours: the demo and the tests look for those.
"""
