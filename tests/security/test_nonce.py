"""add_nonce sees the tags a browser sees, and no others."""

from __future__ import annotations

import pytest

from jupyterwin.security.nonce import add_nonce


@pytest.mark.parametrize(
    ("html", "marked"),
    [
        ("<script>1</script>", '<script nonce="N">1</script>'),
        ('<SCRIPT  src="a>b" defer>', '<SCRIPT nonce="N"  src="a>b" defer>'),
        ("<script/>", '<script nonce="N"/>'),
        ("<a href=x/><script\n>", '<a href=x/><script nonce="N"\n>'),
        # A second nonce would make the browser refuse the tag.
        ("<script nonce=\"a\" async NONCE='b'>", '<script nonce="N" async>'),
        ("<script type=module nonce>", '<script nonce="N" type=module>'),
        ("<script data-nonce=x>", '<script nonce="N" data-nonce=x>'),
        ("<!-- <script> --><script>", '<!-- <script> --><script nonce="N">'),
        ("<!--><script>", '<!--><script nonce="N">'),
        ("<!-- x --!><script>", '<!-- x --!><script nonce="N">'),
        ("<![CDATA[<script>]]><script>", '<![CDATA[<script>]]><script nonce="N">'),
        ("<?php <script>?><script>", '<?php <script>?><script nonce="N">'),
        ("<textarea><script></textarea><script>", '<textarea><script></textarea><script nonce="N">'),
        ('<script>"<script>"</script>', '<script nonce="N">"<script>"</script>'),
    ],
)
def test_a_script_tag_is_marked(html: str, marked: str) -> None:
    assert add_nonce(html, "N") == marked


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>no script</p>",
        '<div title="<script>">',
        "<div title='<script>'>",
        "<scripts>",
        "</script>",
        "&lt;script&gt;",
        "<!-- <script>",
        "<style><script></style>",
        "<title><script></title>",
        "<script",
        "<script src='a",
        "a < b <script",
        "<plaintext><script>",
    ],
)
def test_what_is_no_script_tag_stays_as_it_is(html: str) -> None:
    assert add_nonce(html, "N") == html


def test_a_long_document_takes_linear_time() -> None:
    html = "<p a=b>" * 50_000 + "<" * 50_000 + "<script>"
    assert add_nonce(html, "N").count('nonce="N"') == 1
