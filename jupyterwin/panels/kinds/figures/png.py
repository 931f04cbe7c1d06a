"""Bytes of pixels as a PNG. Pure; for arrays where there is no library that draws."""

from __future__ import annotations

import struct
import zlib

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_COLOR = {1: 0, 2: 4, 3: 2, 4: 6}
_LEVEL = 1
"""Of compression: they go through a pipe on this machine."""


def encode(pixels: bytes, width: int, height: int, channels: int) -> bytes:
    """Rows of pixels of one byte a channel (grey, grey and alpha, RGB, RGBA) as a PNG file."""
    row = width * channels
    lines = b"".join(b"\0" + pixels[start : start + row] for start in range(0, row * height, row))
    header = struct.pack(">IIBBBBB", width, height, 8, _COLOR[channels], 0, 0, 0)
    return b"".join(
        [_SIGNATURE, _chunk(b"IHDR", header), _chunk(b"IDAT", zlib.compress(lines, _LEVEL)), _chunk(b"IEND", b"")]
    )


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
