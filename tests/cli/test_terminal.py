"""Lines and tables for people: aligned, wrapped, and without colours where nobody sees them."""

from __future__ import annotations

from jupyterwin.cli import terminal


def test_columns_are_aligned_and_lines_end_with_their_text():
    text = terminal.table([("window", "pid"), ("a", 1), ("long name", 22)])
    assert text.splitlines() == ["window     pid", "a          1", "long name  22"]


def test_a_long_text_is_wrapped_under_itself_and_a_path_stays_whole():
    path = "folder/" * 30
    lines = terminal.labelled("label", f"{'word ' * 40}{path}").splitlines()
    assert lines[0].startswith("label       word")
    assert all(line.startswith(" " * 12) for line in lines[1:])
    assert path in lines[-1]


def test_colours_are_left_out_where_nobody_sees_them(capsys):
    terminal.complain("\x1b[0;31mNameError\x1b[0m: x")
    assert capsys.readouterr().err == "NameError: x\n"
