"""The process tree and its numbers, on processes without a namespace of their own."""

from __future__ import annotations

import os
import subprocess
import sys

from jupyterwin.main.launch import processes

# Threads end all the time; the one after them has the children. What stays ends with its parent.
RESTLESS = """
import subprocess, sys, threading, time
ready = threading.Event()
def leave(seconds):
    ready.wait()
    time.sleep(seconds)
def stay():
    children = [subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) for _ in range(5)]
    print(*[child.pid for child in children], flush=True)
    ready.set()
    threading.Event().wait()
for n in range(200):
    threading.Thread(target=leave, args=[n / 500]).start()
threading.Thread(target=stay).start()
"""


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


def test_children_are_found_while_threads_of_their_parent_end() -> None:
    with subprocess.Popen([sys.executable, "-c", RESTLESS], stdout=subprocess.PIPE, text=True) as parent:
        try:
            assert parent.stdout is not None
            children = set(map(int, parent.stdout.readline().split()))
            for _ in range(300):
                assert children <= set(processes.tree(parent.pid))
        finally:
            parent.kill()
