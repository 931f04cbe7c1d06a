"""``python -m jupyterwin.cli.lab``: JupyterLab, which ends when the process that started it is gone. It knows no notebook."""

from __future__ import annotations

from jupyterlab.labapp import main

from jupyterwin.cli.processes import end_with_parent

end_with_parent()
main()
