"""What each kind of content may do: read from the table, as the header says it."""

from __future__ import annotations

import typing

import pytest

from jupyterwin.security import csp
from jupyterwin.wire.control import Content

KINDS = typing.get_args(csp.Kind)


def directives(kind: csp.Kind, nonce: str = "") -> dict[str, str]:
    return dict(part.split(" ", 1) for part in csp.policy(kind, nonce).split("; "))


def test_every_kind_of_content_has_a_row() -> None:
    assert set(csp.POLICIES) == set(KINDS) == set(typing.get_args(typing.get_type_hints(Content)["kind"]))


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_is_loaded_from_elsewhere(kind: csp.Kind) -> None:
    row = directives(kind)
    assert row["default-src"] == "'none'"
    assert row["connect-src"] == "'self'"
    assert not any("http" in sources or "*" in sources for sources in row.values())
    assert "unsafe-eval" not in " ".join(row.values()).replace("wasm-unsafe-eval", "")


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_lets_inline_scripts_run(kind: csp.Kind) -> None:
    assert "unsafe-inline" not in directives(kind).get("script-src", "")


def test_html_runs_the_authors_own_scripts_and_styles() -> None:
    row = directives("html", "abc")
    assert "'nonce-abc'" in row["script-src"]
    assert "'unsafe-inline'" in row["style-src"]


def test_path_runs_files_only() -> None:
    assert directives("path", "abc")["script-src"] == "'self' 'wasm-unsafe-eval'"


@pytest.mark.parametrize("kind", KINDS)
def test_every_response_has_the_sister_headers(kind: csp.Kind) -> None:
    headers = csp.headers(kind)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "no-referrer"


def test_no_opener_policy_is_sent() -> None:
    # With it the engine gives a window's document another process than the warm one it waits in.
    assert "Cross-Origin-Opener-Policy" not in csp.headers("html")


@pytest.mark.parametrize("kind", ["html", "path"])
def test_granted_origins_are_named_for_data_and_never_for_what_runs(kind: csp.Kind) -> None:
    granted = "https://api.example.org"
    with_network = csp.headers(kind, "n", [granted, "wss://example.org"])["Content-Security-Policy"]
    parts = dict(part.split(" ", 1) for part in with_network.split("; "))
    widened = {name for name, sources in parts.items() if granted in sources.split()}
    assert widened == {"connect-src", "img-src", "font-src", "media-src", "style-src"}
    without = directives(kind, "n")
    assert {name: parts[name].removesuffix(f" {granted} wss://example.org") for name in parts} == without


def test_an_empty_window_reaches_nothing_even_with_a_network() -> None:
    assert csp.policy("blank", "", ["https://api.example.org"]) == csp.policy("blank")
