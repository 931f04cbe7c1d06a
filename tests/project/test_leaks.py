"""The check that a test leaves nothing sees what is left: or it would pass for ever."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import pytest

from support.leaks import Traces, alive, end_processes, left_since

# A child that leaves a grandchild behind, in a session of its own and without any environment: a host whose kernel died.
ORPHAN = """
import subprocess, sys
print(subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], env={}, start_new_session=True,
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).pid)
"""


@pytest.fixture
def before(home):
    return Traces.now(home)


def test_nothing_left_is_nothing_told(before, home):
    subprocess.run([sys.executable, "-c", ""], check=True)
    assert left_since(before, home, grace=0.5) == []


def test_an_orphan_in_a_session_of_its_own_is_seen_and_ended(before, home):
    pid = int(subprocess.run([sys.executable, "-c", ORPHAN], capture_output=True, check=True).stdout)
    (left,) = left_since(before, home, grace=0)
    assert str(pid) in left
    end_processes(before, home)
    assert not alive(pid)


def test_a_thread_is_seen(before, home):
    end = threading.Event()
    thread = threading.Thread(target=end.wait, name="left-over")
    thread.start()
    assert left_since(before, home, grace=0) == ["thread 'left-over'"]
    end.set()
    thread.join()


def test_a_socket_is_seen(before, home):
    with socket.socket():
        assert len(left_since(before, home, grace=0)) == 1


def test_a_temporary_file_is_seen(before, home):
    folder = Path(tempfile.mkdtemp(prefix="jupyterwin-"))
    assert left_since(before, home, grace=0) == [f"file {folder}"]
    folder.rmdir()
