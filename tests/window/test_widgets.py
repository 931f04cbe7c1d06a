"""Widgets in real windows: each control is drawn, views stay in step while a cell runs, and anywidget has all it needs."""

from __future__ import annotations

import datetime as dt
import io
import threading
import time

import anywidget
import ipywidgets as w
import pytest
import traitlets
from PIL import Image

from jupyterwin.main.app import App
from jupyterwin.main.window import Window
from jupyterwin.panels.widgets.tap import tap
from support.panels import picture, until
from support.probe import DEADLINE, Probe
from support.screen import Screen, becomes

DRAWN = "!!document.querySelector('.jw-content:not(.jw-is-coming) iframe')"


@pytest.fixture
def app(shared_app: App) -> App:
    return shared_app


def show(app: App, name: str, *widgets: w.Widget, **options: int) -> tuple[Window, Probe]:
    """A window with these widgets below each other, and what looks into it."""
    probe = Probe()
    window = app.open(name, content=w.VBox([*widgets, probe]), **options)
    probe.drawn()
    until(window, DRAWN)
    return window, probe


def png(colour: str) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(made, "png")
    return made.getvalue()


def controls() -> list[w.Widget]:
    """One of each that ipywidgets has."""
    choices = {"options": ["one", "two", "three"]}
    date = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    return [
        *[kind() for kind in (w.IntSlider, w.FloatSlider, w.FloatLogSlider, w.IntRangeSlider, w.FloatRangeSlider)],
        *[kind() for kind in (w.IntText, w.FloatText, w.BoundedIntText, w.BoundedFloatText, w.Valid, w.Checkbox)],
        *[w.IntProgress(50), w.FloatProgress(50), w.ToggleButton(description="toggle"), w.Play()],
        *[kind(**choices) for kind in (w.Dropdown, w.RadioButtons, w.Select, w.SelectMultiple, w.ToggleButtons)],
        *[kind(**choices) for kind in (w.SelectionSlider, w.SelectionRangeSlider, w.Combobox)],
        *[w.Text("text"), w.Textarea("area"), w.Password(), w.Label("a label"), w.HTML("<b>html</b>")],
        *[w.HTMLMath("$x^2$"), w.Image(value=png("teal"), width=60), w.Button(description="button"), w.Output()],
        *[w.DatePicker(value=date.date()), w.TimePicker(value=date.time()), w.DatetimePicker(value=date)],
        *[w.ColorPicker(value="#2457c5"), w.TagsInput(value=["a"]), w.ColorsInput(value=["red"]), w.FileUpload()],
        *[w.IntsInput(value=[1]), w.FloatsInput(value=[1.5]), w.NaiveDatetimePicker(), w.Video(), w.Audio()],
        *[w.HBox(), w.GridBox(), w.Stack([w.Label("stacked")], selected_index=0), w.Controller()],
        w.Tab([w.Label("inside"), w.Label("folded away")], titles=["first", "second"]),
        w.Accordion([w.Label("inside"), w.Label("folded away")], titles=["first", "second"], selected_index=0),
    ]


def test_each_control_is_drawn(app: App) -> None:
    made = controls()
    window, probe = show(app, "controls", *made, width=600, height=900)
    probe.until(f"document.querySelectorAll('.jw-widgets > .widget-vbox > *').length === {len(made) + 1}")
    assert probe.ask("return document.querySelectorAll('.jupyter-widgets-error-widget').length") == 0
    shown = probe.ask("return document.body.innerText")
    for words in ("button", "a label", "html", "first", "second", "inside", "stacked"):
        assert words in shown
    assert "folded away" not in shown
    probe.until("document.querySelector('.katex')")
    for what, colour in ((".progress", (36, 87, 197)), (".widget-image", (0, 128, 128))):  # the bar wears our accent
        probe.ask(f"document.querySelector('{what}').scrollIntoView()")
        becomes(f"{what} is seen", lambda colour=colour: colour in colours_of(window))


def colours_of(window: Window) -> set[tuple[int, ...]]:
    return {colour for _, colour in picture(window).getcolors(2**24) or ()}


def test_a_hand_moves_a_slider_and_both_windows_follow(app: App, screen: Screen) -> None:
    slider = w.IntSlider(0, max=200, layout=w.Layout(width="500px"))
    window, one = show(app, "one", slider, width=600, height=200)
    _, two = show(app, "two", slider, width=600, height=200)
    at = one.ask(
        "const { x, y } = document.querySelector('.noUi-handle').getBoundingClientRect(); return [x + 6, y + 6]"
    )
    moved = threading.Event()
    slider.observe(lambda change: change.new > 50 and moved.set(), "value")
    frame = window.eval("const { x, y } = document.querySelector('iframe').getBoundingClientRect(); return [x, y]")
    left, top = frame.result(10)
    drag(screen, window, left + at[0], top + at[1], left + at[0] + 150)
    assert moved.wait(DEADLINE)
    readout = "return document.querySelector('.widget-readout').textContent"
    becomes("both follow to the end", lambda: {one.ask(readout), two.ask(readout)} == {str(slider.value)})


def drag(screen: Screen, window: Window, x: float, y: float, to: float) -> None:
    """Press at a point of the window's page, move to the right, and let go."""
    box = screen.window(window.title).box
    screen.drag(box.x + round(x), box.y + round(y), box.x + round(to), box.y + round(y))


def test_fifty_sliders_move_fast_while_a_cell_runs(app: App) -> None:
    sliders = [w.IntSlider(0, max=1000) for _ in range(50)]
    _, one = show(app, "one", *sliders)
    _, two = show(app, "two", *sliders)
    seen: list[int] = []
    for slider in sliders:
        slider.observe(lambda change: seen.append(change.new), "value")
    ids = [slider.model_id for slider in sliders]
    mover = threading.Thread(target=one.ask, args=[MOVES.format(ids=ids)])
    mover.start()
    end = time.monotonic() + DEADLINE
    while time.monotonic() < end and not all(slider.value == 1000 for slider in sliders):
        pass  # a cell in pure Python, which never lets go by itself
    mover.join()
    assert [slider.value for slider in sliders] == [1000] * 50
    same = " && ".join(f"(await m('{one_id}')).get('value') === 1000" for one_id in ids)
    two.until(f"await (async (m) => {same})((id) => model.widget_manager.get_model(id))")
    slider = sliders[7]
    slider.value = 5
    for probe in (one, two):
        probe.until(f"(await model.widget_manager.get_model('{slider.model_id}')).get('value') === 5")
    assert 1000 in seen


MOVES = """
const models = await Promise.all({ids}.map((id) => model.widget_manager.get_model(id)));
for (let round = 1; round <= 40; round++) {{
  for (const one of models) {{
    one.set("value", 25 * round);
    one.save_changes();
  }}
  await new Promise((resolve) => setTimeout(resolve, 4));
}}
"""


class Canvas(anywidget.AnyWidget):
    """Uses what anywidget offers: state, custom messages, buffers, commands, styles, exported parts."""

    _esm = """
    export default {
      initialize({ model }) {
        model.set("began", true);
        model.save_changes();
      },
      async render({ model, el, experimental }) {
        el.className = "canvas";
        const draw = () => { el.textContent = `count ${model.get("count")}`; };
        model.on("change:count", draw);
        draw();
        model.on("msg:custom", (content, buffers) => {
          const bytes = new Uint8Array(buffers[0].buffer, buffers[0].byteOffset, buffers[0].byteLength);
          if (!content.to) return; // a command's answer is a message, too
          model.send({ echoed: content }, undefined, [bytes.map((byte) => byte + 1).buffer]);
        });
        const [answer, buffers] = await experimental.invoke("_double", 21, { buffers: [new Uint8Array([7])] });
        model.set("answer", [answer, buffers[0].getUint8(0)]);
        model.set("raw", new DataView(new Uint8Array([1, 2, 3]).buffer));
        model.save_changes();
      },
    };
    """
    _css = ".canvas { color: rgb(1, 2, 3); }"
    began = traitlets.Bool(default_value=False).tag(sync=True)
    count = traitlets.Int(1).tag(sync=True)
    answer = traitlets.List().tag(sync=True)
    raw = traitlets.Any().tag(sync=True)

    @anywidget.experimental.command
    def _double(self, number: int, buffers: list[bytes]) -> tuple[int, list[bytes]]:
        return 2 * number, [bytes(buffers[0]) * 2]


def test_an_anywidget_has_state_messages_buffers_commands_and_styles(app: App) -> None:
    canvas, came, got = Canvas(), threading.Event(), []
    answered = threading.Event()
    canvas.observe(lambda _: answered.set(), "raw")

    def told(_: object, content: dict[str, object], buffers: list[memoryview]) -> None:
        if "echoed" in content:
            got.append((content, bytes(buffers[0])))
            came.set()

    canvas.on_msg(told)
    _, probe = show(app, "canvas", canvas)
    assert answered.wait(DEADLINE)
    assert (canvas.began, canvas.answer, bytes(canvas.raw)) == (True, [42, 7], b"\x01\x02\x03")
    canvas.count = 5
    probe.until("document.querySelector('.canvas').textContent === 'count 5'")
    assert probe.ask("return getComputedStyle(document.querySelector('.canvas')).color") == "rgb(1, 2, 3)"
    canvas.send({"to": "page"}, [b"\x01\x02"])
    assert came.wait(DEADLINE)
    assert got == [({"echoed": {"to": "page"}}, b"\x02\x03")]
    canvas._esm = "export default { render({ el }) { el.className = 'newer'; el.textContent = 'newer'; } }"
    probe.until("document.querySelector('.newer')")


def test_a_window_that_loads_again_shows_the_state_of_now_and_goes_on(app: App) -> None:
    slider, out = w.IntSlider(3), w.Output()
    out.append_stdout("kept")
    window, probe = show(app, "again", slider, out)
    slider.value = 40
    window.reload().result(20)
    probe.drawn()
    probe.until("document.querySelector('.widget-readout').textContent === '40'")
    probe.until("document.body.innerText.includes('kept')")
    slider.value = 41
    probe.until("document.querySelector('.widget-readout').textContent === '41'")
    moved = threading.Event()
    slider.observe(lambda _: moved.set(), "value")
    probe.ask(
        f"const m = await model.widget_manager.get_model('{slider.model_id}'); m.set('value', 42); m.save_changes()"
    )
    assert moved.wait(DEADLINE)
    assert slider.value == 42


def test_widgets_whose_frame_is_moved_in_the_page_go_on(app: App) -> None:
    slider = w.IntSlider(3)
    window, probe = show(app, "moved", slider)
    slider.value = 40
    window.eval("const f = document.querySelector('iframe'), p = f.parentElement; f.remove(); p.append(f)").result(10)
    probe.drawn()
    probe.until("document.querySelector('.widget-readout').textContent === '40'")
    slider.value = 41
    probe.until("document.querySelector('.widget-readout').textContent === '41'")


def test_code_of_widgets_reaches_neither_the_page_nor_the_network(app: App) -> None:
    _, probe = show(app, "walls")
    for code in (
        "parent.document.title",
        "parent.kernel.then",
        "localStorage.length",
        "await fetch('/panels.html')",
        "new Function('return 1')()",
        "await import('https://example.org/x.js')",
    ):
        assert probe.ask(f"try {{ {code}; return 'reached' }} catch (error) {{ return 'refused' }}") == "refused"


def test_closing_the_last_window_takes_the_taps_out(app: App) -> None:
    slider = w.IntSlider()
    one, _ = show(app, "one", slider)
    two, _ = show(app, "two", slider)
    one.destroy().result(10)
    assert tap.covered
    closed = two.next("closed")
    two.destroy()
    closed.result(10)
    assert tap.covered == ()
