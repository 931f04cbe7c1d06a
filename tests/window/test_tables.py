"""Arrow tables in a real window: from the kernel to preload and page and back, small ones and large ones."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from jupyterwin.errors import BadArguments
from jupyterwin.main.app import App
from support.real_app import open_ready, real_app

FRAME = pd.DataFrame({"n": [1, 2, 3], "text": ["a", None, "é"], "when": pd.to_datetime(["2026-01-02"] * 3, utc=True)})


@pytest.fixture
def app(display: object) -> Iterator[App]:
    with real_app() as one:
        yield one


def frame() -> pd.DataFrame:
    """A table."""
    return FRAME


def ticks() -> Iterator[pl.DataFrame]:
    """Tables."""
    for n in range(3):
        yield pl.DataFrame({"n": [n]})


def check(table: pa.Table, *, title: str = "") -> list[Any]:
    """What arrived."""
    return [title, table.num_rows, table.column_names]


def rows(table: pd.DataFrame) -> int:
    """How many rows."""
    return len(table)


def test_a_page_reads_a_table_and_gives_it_back(app: App) -> None:
    window = open_ready(app, "tables", expose=[frame, ticks, check, rows])
    script = """
        const table = await kernel.frame();
        const again = await kernel.check(table.select(["n"]), { title: "chosen" });
        let sum = 0;
        for await (const one of kernel.ticks()) sum += one.getChild("n").at(0);
        return [table.numRows, table.names, [...table.getChild("n")], table.getChild("text").at(1),
                table.getChild("when").at(0), table.toArray()[2].text, again, await kernel.rows(table), sum];
    """
    said = window.eval(script).result(20)
    assert said == [
        3,
        ["n", "text", "when"],
        [1, 2, 3],
        None,
        FRAME["when"][0].to_pydatetime(),
        "é",
        ["chosen", 3, ["n"]],
        3,
        3,
    ]


def test_what_is_no_table_is_refused_before_the_call(app: App) -> None:
    window = open_ready(app, "no-tables", expose=[check])
    with pytest.raises(BadArguments, match=r"args\[0\]: expected Table, got list"):
        window.eval("kernel.check([1, 2])").result(20)
    with pytest.raises(BadArguments, match=r"args\[0\]: expected Table, or the bytes of one"):
        window.eval("kernel.check(new Uint8Array([1, 2, 3]))").result(20)


def test_a_preload_hands_tables_to_the_page(app: App, tmp_path: Path) -> None:
    preload = tmp_path / "preload.js"
    preload.write_text(
        "const { contextBridge, ipcRenderer } = jupyterwin;\n"
        'contextBridge.exposeInMainWorld("api", {\n'
        '  load: async () => { const t = await ipcRenderer.invoke("frame"); return { rows: t.numRows, table: t }; },\n'
        '  store: (table) => ipcRenderer.invoke("store", { table }),\n'
        "});\n"
    )
    window = open_ready(app, "preload-tables", preload=[preload])
    window.ipc.handle("frame", lambda _event: FRAME)
    window.ipc.handle("store", lambda _event, given: given["table"].to_pandas().equals(FRAME))
    script = "const { rows, table } = await api.load(); return [rows, table.numCols, await api.store(table)];"
    assert window.eval(script).result(20) == [3, 3, True]


def test_a_large_table_crosses_both_ways(app: App) -> None:
    large = pa.table({"x": np.arange(1_250_000, dtype="float64"), "n": np.arange(1_250_000, dtype="int32")})
    got: list[Any] = []

    def give() -> pa.Table:
        """Some 15 MB."""
        return large

    def take(table: pa.Table) -> None:
        """The same."""
        got.append(table.equals(large))

    window = open_ready(app, "large", expose=[give, take])
    script = "const t = await kernel.give(); await kernel.take(t); return t.getChild('x').toArray().at(-1);"
    assert window.eval(script, timeout=60).result(60) == 1_249_999
    assert got == [True]
