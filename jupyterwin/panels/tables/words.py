"""Texts: which rows of a column hold what somebody looks for; by its words, where it has few different ones.

A filter looks at each word once, however many rows have it. The library that has the texts looks them through, where it can:
it does so without holding up the interpreter.
"""

from __future__ import annotations

import sys
from typing import Any, Protocol

from jupyterwin.panels.tables.arrays import pick, truths


class Texts(Protocol):
    """The texts of some rows, or different texts."""

    def containing(self, text: str) -> Any:
        """An array of truths: which hold this text, whatever its case."""

    def equal(self, text: str) -> Any:
        """An array of truths: which are this text."""


class Coded:
    """The texts of rows: words in their order, and the code of each row's word, -1 where nothing is."""

    def __init__(self, words: Texts, codes: Any) -> None:
        self._words = words
        self._codes = codes

    def containing(self, text: str) -> Any:
        return pick(self._words.containing(text), self._codes)

    def equal(self, text: str) -> Any:
        return pick(self._words.equal(text), self._codes)


class ListWords:
    """Words of Python."""

    def __init__(self, words: list[str]) -> None:
        self._words = words

    def containing(self, text: str) -> Any:
        needle = text.casefold()
        return truths(needle in word.casefold() for word in self._words)

    def equal(self, text: str) -> Any:
        return truths(text == word for word in self._words)


class ArrowTexts:
    """Texts in an array of pyarrow's."""

    def __init__(self, words: Any) -> None:
        self._words = words

    def containing(self, text: str) -> Any:
        return self._truths(_compute().match_substring(self._words, text, ignore_case=True))

    def equal(self, text: str) -> Any:
        return self._truths(_compute().equal(self._words, text))

    def _truths(self, found: Any) -> Any:
        found = found.fill_null(False)
        return found.to_numpy(zero_copy_only=False) if "numpy" in sys.modules else found.to_pylist()


def _compute() -> Any:
    import pyarrow.compute

    return pyarrow.compute


class PolarsWords:
    """Words in a Series of polars'."""

    def __init__(self, words: Any) -> None:
        self._words = words

    def containing(self, text: str) -> Any:
        return truths(self._words.str.to_lowercase().str.contains(text.lower(), literal=True))

    def equal(self, text: str) -> Any:
        return truths(self._words == text)


def coded(texts: list[str | None]) -> tuple[list[int], ListWords]:
    """The code of each text, -1 for None, and the words."""
    words = sorted({text for text in texts if text is not None})
    codes: dict[str | None, int] = {word: code for code, word in enumerate(words)}
    codes[None] = -1
    return [codes[text] for text in texts], ListWords(words)
