"""pywebview as installed has every door we close, under the name we know, and the table says why."""

from __future__ import annotations

import pytest

from jupyterwin.host import pywebview_patch
from jupyterwin.host.engines import EngineProblem


def test_every_patch_has_a_reason() -> None:
    patches = [*pywebview_patch._COMMON, *pywebview_patch._OF_QT]
    assert all(patch.why for patch in patches)
    assert len({(patch.module, patch.path) for patch in patches}) == len(patches)


def test_another_pywebview_is_refused() -> None:
    patch = pywebview_patch.Patch("webview.util", "renamed_since", None, "")
    with pytest.raises(EngineProblem, match="pywebview"):
        pywebview_patch._apply((patch,))
