"""Problem: something that is missing or wrong on this machine, and its cure. Data alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """`problem` says what is wrong, `cure` what to do about it: a sentence with commands in backticks, or nothing."""

    problem: str
    cure: str = ""

    @classmethod
    def of(cls, error: BaseException | str) -> Problem:
        """From an error of ours: it says the trouble, then, after a semicolon, the cure."""
        text = str(error) if isinstance(error, str) else str(error) or type(error).__name__
        found = re.match(r"(?s)(.*?);\s+(.*`.*)", text)
        return cls(found[1], found[2]) if found else cls(text)


def distinct(problems: Iterable[Problem]) -> list[Problem]:
    """None twice: two reports with one cure are one problem, known by the first."""
    kept: dict[str, Problem] = {}
    for problem in problems:
        kept.setdefault(problem.cure or problem.problem, problem)
    return list(kept.values())
