"""The gallery of windows as a reader runs it: real kernel, real windows, every cell, and again."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from support.kernel import RealKernel

NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
CELLS = {
    cell.id: cell.source
    for cell in nbformat.read(NOTEBOOKS / "windows.ipynb", as_version=4).cells
    if cell.cell_type == "code"
}
PAPER = "monitor.pdf().result(10).save("
COLOURS = """new Promise(done => {
    const canvas = document.querySelector("canvas");
    const look = () => {
        const dots = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
        const colours = new Set();
        for (let i = 0; i < dots.length; i += 400) colours.add(dots[i] << 16 | dots[i + 1] << 8 | dots[i + 2]);
        if (colours.size > 50) done(colours.size); else requestAnimationFrame(look);
    };
    look();
})"""
POINT = (
    'document.querySelector("canvas").dispatchEvent(new PointerEvent("pointermove", { clientX: 200, clientY: 200 }))'
)


@pytest.fixture
def kernel(real_kernel: RealKernel, tmp_path: Path) -> RealKernel:
    real_kernel.run(f"import os; os.chdir({str(NOTEBOOKS)!r})").ok()
    real_kernel.run(f"paper = {str(tmp_path / 'processes.pdf')!r}").ok()
    return real_kernel


def run(kernel: RealKernel, name: str) -> str:
    """Run a cell; what it printed. The PDF is written where the test may write."""
    return (
        kernel.run(CELLS[name].replace(f'{PAPER}"processes.pdf")', f"{PAPER}paper)"), cell=name, timeout=120)
        .ok()
        .stdout
    )


def test_every_cell_runs_and_runs_again(kernel: RealKernel, tmp_path: Path) -> None:
    for _ in range(2):
        for name in CELLS:
            if name != "end":
                run(kernel, name)
    assert (tmp_path / "processes.pdf").read_bytes().startswith(b"%PDF")
    assert kernel.value("sorted(w.name for w in jw.app.windows)") == ["guest", "julia", "mandelbrot", "processes"]
    assert kernel.value("'processes' in monitor.eval('document.body.textContent').result(10)")
    run(kernel, "end")
    kernel.run("jw.app.wait(20)").ok()
    assert kernel.value("len(jw.app.windows)") == 0


def test_tiles_are_drawn_by_the_kernel_and_the_pointer_drives_the_other_window(kernel: RealKernel) -> None:
    for name in ("load", "mandelbrot", "julia", "menu", "tile"):
        run(kernel, name)
    assert kernel.value(f"fractal.eval({COLOURS!r}, timeout=60).result(60)", timeout=90) > 50
    assert kernel.value("round((fractal.invoke('view').result(10))['zoom'])") == 900
    kernel.run(f"fractal.eval({POINT!r}).result(10)").ok()
    assert kernel.value(f"julia.eval({COLOURS!r}, timeout=60).result(60)", timeout=90) > 50
    kernel.run("fractal.eval('kernel.bookmark(-0.5, 0.25, 3)').result(10)").ok()
    assert kernel.value("bookmarks") == [(-0.5, 0.25, 3.0)]


def test_a_crash_mends_itself_and_refusals_are_told(kernel: RealKernel) -> None:
    run(kernel, "load")
    run(kernel, "mandelbrot")
    assert "back, as process" in run(kernel, "crash")
    assert kernel.value("fractal.status") == "ready"
    run(kernel, "deny")
    assert kernel.value("str(guest.log).count('was refused')") >= 1
