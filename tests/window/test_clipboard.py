"""jw.clipboard on a real X screen: what one process copies, another pastes; it stays with its owner, and ends with it."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image

from jupyterwin.errors import EngineMissing, UsageError
from jupyterwin.main.desktop.clipboard import clipboard
from support.kernel import RealKernel
from support.selection import Selection


@pytest.fixture(autouse=True)
def _emptied() -> Iterator[None]:
    """Who owns the clipboard lives until something else is copied."""
    yield
    clipboard.clear().result(20)


@pytest.fixture
def selection() -> Iterator[Selection]:
    with Selection() as one:
        yield one


def png(colour: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (7, 5), colour).save(out, "PNG")
    return out.getvalue()


def test_what_is_copied_here_is_pasted_elsewhere(selection: Selection) -> None:
    clipboard.write_text("Grüße\n✓ 𝄞").result(20)
    assert selection.paste("UTF8_STRING").decode() == "Grüße\n✓ 𝄞"
    clipboard.write_html("<b>fett</b>", text="fett").result(20)
    assert b"<b>fett</b>" in selection.paste("text/html")
    assert selection.paste("UTF8_STRING") == b"fett"
    clipboard.write_image(png("red")).result(20)
    with Image.open(io.BytesIO(selection.paste("image/png"))) as picture:
        assert picture.size == (7, 5)
        assert picture.convert("RGB").getpixel((3, 3)) == (255, 0, 0)


def test_what_is_copied_elsewhere_is_read_here(selection: Selection) -> None:
    with selection.owning({"UTF8_STRING": "Grüße".encode(), "text/html": b"<i>x</i>", "image/png": png("blue")}):
        asked = [clipboard.read_text(), clipboard.read_html(), clipboard.read_image(), clipboard.available_formats()]
        text, html, image, formats = [one.result(20) for one in asked]
    assert text == "Grüße"
    assert "<i>x</i>" in html
    with Image.open(io.BytesIO(image)) as picture:
        assert picture.convert("RGB").getpixel((3, 3)) == (0, 0, 255)
    assert {"text/plain", "text/html", "image/png"} <= set(formats)


def test_an_empty_clipboard_has_nothing(selection: Selection) -> None:
    clipboard.write_text("x").result(20)
    clipboard.clear().result(20)
    assert selection.owner is None
    assert clipboard.read_text().result(20) is None
    assert clipboard.read_html().result(20) is None
    assert clipboard.read_image().result(20) is None
    assert clipboard.available_formats().result(20) == []


def test_a_second_copy_takes_the_place_of_the_first(selection: Selection) -> None:
    for text in ("one", "two", "three"):
        clipboard.write_text(text).result(20)
    assert selection.paste("UTF8_STRING") == b"three"  # and the fixture sees that the helpers of the first two are gone


def test_what_a_kernel_copied_outlives_an_interrupt_but_not_the_kernel(
    real_kernel: RealKernel, selection: Selection
) -> None:
    real_kernel.run("import jupyterwin as jw; jw.clipboard.write_text('mine').result(20)").ok()
    cell = real_kernel.running("import time; time.sleep(60)")
    real_kernel.interrupt()
    real_kernel.wait(cell)
    assert selection.paste("UTF8_STRING") == b"mine"
    real_kernel.kill()
    selection.wait_until_unowned()


def test_what_cannot_be_copied_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="text"):
        clipboard.write_text(1)
    with pytest.raises(UsageError, match="image: a PNG"):
        clipboard.write_image(b"GIF89a")
    with pytest.raises(UsageError, match=r"clear\(\)"):
        clipboard.write()


def test_without_a_screen_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.delenv("DISPLAY")
        with pytest.raises(EngineMissing, match="no screen"):
            clipboard.read_text().result(5)
        patch.setenv("DISPLAY", ":7654")
        with pytest.raises(EngineMissing, match="7654"):
            clipboard.write_text("x").result(5)
