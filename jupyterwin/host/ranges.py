"""The Range header, as far as somebody has to look at it: whether a body of some size has such a part. Pure."""

from __future__ import annotations

import re

_ONE = re.compile(r"\s*bytes\s*=\s*(\d*)\s*-\s*(\d*)\s*", re.IGNORECASE)


def can_be_had(header: str, size: int) -> bool:
    """Whether the engine can answer this header with a body of `size` bytes.

    It answers itself; but a range beyond the end ends the whole process. Headers of another form it leaves out of account.
    """
    found = _ONE.fullmatch(header)
    if found is None:
        return True
    first, last = found.groups()
    if not first:
        return not last or (int(last) > 0 and size > 0)
    return int(first) < size


def suffix_start(header: str, size: int) -> int:
    """Where the last bytes begin that this header asks for; 0 for another header. The engine does not go there itself."""
    found = _ONE.fullmatch(header)
    if found is None or found[1] or not found[2]:
        return 0
    return max(0, size - int(found[2]))
