"""The TypeScript compiler of js/, as an editor runs it: strict, without emitting anything."""

from __future__ import annotations

import sys
from pathlib import Path

from support.command import Said, finish
from support.tree import ROOT

NODE = Path(sys.executable).parent / "node"
TSC = ROOT / "js" / "node_modules" / "typescript" / "bin" / "tsc"


def check(*files: Path, lib: str = "es2023,dom") -> Said:
    """Check these files together; the exit code is 0 when they are right."""
    options = ["--strict", "--exactOptionalPropertyTypes", "--noEmit", "--target", "es2023", "--module", "esnext"]
    return finish([str(NODE), str(TSC), *options, "--types", "", "--lib", lib, *map(str, files)])
