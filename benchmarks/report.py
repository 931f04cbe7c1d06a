"""Puts the tables of one result into a document: ``python benchmarks/report.py RESULT.json [--doc FILE] [--check]``.

What stands between ``<!-- begin: NAME -->`` and ``<!-- end: NAME -->`` is replaced; the rest of the document is a
person's. With ``--check`` nothing is written, and it ends with 1 when the document says something else.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

from reporting.rows import GROUPS, SUBJECTS
from reporting.tables import about, as_markdown

ROOT = Path(__file__).parents[1]
_MARKED = re.compile(r"(<!-- begin: ([a-z]+) -->\n).*?(<!-- end: \2 -->)", re.DOTALL)


def filled(document: str, result: dict, source: str) -> str:
    """The document with the tables of this result. Raises `KeyError` for a marker that names no table."""
    parts = {group: as_markdown(result, group) for group in GROUPS}
    parts["about"] = "\n".join(f"- {line}" for line in [*about(result), f"the whole result: `{source}`"])
    parts["failed"] = _failed(result)
    return _MARKED.sub(lambda found: f"{found[1]}{parts[found[2]]}\n{found[3]}", document)


def _failed(result: dict) -> str:
    if not result["failed"]:
        return "Every measurement of this run gave a result."
    lines = [
        f"- {f['name']} of {SUBJECTS[f['subject']]}, {f['times']} of {result['repeat']} runs: {f['reason']}"
        for f in result["failed"]
    ]
    return "\n".join(["What gave no result in this run:", "", *lines])


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("result", type=Path)
    parser.add_argument("--doc", type=Path, default=ROOT / "docs" / "performance.md")
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    given = chosen.result.resolve()
    source = given.relative_to(ROOT).as_posix() if given.is_relative_to(ROOT) else given.name
    before = chosen.doc.read_text()
    after = filled(before, json.loads(given.read_text()), source)
    if chosen.check:
        return int(before != after)
    chosen.doc.write_text(after)
    return 0


if __name__ == "__main__":
    sys.exit(main())
