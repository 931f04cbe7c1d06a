"""What a frame of opaque origin may do: read from the table, as its header and its document say it."""

from __future__ import annotations

import pytest

from jupyterwin.security import frames


def directives(kind: str) -> dict[str, str]:
    header = frames.headers(kind, "N0")["Content-Security-Policy"]
    return dict(part.split(" ", 1) for part in header.split("; "))


@pytest.mark.parametrize("kind", frames.POLICIES)
def test_a_frame_has_an_opaque_origin_and_no_way_out(kind: str) -> None:
    row = directives(kind)
    assert row["sandbox"] == "allow-scripts"
    assert row["default-src"] == row["base-uri"] == row["form-action"] == "'none'"
    assert row["frame-ancestors"] == "'self'"
    ways = " ".join(sources for name, sources in row.items() if name.endswith("-src"))
    inside = {"'none'", "data:", "blob:", "'unsafe-inline'", "'nonce-N0'", "'unsafe-eval'", "'wasm-unsafe-eval'"}
    assert set(ways.split()) <= inside


def test_a_string_becomes_code_only_where_a_library_cannot_do_without() -> None:
    assert {kind for kind in frames.POLICIES if "'unsafe-eval'" in directives(kind)["script-src"].split()} == {
        "plotly",
        "bokeh",
    }


def test_scripts_stand_in_the_document_for_html_alone() -> None:
    assert {kind for kind in frames.POLICIES if "unsafe-inline" in directives(kind)["script-src"]} == {"html"}


def test_granted_origins_are_for_data_and_pictures_not_for_scripts() -> None:
    header = frames.headers("plotly", "N0", ["https://tiles.example.org"])["Content-Security-Policy"]
    row = dict(part.split(" ", 1) for part in header.split("; "))
    assert row["img-src"] == "data: blob: https://tiles.example.org"
    assert "https:" not in row["script-src"]


def test_a_document_says_its_policy_where_no_header_can() -> None:
    made = frames.document("1", "p {}", "N0", "vega")
    assert '<script nonce="N0">1</script>' in made
    assert "script-src 'nonce-N0' blob:" in made
    assert "sandbox" not in made  # the engine would say that it is ignored
    assert "http-equiv" not in frames.document("1", "p {}", "N0")
