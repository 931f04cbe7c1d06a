"""``jupyterwin demo``: the quickstart notebook in a real kernel, its windows on a screen, and proof that they work."""
