"""The process tree and its numbers, on processes without a namespace of their own."""

from __future__ import annotations

import os
import subprocess
import sys

from jupyterwin.main.launch import processes


def test_a_child_is_in_its_parents_tree_under_its_own_number() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        assert child.pid in processes.tree(os.getpid())
        assert processes.outer_pid(os.getpid(), child.pid) == child.pid
        assert processes.outer_pid(child.pid, os.getpid()) is None  # not below it
        assert child.stdin is not None
        child.stdin.close()


def test_what_is_gone_has_no_number() -> None:
    assert processes.namespace_pids(2**22 + 1) == []
    assert processes.outer_pid(os.getpid(), 2**22 + 1) is None
