"""Profiles: what a person may write for ``partition=`` and ``network=``, and what it becomes."""

from __future__ import annotations

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.security.profile import DEFAULT, Profile, parse_network, parse_partition


def test_without_anything_it_is_in_memory_and_without_network() -> None:
    assert Profile(parse_partition(None), parse_network(None)) == DEFAULT
    assert not DEFAULT.lasting
    assert parse_network([]) == frozenset()


@pytest.mark.parametrize("name", ["persist:prices", "persist:a.b-c_9", "persist:" + "x" * 64])
def test_a_lasting_name_is_a_folders(name: str) -> None:
    profile = Profile(parse_partition(name))
    assert profile.lasting
    assert profile.folder_name == name.removeprefix("persist:")


def test_any_other_name_is_in_memory() -> None:
    assert not Profile(parse_partition("my dashboards/1")).lasting


@pytest.mark.parametrize(
    "name",
    ["persist:", "persist:..", "persist:.hidden", "persist:a/b", "persist:a b", "persist:" + "x" * 65, "persist:ü",
     "persist:a\n", "", "  ", "a\0b", "x" * 129, 3, b"persist:a"],
)  # fmt: skip
def test_a_bad_name_is_refused(name: object) -> None:
    with pytest.raises(UsageError, match="partition: "):
        parse_partition(name)


def test_origins_are_read_as_browsers_do() -> None:
    given = ["HTTPS://Api.Example.org:443/", "http://127.0.0.1:8000", "wss://example.org"]
    assert parse_network(given) == {
        "https://api.example.org", "http://127.0.0.1:8000", "wss://example.org",
    }  # fmt: skip


def test_an_address_that_no_policy_of_a_page_can_name_is_refused_with_what_to_write() -> None:
    with pytest.raises(UsageError, match=r"cannot name the IPv6 address in 'http://\[::1\]:9'.* a host name"):
        parse_network(["http://[::1]:9"])


@pytest.mark.parametrize(
    "origin",
    ["https://example.org/path", "https://*.example.org", "https://ann@example.org", "example.org", "ftp://example.org",
     "file:///etc", "mailto:", "jw://0123", "https://", "*", 3, "https://example.org; script-src *"],
)  # fmt: skip
def test_what_is_no_origin_of_the_network_is_refused(origin: object) -> None:
    with pytest.raises(UsageError, match="network: an origin such as"):
        parse_network([origin])


@pytest.mark.parametrize("network", ["https://example.org", 3, True])
def test_it_is_a_list(network: object) -> None:
    with pytest.raises(UsageError, match="network: a list of origins"):
        parse_network(network)
