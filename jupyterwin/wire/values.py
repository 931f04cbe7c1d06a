"""Values on the wire: the table in docs/protocol.md, both ways. js/src/wire/values.ts is its twin."""

from jupyterwin.wire.decode import decode
from jupyterwin.wire.encode import SAFE_INTEGER, encode

__all__ = ["SAFE_INTEGER", "decode", "encode"]
