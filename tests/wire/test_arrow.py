"""Arrow tables: from each library to the wire and back, and what a page may not make of them."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jupyterwin.errors import PeerError, Unserializable
from jupyterwin.wire.arrow import read_table
from jupyterwin.wire.values import decode, encode

TABLE = pa.table(
    {
        "n": pa.array([1, None, 3], pa.int64()),
        "x": [1.5, float("nan"), -0.0],
        "text": ["a", None, "é"],
        "kind": pa.array(["b", "b", "c"]).dictionary_encode(),
        "when": pa.array([datetime(2026, 1, 2, tzinfo=UTC)] * 3, pa.timestamp("us", "UTC")),
        "day": [date(2026, 1, 2)] * 3,
        "raw": [b"x", b"", None],
        "list": [[1, 2], [], None],
        "struct": [{"a": 1}, {"a": None}, None],
        "wait": [timedelta(seconds=1)] * 3,
        "exact": [Decimal("1.10"), None, Decimal("-2.00")],
        "flag": [True, None, False],
        "none": pa.nulls(3),
    }
)


def there_and_back(value: Any) -> Any:
    data, buffers = encode(value)
    return decode(data, [bytes(each) for each in buffers])


@pytest.mark.parametrize(
    "table",
    [TABLE, TABLE.slice(1), TABLE.slice(0, 0), pa.concat_tables([TABLE, TABLE]), pa.table({})],
    ids=["rows", "a part", "no rows", "two batches", "no columns"],
)
def test_a_table_arrives_as_it_was(table: pa.Table) -> None:
    data, buffers = encode({"it": table})
    assert data == {"it": {"$": "arrow", "i": 0}}
    arrived = decode(data, [bytes(each) for each in buffers])["it"]
    assert arrived.schema == table.schema
    assert arrived.to_pydict().keys() == table.to_pydict().keys()
    assert repr(arrived.to_pylist()) == repr(table.to_pylist())  # NaN is itself


def test_record_batches_are_tables() -> None:
    batch = TABLE.to_batches()[0]
    assert there_and_back(batch).schema == TABLE.schema
    assert there_and_back(pa.RecordBatchReader.from_batches(batch.schema, [batch])).num_rows == 3


def test_tables_of_pandas_keep_their_index() -> None:
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", None]}, index=pd.Index([5, 6], name="row"))
    assert there_and_back(frame).to_pandas().equals(frame)
    assert there_and_back(pd.DataFrame({"a": [1]})).column_names == ["a"]


def test_tables_of_polars_have_strings_that_every_reader_knows() -> None:
    arrived = there_and_back(pl.DataFrame({"a": [1, None], "b": ["x", "é"]}))
    assert arrived.to_pylist() == [{"a": 1, "b": "x"}, {"a": None, "b": "é"}]
    assert arrived.schema.field("b").type == pa.large_string()


def test_a_table_of_an_unknown_library_needs_the_c_interface_alone() -> None:
    class Theirs:
        columns = ("n",)

        def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
            return TABLE.select(["n"]).__arrow_c_stream__(requested_schema)

    assert there_and_back(Theirs()).to_pydict() == {"n": [1, None, 3]}


def test_a_table_beside_arrays_has_a_buffer_of_its_own() -> None:
    data, buffers = encode([np.zeros(1), TABLE, b"x"])
    assert [each["i"] for each in data] == [0, 1, 2]
    assert len(buffers) == 3


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pl.Series([1, 2]), np.array([1, 2])),
        (pl.Series([1.5]), np.array([1.5])),
        (pl.Series([1, None]), [1, None]),
        (pl.Series(["a"]), ["a"]),
        (pa.chunked_array([[1], [2]]), np.array([1, 2])),
        (pa.array([1.5, None]), [1.5, None]),
        (pa.array(["a"]), ["a"]),
        (pa.array([True]), [True]),
        (pa.scalar(5), 5),
    ],
    ids=repr,
)
def test_a_column_alone_is_an_array(column: Any, expected: Any) -> None:
    arrived = there_and_back(column)
    assert type(arrived) is type(expected)
    assert list(arrived) == list(expected) if hasattr(expected, "__len__") else arrived == expected


def test_what_arrow_cannot_say_is_refused_with_its_path_and_column() -> None:
    with pytest.raises(
        Unserializable, match=r"value\.it: this pandas DataFrame cannot cross: .*column mixed"
    ) as caught:
        encode({"it": pd.DataFrame({"mixed": [1, "a"]})})
    assert caught.value.path == "value.it"


class TestWithoutPyarrow:
    @pytest.fixture(autouse=True)
    def without(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "pyarrow", None)

    def test_a_table_of_pandas_is_refused_with_a_cure(self) -> None:
        with pytest.raises(Unserializable, match=r"value\.it: .*install pyarrow .* or give its columns"):
            encode({"it": pd.DataFrame({"a": [1]})})

    def test_polars_writes_its_own(self) -> None:
        data, buffers = encode(pl.DataFrame({"a": [1, 2]}))
        assert pl.read_ipc_stream(bytes(buffers[0])).to_dict(as_series=False) == {"a": [1, 2]}
        assert data == {"$": "arrow", "i": 0}

    def test_what_a_page_sends_arrives_as_its_bytes(self) -> None:
        _, buffers = encode(pl.DataFrame({"a": [1, 2]}))
        arrived = decode({"$": "arrow", "i": 0}, [bytes(buffers[0])])
        assert pl.read_ipc_stream(arrived)["a"].to_list() == [1, 2]


def written(table: pa.Table, **options: Any) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, table.schema, options=pa.ipc.IpcWriteOptions(**options)) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


@pytest.mark.parametrize("table", [pa.table({"a": [0] * 10_000}), TABLE.select(["kind"])], ids=["batch", "dictionary"])
@pytest.mark.parametrize("codec", ["zstd", "lz4"])
def test_compressed_data_is_refused_before_it_grows(table: pa.Table, codec: str) -> None:
    assert read_table(written(table)).equals(table)
    with pytest.raises(PeerError, match="the Arrow data is compressed"):
        read_table(written(table, compression=codec))


@pytest.mark.parametrize(
    "data", [b"x", b"\xff" * 8, b"\xff\xff\xff\xff\xff\xff\xff\x7f", written(TABLE)[:-100], written(TABLE)[4:]], ids=len
)
def test_what_is_no_stream_is_refused_with_its_path(data: bytes) -> None:
    with pytest.raises(PeerError, match=r"value\.it: "):
        decode({"it": {"$": "arrow", "i": 0}}, [data])


def test_offsets_that_lead_out_of_the_data_are_refused() -> None:
    table = pa.table({"text": ["aaaaaaaa", "bbbbbbbb"]})
    data = bytearray(written(table))
    at = data.rindex((16).to_bytes(4, "little"))  # where the last string ends
    data[at : at + 4] = (2**30).to_bytes(4, "little")
    with pytest.raises(PeerError, match="malformed Arrow data"):
        read_table(bytes(data))


@settings(max_examples=400, deadline=None)
@given(st.data())
def test_mangled_data_is_a_table_or_a_clean_refusal(data: Any) -> None:
    raw = bytearray(written(TABLE))
    for _ in range(data.draw(st.integers(1, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    try:
        table = read_table(bytes(raw))
    except PeerError:
        return
    assert isinstance(table.num_rows, int)


COLUMNS = st.lists(
    st.sampled_from(
        [
            st.lists(st.none() | st.integers(-(2**63), 2**63 - 1), min_size=4, max_size=4).map(
                lambda v: pa.array(v, pa.int64())
            ),
            st.lists(st.none() | st.floats(width=32), min_size=4, max_size=4).map(lambda v: pa.array(v, pa.float32())),
            st.lists(st.none() | st.text(), min_size=4, max_size=4).map(lambda v: pa.array(v, pa.string())),
            st.lists(st.none() | st.binary(), min_size=4, max_size=4).map(lambda v: pa.array(v, pa.binary())),
            st.lists(st.lists(st.booleans()), min_size=4, max_size=4).map(lambda v: pa.array(v, pa.list_(pa.bool_()))),
        ]
    ).flatmap(lambda each: each),
    max_size=5,
)


@settings(max_examples=100, deadline=None)
@given(COLUMNS)
def test_whatever_table_is_sent_arrives(columns: list[pa.Array]) -> None:
    table = pa.table({f"c{index}": column for index, column in enumerate(columns)})
    arrived = there_and_back(table)
    assert arrived.schema == table.schema
    assert repr(arrived.to_pydict()) == repr(table.to_pydict())
