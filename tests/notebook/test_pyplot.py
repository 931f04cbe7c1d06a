"""Pyplot that is imported first by code beside cells: its figures are not those of the cells all the same."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
import contextvars, importlib.util
from IPython.core.interactiveshell import InteractiveShell
from jupyterwin.main.handlers import beside
from jupyterwin.notebook import pyplot

pyplot.attach(InteractiveShell.instance())

def draws():
    importlib.util.find_spec("matplotlib._pylab_helpers")  # only looks
    import matplotlib
    matplotlib.use("agg")
    import matplotlib.pyplot as plt
    plt.plot([1, 2])
    print(plt.get_fignums())

beside.run(contextvars.copy_context(), None, draws)
import matplotlib.pyplot as plt
print(plt.get_fignums())
plt.plot([3])
beside.run(contextvars.copy_context(), None, draws)
print(plt.get_fignums(), plt.gca().lines[0].get_ydata())
pyplot.detach(InteractiveShell.instance())
print(plt.get_fignums())
"""


def test_what_imports_it_first_has_figures_of_its_own_too() -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=True)
    assert ran.stdout.splitlines() == ["[1]", "[]", "[1]", "[1] [3]", "[1]"]
