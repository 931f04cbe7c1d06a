"""Where windows go so that one picture shows them all: side by side in the middle of a screen. Numbers only."""

from __future__ import annotations

from collections.abc import Sequence

MARGIN = 40
GAP = 24

Size = tuple[int, int]
Box = dict[str, int]


def side_by_side(area: Box, sizes: Sequence[Size], *, fill: bool) -> list[Box]:
    """A box for each window, left to right, tops aligned. They get smaller where they must.

    `fill`: where there is room to spare, the first window takes it and keeps its shape.
    """
    gaps = GAP * (len(sizes) - 1)
    width = area["width"] - 2 * MARGIN - gaps
    height = area["height"] - 2 * MARGIN
    factor = min(1.0, width / sum(w for w, _ in sizes), height / max(h for _, h in sizes))
    scaled = [(int(w * factor), int(h * factor)) for w, h in sizes]
    if fill:
        first, *others = scaled
        growth = min((width - sum(w for w, _ in others)) / first[0], height / first[1])
        scaled[0] = (int(first[0] * growth), int(first[1] * growth))
    left = area["x"] + (area["width"] - sum(w for w, _ in scaled) - gaps) // 2
    top = area["y"] + (area["height"] - max(h for _, h in scaled)) // 2
    boxes = []
    for w, h in scaled:
        boxes.append({"x": left, "y": top, "width": w, "height": h})
        left += w + GAP
    return boxes
