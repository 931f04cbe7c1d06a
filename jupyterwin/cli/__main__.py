"""``python -m jupyterwin.cli``: the console script under another name. It knows only `main`."""

import sys

from jupyterwin.cli import main

sys.exit(main())
