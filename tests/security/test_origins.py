"""Origins cannot be guessed, and paths cannot leave them."""

from __future__ import annotations

import pytest

from jupyterwin.security import origins


def test_each_window_has_an_origin_of_its_own() -> None:
    made = {origins.fresh_origin() for _ in range(100)}
    assert len(made) == 100
    assert all(len(origin) == 32 and set(origin) <= set("0123456789abcdef") for origin in made)


def test_a_lasting_origin_follows_secret_and_name() -> None:
    first = origins.lasting_origin(b"secret", "prices")
    assert first == origins.lasting_origin(b"secret", "prices")
    assert first != origins.lasting_origin(b"secret", "orders")
    assert first != origins.lasting_origin(b"another", "prices")


@pytest.mark.parametrize(
    ("encoded", "clean"),
    [
        ("/", ""),
        ("/index.html", "index.html"),
        ("/a/b.js", "a/b.js"),
        ("//a/./b", "a/b"),
        ("/a/", "a/"),
        ("/a/.", "a/"),
        ("/a%20b/%C3%A4.png", "a b/ä.png"),
        ("/...", "..."),
        ("/a..b", "a..b"),
    ],
)
def test_a_path_is_decoded_and_made_relative(encoded: str, clean: str) -> None:
    assert origins.clean_path(encoded) == clean


@pytest.mark.parametrize(
    "encoded", ["/..", "/a/../b", "/%2e%2e/a", "/a%2f..%2fb", "/a\\b", "/%5c", "/a%00", "/a%0ab", "/%ff", "/%7f"]
)
def test_a_path_that_could_escape_is_refused(encoded: str) -> None:
    assert origins.clean_path(encoded) is None


def test_the_products_own_paths_are_never_files() -> None:
    assert origins.is_reserved(".jw")
    assert origins.is_reserved(".jw/bulk/x")
    assert not origins.is_reserved(".jwx")
    assert not origins.is_reserved("a/.jw/b")


def test_an_address_is_quoted() -> None:
    assert origins.url("abc", "a b/ä.html") == "jw://abc/a%20b/%C3%A4.html"


@pytest.mark.parametrize(
    ("origin", "endpoint"),
    [("https://example.org", ("example.org", 443)), ("ws://example.org", ("example.org", 80)),
     ("http://127.0.0.1:8000", ("127.0.0.1", 8000)), ("wss://[::1]:9", ("::1", 9))],
)  # fmt: skip
def test_an_origin_of_the_network_stands_for_a_host_and_a_port(origin: str, endpoint: tuple[str, int]) -> None:
    assert origins.endpoint(origin) == endpoint
