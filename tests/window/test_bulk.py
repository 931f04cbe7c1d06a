"""Ten megabytes each way, as the first thing that is said: nothing small on the way may hold them up."""

from __future__ import annotations

from support.kernel import RealKernel

PAGE = """<script>
    kernel.send("small");
    kernel.take(Float64Array.from({ length: 1_250_000 }, (_, n) => n))
        .then(() => kernel.give()).then(xs => kernel.done(xs.length, xs.at(-1)));
</script>"""


def test_ten_megabytes_cross_both_ways_right_from_the_start(real_kernel: RealKernel) -> None:
    real_kernel.run(
        "import jupyterwin as jw, threading\nimport numpy as np\ntaken, got, ended = [], [], threading.Event()\n"
        "def take(xs: np.ndarray) -> None:\n    taken.append((str(xs.dtype), len(xs), float(xs[-1])))\n"
        "def give() -> np.ndarray:\n    return np.arange(1_250_000, dtype='float64')\n"
        "def done(length: int, last: float) -> None:\n    got.append((length, last))\n    ended.set()\n"
        f"win = jw.open('a', html={PAGE!r}, expose=[take, give, done])\n"
        "assert ended.wait(30), win.log"
    ).ok()
    assert real_kernel.value("taken") == [("float64", 1_250_000, 1_249_999.0)]
    assert real_kernel.value("got") == [(1_250_000, 1_249_999.0)]
