"""IPython without a kernel: what needs one is refused by a clear line, and a card is the line that it is in a terminal."""

from __future__ import annotations

import subprocess
import sys

SCRIPT = """
from IPython.terminal.interactiveshell import TerminalInteractiveShell
ip = TerminalInteractiveShell.instance(simple_prompt=True, colors="nocolor")
ip.run_line_magic("load_ext", "jupyterwin")
ip.run_cell("import jupyterwin as jw")
ip.run_cell("%%panel prices\\nran = True")
print("ran" in ip.user_ns)
ip.run_cell("pending = jw.Pending('an answer')")
print(ip.display_formatter.format(ip.user_ns["pending"])[0])
ip.run_cell("jw.open('a', htm='x')")
ip.run_line_magic("unload_ext", "jupyterwin")
ip.run_line_magic("load_ext", "jupyterwin")
"""


def test_a_terminal() -> None:
    ran = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, timeout=60, check=False)
    said = ran.stdout.splitlines()
    assert ran.returncode == 0, ran.stderr
    assert (
        "%%panel: output of a terminal cannot be led elsewhere: assign an object, board['prices'] = value" in ran.stderr
    )
    assert said[:2] == ["False", "{'text/plain': '<Pending an answer: pending>'}"]
    assert said[-1].startswith("UsageError: ")
