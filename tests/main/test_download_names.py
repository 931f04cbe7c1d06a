"""Names of downloaded files: whatever a page proposes, it is one harmless file, and never over one that is there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jupyterwin.main.downloads.names import create, harmless


@pytest.mark.parametrize(
    ("proposed", "name"),
    [
        ("prices.csv", "prices.csv"), ("../../etc/passwd", "passwd"), ("C:\\temp\\x.exe", "x.exe"), (".bashrc", "bashrc"),
        ("", "download"), ("...", "download"), ("a\nb.txt", "a_b.txt"), ("x\u202etxt.exe", "x_txt.exe"),
        ("Größe 1.csv", "Größe 1.csv"), ("a:b?.txt", "a_b_.txt"), ("x" * 300 + ".csv", "x" * 146 + ".csv"),
    ],
)  # fmt: skip
def test_a_proposal_is_made_harmless(proposed: str, name: str) -> None:
    assert harmless(proposed) == name


@given(st.text(max_size=400))
def test_whatever_is_proposed_is_one_visible_name(proposed: str) -> None:
    name = harmless(proposed)
    assert name
    assert Path(name).name == name
    assert not name.startswith(".")
    assert len(name.encode()) <= 150
    assert name.isprintable() or not any(char < " " for char in name)


def test_nothing_that_is_there_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("mine")
    (tmp_path / "a (1).csv").symlink_to(tmp_path / "elsewhere")
    at, file = create(tmp_path / "a.csv")
    with file:
        file.write(b"new")
    assert at == tmp_path / "a (2).csv"
    assert (tmp_path / "a.csv").read_text() == "mine"
    assert not (tmp_path / "elsewhere").exists()
