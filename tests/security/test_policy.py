"""The table of switches: everything is off, what is written is parsed, and a refusal says what would allow it."""

from __future__ import annotations

import pytest

from jupyterwin.errors import UsageError
from jupyterwin.security import policy
from jupyterwin.security.policy import NOTHING, SWITCHES, Policy, parse, refusal

OWN = "0" * 32
PAGE = f"jw://{OWN}/index.html"
OTHER = f"jw://{'1' * 32}/index.html"
SETTABLE = [name for name, row in SWITCHES.items() if row.kind != "never"]


@pytest.mark.parametrize("switch", SWITCHES)
def test_every_switch_is_off_by_default(switch: str) -> None:
    assert not NOTHING.any_for(switch)
    assert not any(NOTHING.allows(switch, url, OWN) for url in (PAGE, OTHER, "https://example.org", "", "about:blank"))


@pytest.mark.parametrize("switch", SETTABLE)
def test_true_means_the_windows_own_page_and_nobody_else(switch: str) -> None:
    one = parse({switch: True})
    assert one.allows(switch, PAGE, OWN)
    assert one.allows(switch, f"blob:{PAGE}", OWN)
    assert not any(one.allows(switch, url, OWN) for url in (OTHER, "https://example.org", "data:text/html,x", ""))
    assert not any(one.any_for(other) for other in SWITCHES if other != switch)


@pytest.mark.parametrize("switch", [name for name, row in SWITCHES.items() if row.kind == "never"])
def test_what_cannot_be_had_is_refused_with_the_reason(switch: str) -> None:
    with pytest.raises(UsageError, match="cannot be switched on"):
        parse({switch: True})
    assert SWITCHES[switch].instead in refusal(switch, PAGE, OWN)


def test_origins_are_parsed_and_compared_as_wholes() -> None:
    one = parse({"popups": ["https://Docs.Example.org:443/", "http://localhost:8888", "self"]})
    assert one.allow["popups"] == ("https://docs.example.org", "http://localhost:8888", "self")
    assert one.allows("popups", "https://docs.example.org/a?b#c", OWN)
    assert one.allows("popups", PAGE, OWN)
    for near in (
        "https://docs.example.org.evil.net/",
        "https://evil.net/https://docs.example.org",
        "https://docs.example.org@evil.net/",
        "https://docs.example.org:444/",
        "http://docs.example.org/",
        "https://example.org/",
        "http://localhost:88880/",
        "https://docs.example.org\\@evil.net/",
        "javascript:alert(1)//https://docs.example.org",
    ):
        assert not one.allows("popups", near, OWN), near


@pytest.mark.parametrize(
    "value",
    ["*", "https://*.example.org", "https://example.org/path", "https://u@example.org", "example.org", "file:///srv",
     "data:", "https://", "https://exämple.org", "mailto:", "jw://" + OWN, 1, [1], [["self"]], ["https://a b"]],
)  # fmt: skip
def test_what_is_no_origin_is_refused_by_name(value: object) -> None:
    with pytest.raises(UsageError, match=r"allow\['popups'\]"):
        parse({"popups": value})


def test_a_switch_has_only_the_schemes_that_make_sense() -> None:
    assert parse({"external_links": ["mailto:", "https://example.org"]}).allows("external_links", "mailto:a@b.c", OWN)
    with pytest.raises(UsageError, match="external_links"):
        parse({"external_links": ["http://example.org"]})


def test_an_unknown_switch_names_the_known_ones() -> None:
    with pytest.raises(UsageError, match=r"no switch 'camara'.*camera"):
        parse({"camara": True})
    with pytest.raises(UsageError, match="a dict"):
        parse(["downloads"])  # a list of switches


def test_off_is_off_and_nothing_is_nothing() -> None:
    assert parse(None) == parse({}) == parse({"camera": False, "popups": [], "downloads": None}) == NOTHING


def test_a_policy_travels_and_comes_back_the_same() -> None:
    one = parse({"camera": True, "popups": ["https://example.org"]})
    assert Policy.of_plain(one.plain()) == one
    assert parse(one) is one


def test_two_policies_allow_what_either_allows() -> None:
    both = parse({"popups": ["self"]}).and_also(parse({"popups": ["https://a.example"], "camera": True}))
    assert both.allow == {"popups": ("self", "https://a.example"), "camera": ("self",)}


def test_a_refusal_says_what_to_write_and_that_works() -> None:
    said = refusal("camera", PAGE, OWN)
    assert said == "the camera was refused: allow={'camera': True} of this window, or jw.app.policy, would allow it"
    said = refusal("popups", "https://a.example:8443/x", OWN, "window.open")
    assert "(window.open)" in said
    written = said.partition("allow=")[2].partition(" of this")[0]
    assert policy.parse(eval(written)).allows("popups", "https://a.example:8443/x", OWN)  # noqa: S307 -- what a user would copy
    assert "no switch allows 'file:///srv/x'" in refusal("navigation", "file:///srv/x", OWN)
