"""``jupyterwin doctor``: what a window would get on this machine, by opening one; and what to install for more."""
