"""One measurement of one subject, in this process: ``measure.py SUBJECT NAME COUNT``. The last line printed is JSON.

`run.py` calls it; by hand it is for looking at one figure, or for profiling.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from importlib import import_module
from types import FrameType

from subjects import Options, Result


def measure(subject: str, name: str, options: Options) -> Result:
    """Run it. Raises whatever went wrong."""
    return import_module(f"subjects.{subject}").MEASUREMENTS[name](options)


def _ended(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit("ended from outside")  # so that kernels are shut down on the way out


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _ended)
    result = measure(sys.argv[1], sys.argv[2], Options(count=int(sys.argv[3])))
    print(json.dumps({"metrics": result.metrics, "facts": result.facts}), flush=True)
    os._exit(0)  # whatever thread a peer has left behind
