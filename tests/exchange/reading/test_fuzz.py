"""Any bytes at all: a file is read or refused with a sentence, nothing else."""

from __future__ import annotations

import datetime as dt
import io
import tempfile
from contextlib import suppress
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from handover.confined import ChildFailed, receive, unpacked
from handover.errors import UnusableFile
from handover.exchange.plans.xer.read import read_xer
from handover.exchange.reading.child_frames import RowDecoder, RowSender
from handover.exchange.reading.looking import look
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import open_source
from handover.exchange.reading.text_file import recognise
from handover.exchange.reading.text_rows import TextRows
from tests.exchange.reading.workbooks import raw_workbook, text_cell

HEADS = (
    b"",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"<",
    b"<?xml version='1.0'?>",
    b"ERMHDR\t",
    b"PK\x03\x04",
    b"\t;,\n",
    "任务,".encode("gbk"),
)


FOLDER = tempfile.TemporaryDirectory()


def stored(data: bytes, name: str = "a.bin") -> Path:
    path = Path(FOLDER.name) / name
    path.write_bytes(data)
    return path


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(HEADS), st.binary(max_size=300))
def test_bytes_are_read_or_refused(head: bytes, data: bytes) -> None:
    path = stored(head + data)
    try:
        found = list(look({"path": str(path), "encoding": None, "separator": None}))[-1]
        if found[1] == "xer":
            read_xer(path)
        elif found[1] in ("csv", "tsv"):
            list(TextRows(path, recognise(path)).read())
    except UnusableFile as error:
        assert path.name in str(error)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=4), min_size=1, max_size=6),
    st.sampled_from(["utf-8", "gb18030", "utf-16"]),
)
def test_text_tables_of_any_words(rows: list[list[str]], encoding: str) -> None:
    path = stored("\n".join(";".join(row) for row in rows).encode(encoding, errors="replace"), "a.csv")
    try:
        read = list(TextRows(path, recognise(path)).read())
    except UnusableFile as error:
        assert path.name in str(error)
    else:
        assert all(cell is None or cell.strip() for row in read for cell in row)


def _workbook() -> bytes:
    rows = "".join(f'<row r="{n}">{text_cell(f"A{n}", "Task")}<c r="B{n}"><v>{n}</v></c></row>' for n in range(1, 30))
    return raw_workbook(stored(b"", "good.xlsx"), rows).read_bytes()


GOOD = _workbook()


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=6))
def test_a_workbook_with_flipped_bytes_is_read_or_refused(flips: list[tuple[int, int]]) -> None:
    data = bytearray(GOOD)
    for at, value in flips:
        data[at] = value
    path = stored(bytes(data), "a.xlsx")
    try:
        read_grid(open_source(path))
    except UnusableFile as error:
        assert path.name in str(error)


CELL = st.one_of(
    st.just(""),
    st.text(min_size=1, max_size=5),
    st.floats(allow_nan=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(dt.timedelta(0), dt.timedelta(days=900)),
)


@given(
    st.integers(1, 4).flatmap(
        lambda width: st.lists(st.lists(CELL, min_size=width, max_size=width), min_size=1, max_size=9)
    ),
    st.integers(1, 4),
)
def test_rows_come_through_the_wire_as_they_were(rows: list[list[object]], chunk: int) -> None:
    pipe, decoder = io.BytesIO(), RowDecoder()
    sender = RowSender(pipe, "a.csv")
    for at in range(0, len(rows), chunk):
        sender.send(rows[at : at + chunk])
    pipe.seek(0)
    found: list[tuple[object, ...]] = []
    while (data := receive(pipe)) is not None:
        found += decoder.decode(unpacked(data))
    assert found == [tuple(None if v == "" else v for v in row) for row in rows]
    assert [list(map(type, row)) for row in found] == [
        [type(None) if v == "" else type(v) for v in row] for row in rows
    ]


PLAIN = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-5, 2**40), st.floats(), st.text(max_size=3), st.binary(max_size=9)
    ),
    lambda inner: st.lists(inner, max_size=4).map(tuple),
    max_leaves=12,
)


@settings(max_examples=300, deadline=None)
@given(st.lists(PLAIN, max_size=4).map(tuple), st.binary(max_size=40))
def test_whatever_a_child_sends_is_rows_or_refused(values: tuple[object, ...], data: bytes) -> None:
    for frame in (("rows", *values), ("rows", 1, values)):
        try:
            rows = RowDecoder().decode(frame)
        except ChildFailed:
            continue
        assert all(type(row) is tuple for row in rows)
    with suppress(ChildFailed):
        assert type(unpacked(data)[0]) is str
