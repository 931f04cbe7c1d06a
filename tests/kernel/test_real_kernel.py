"""The kernel the other tests drive: what their fixture promises holds."""

from __future__ import annotations

import psutil
import pytest


def test_a_cell_gives_its_value_output_and_error(real_kernel):
    outcome = real_kernel.run("print('said'); 6 * 7", cell="cell-1").ok()
    assert (outcome.stdout, outcome.result) == ("said\n", "42")
    outcome = real_kernel.run("1 / 0")
    assert outcome.status == "error"
    assert outcome.error is not None
    assert outcome.error[0] == "ZeroDivisionError"
    assert real_kernel.value("{'a': [1, None]}") == {"a": [1, None]}


def test_a_cell_id_reaches_the_kernel(real_kernel):
    real_kernel.run("from IPython import get_ipython")
    code = "get_ipython().kernel.get_parent()['metadata'].get('cellId')"
    assert real_kernel.run(code, cell="cell-7").ok().result == "'cell-7'"


def test_a_cell_that_does_not_end_in_time_is_told_and_can_be_interrupted(real_kernel):
    request = real_kernel.start("print('begun', flush=True)\nimport time\ntime.sleep(60)")
    real_kernel.hears("begun")
    with pytest.raises(TimeoutError, match=r"did not end within 1 s .* kernel alive: True"):
        real_kernel.wait(request, timeout=1)
    real_kernel.interrupt()
    assert real_kernel.value("1 + 1") == 2


def test_restart_gives_a_new_process_and_kill_leaves_none(real_kernel):
    first = real_kernel.pid
    real_kernel.run("x = 1").ok()
    real_kernel.restart()
    assert real_kernel.run("x").error == ("NameError", "name 'x' is not defined")
    second = real_kernel.pid
    assert second != first
    real_kernel.kill()
    assert not real_kernel.alive
    assert not psutil.pid_exists(second)
