"""Widgets in a real kernel without a notebook's front end: what `Output` and `interact` show, and where callbacks print."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.kernel import RealKernel

PREPARE = f"""
import sys, threading, time
sys.path.insert(0, {str(Path(__file__).parent.parent)!r})
import ipywidgets
from IPython.display import display, clear_output, HTML
from jupyterwin.panels.widgets.lane import callbacks
from support.front import shown

def texts(front, out):
    return [one.get("text") or one.get("evalue") or one["data"]["text/plain"] for one in front.models[out.model_id]["outputs"]]

slider, out = ipywidgets.IntSlider(), ipywidgets.Output()
page = shown(ipywidgets.VBox([slider, out]))
front = page.__enter__()
"""


@pytest.fixture(scope="module")
def kernel(shared_kernel: RealKernel) -> RealKernel:
    shared_kernel.run(PREPARE, cell="shown").ok()
    return shared_kernel


def test_an_output_shows_what_is_put_out_inside_it(kernel: RealKernel) -> None:
    kernel.run(
        """
        print("outside")
        with out:
            print("in"); print("side")
            display(HTML("<b>bold</b>"))
        print("outside again")
        """
    ).ok()
    assert kernel.value("texts(front, out)") == ["in\nside\n", "<IPython.core.display.HTML object>"]


def test_an_output_is_cleared_at_once_or_by_what_comes_next(kernel: RealKernel) -> None:
    kernel.run("with out:\n    clear_output()\n    print('one')").ok()
    assert kernel.value("texts(front, out)") == ["one\n"]
    kernel.run("with out:\n    clear_output(wait=True)").ok()
    assert kernel.value("texts(front, out)") == ["one\n"]
    kernel.run("with out:\n    print('two')").ok()
    assert kernel.value("texts(front, out)") == ["two\n"]


def test_an_error_inside_an_output_is_shown_there(kernel: RealKernel) -> None:
    kernel.run("with out:\n    clear_output()\n    1 / 0").ok()
    assert kernel.value("texts(front, out)") == ["division by zero"]


def test_a_display_with_a_name_is_updated_where_it_is_shown(kernel: RealKernel) -> None:
    kernel.run("with out:\n    clear_output()\n    handle = display('first', display_id=True)").ok()
    kernel.run("handle.update('second')").ok()
    assert kernel.value("texts(front, out)") == ["'second'"]


def test_a_widget_inside_an_output_comes_to_the_page(kernel: RealKernel) -> None:
    kernel.run("with out:\n    clear_output()\n    inner = ipywidgets.IntSlider(7)\n    display(inner)").ok()
    assert kernel.value("front.models[inner.model_id]['value']") == 7
    kernel.run("front.write(inner, value=8)").ok()
    assert kernel.value("inner.value") == 8
    kernel.run("front.load()").ok()  # the page loads again
    assert kernel.value("front.models[inner.model_id]['value']") == 8


def test_the_kernels_own_word_on_outputs_holds(kernel: RealKernel) -> None:
    kernel.run("out.outputs = ()\nout.append_stdout('appended')").ok()
    assert kernel.value("texts(front, out)") == ["appended"]
    kernel.run("with out:\n    print('printed')").ok()
    assert kernel.value("texts(front, out)") == ["appendedprinted\n"]


def test_callbacks_fill_outputs_while_a_cell_runs(kernel: RealKernel) -> None:
    kernel.run(
        """
        def told(change):
            with out:
                clear_output(wait=True)
                print("value", change.new)
        slider.observe(told, "value")
        """
    ).ok()
    kernel.run(
        """
        moved = threading.Thread(target=lambda: front.write(slider, value=33))
        moved.start()
        end = time.monotonic() + 20
        while texts(front, out) != ["value 33\\n"] and time.monotonic() < end:
            pass  # a cell that never lets go by itself
        moved.join()
        slider.unobserve_all()
        """
    ).ok()
    assert kernel.value("texts(front, out)") == ["value 33\n"]


def test_interact_is_filled_when_it_is_shown_and_follows(kernel: RealKernel) -> None:
    kernel.run(
        """
        def times(x=3):
            print("printed", x)
            return 2 * x
        made = ipywidgets.interactive(times, {"auto_display": True}, x=(0, 10))
        interact_page = shown(made)
        interact = interact_page.__enter__()
        assert callbacks.finish(20)
        """,
        cell="interact",
    ).ok()
    assert kernel.value("texts(interact, made.out)") == ["printed 3\n", "6"]
    kernel.run("interact.write(made.children[0], value=5)\nassert callbacks.finish(20)").ok()
    assert kernel.value("texts(interact, made.out)") == ["printed 5\n", "10"]
    kernel.run("interact_page.__exit__(None, None, None)").ok()


def test_a_plot_that_interact_leaves_open_is_shown_inside_it(kernel: RealKernel) -> None:
    kernel.run(
        """
        %load_ext jupyterwin
        %matplotlib inline
        import matplotlib.pyplot as plt
        def plot(n=3):
            plt.plot(range(n))
        plotted = ipywidgets.interactive(plot, n=(1, 10))
        plot_page = shown(plotted)
        plot_front = plot_page.__enter__()
        """
    ).ok()
    mine = kernel.run(
        "plt.plot([1, 2]);\nplot_front.write(plotted.children[0], value=5)\nassert callbacks.finish(20)"
    ).ok()
    assert kernel.value("[sorted(one['data']) for one in plot_front.models[plotted.out.model_id]['outputs']]") == [
        ["image/png", "text/plain"]
    ]
    assert [sorted(output) for output in mine.outputs] == [
        ["image/png", "text/plain"]
    ]  # the cell's own figure is its own
    kernel.run("plot_page.__exit__(None, None, None)").ok()


def test_what_a_callback_prints_comes_under_the_cell_that_showed_the_widget(kernel: RealKernel) -> None:
    request = kernel.start(
        "button = ipywidgets.Button()\nbutton.on_click(lambda _: print('clicked', flush=True))\n"
        "button_page = shown(button)\nbutton_front = button_page.__enter__()"
    )
    kernel.wait(request).ok()
    clicked = kernel.start("button_front.click(button)\nassert callbacks.finish(20)\nprint('over', flush=True)")
    parents = []
    while clicked not in parents:
        message = kernel.client.get_iopub_msg(timeout=20)
        if message["msg_type"] == "stream":
            parents.append(message["parent_header"]["msg_id"])
    assert parents == [request, clicked]
    kernel.wait(clicked).ok()
    kernel.run("button_page.__exit__(None, None, None)").ok()


def test_nothing_is_overheard_when_nothing_is_shown(kernel: RealKernel) -> None:
    assert kernel.value("'send' in vars(get_ipython().kernel.session)") is True
    kernel.run("page.__exit__(None, None, None)").ok()
    assert kernel.value("'send' in vars(get_ipython().kernel.session)") is False
    assert (
        kernel.value(
            "[cls.__module__ for cls in __import__('jupyterwin.panels.widgets.tap').panels.widgets.tap.tap.covered]"
        )
        == []
    )
