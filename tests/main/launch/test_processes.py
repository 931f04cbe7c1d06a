"""The process tree and its numbers, on processes without a namespace of their own."""

from __future__ import annotations

import os
import subprocess
import sys

from jupyterwin.main.launch import processes

# Older children end while younger ones stay, as renderers do; threads come and go. What stays ends with its parent.
RESTLESS = """
import subprocess, sys, threading
def new():
    return subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
old = [new() for _ in range(5)]
stay = [new() for _ in range(5)]
print(*[child.pid for child in stay], flush=True)
for child in old:
    child.kill()
    child.wait()
while True:
    threads = [threading.Thread(target=int) for _ in range(10)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
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


def test_children_are_found_while_threads_and_other_children_of_their_parent_end() -> None:
    with subprocess.Popen([sys.executable, "-c", RESTLESS], stdout=subprocess.PIPE, text=True) as parent:
        try:
            assert parent.stdout is not None
            children = set(map(int, parent.stdout.readline().split()))
            for _ in range(200):
                assert children <= set(processes.tree(parent.pid))
        finally:
            parent.kill()
