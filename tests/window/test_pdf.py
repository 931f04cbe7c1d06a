"""A page on paper, from a real window: size, orientation, hidden windows, what is refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.main.app import App
from support.real_app import open_ready

BOUND = 60
POINTS = 72 / 25.4  # of a millimetre


def box(pdf: bytes) -> tuple[float, float]:
    """Width and height of the first page, in millimetres."""
    found = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert found
    return float(found[1]) / POINTS, float(found[2]) / POINTS


def test_paper_is_what_was_asked_for_also_of_hidden_windows(app: App, tmp_path: Path) -> None:
    seen, hidden = open_ready(app, "a", html="<h1>seen</h1>"), open_ready(app, "b", html="<h1>hidden</h1>", show=False)
    first = seen.pdf()
    wide = hidden.pdf(page_size="a5", landscape=True, margins=(0, 5, 0, 5))
    assert box(bytes(first.result(BOUND))) == pytest.approx((210, 297), abs=1)
    assert box(bytes(wide.result(BOUND))) == pytest.approx((210, 148), abs=1)
    saved = first.result(BOUND).save(tmp_path / "page.pdf")
    assert saved.read_bytes().startswith(b"%PDF")
    assert len(first.result(BOUND)) == saved.stat().st_size


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"page_size": "A44"}, "page_size: one of A0, A1"),
        ({"margins": (1, 2)}, "margins: a number of millimetres"),
        ({"margins": 1000}, "margins: 0 to 100"),
        ({"margins": "wide"}, "margins: a number"),
    ],
)
def test_paper_that_cannot_be_is_refused(app: App, options: dict[str, object], says: str) -> None:
    window = open_ready(app, "a")
    with pytest.raises(UsageError, match=says):
        window.pdf(**options)
