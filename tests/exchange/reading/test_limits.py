"""What is small as a file and huge in memory is refused in a sentence, within 200 MiB and after little work."""

from __future__ import annotations

import io
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from handover.errors import UnusableFile
from handover.exchange.plans import read_plan
from handover.exchange.plans.mspdi import tree
from handover.exchange.plans.read_plan import read_mspdi_file
from handover.exchange.reading import child_process, zip_safety
from handover.exchange.reading.child_frames import RowSender
from handover.exchange.reading.grid import address
from handover.exchange.reading.limits import MAX_CELLS, MAX_PARTS, MIB
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import open_source
from tests import small_child
from tests.exchange.reading.workbooks import raw_workbook, text_cell

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="an address space is limited so on Linux alone")

WIDE = 512
#: Rows until the rectangle with a row of ``WIDE`` is too large.
ENOUGH = MAX_CELLS // WIDE + 10
HEAD = '<row r="1">' + text_cell("A1", "Task") + text_cell("B1", "Start") + "</row>"
PLAN = b'<?xml version="1.0"?><Project xmlns="http://schemas.microsoft.com/project"><Tasks>'
PLAN_END = b"</Tasks></Project>"


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], object]:
    """Reads a file with children of 200 MiB of address space; the main process may take 60 MiB more than before."""
    monkeypatch.setattr(child_process.ChildReading, "module", small_child.MODULE)
    monkeypatch.setattr(read_plan, "_MODULE", small_child.MODULE)

    def read(path: Path) -> object:
        monkeypatch.setenv(small_child.WHICH, "handover.exchange.reading.child")
        with little_memory():
            source = open_source(path)
            if source.kind != "mspdi":
                return read_grid(source)
            monkeypatch.setenv(small_child.WHICH, "handover.exchange.plans.child")
            return read_mspdi_file(path)

    return read


@contextmanager
def little_memory(limit: int = 60 * MIB) -> Iterator[None]:
    tracemalloc.start()
    try:
        yield
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < limit


def wide_text(path: Path) -> None:
    path.write_text("Document no,Title\n" + ",".join("x" * WIDE) + "\n" + "a\n" * ENOUGH)


def wide_workbook(path: Path) -> None:
    wide = "".join(text_cell(address(1, column), "x") for column in range(WIDE))
    short = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(3, ENOUGH))
    raw_workbook(path, f'{HEAD}<row r="2">{wide}</row>{short}')


def many_elements(path: Path) -> None:
    path.write_bytes(PLAN + b"<a/>" * 4_100_000 + PLAN_END)


def without_end(path: Path) -> None:
    path.write_bytes(PLAN + b"<a>" * 4_000_000)


def many_tasks(path: Path) -> None:
    path.write_bytes(PLAN + b"<Task/>" * 400_001 + PLAN_END)


def declared_bomb(path: Path) -> None:
    raw_workbook(path, HEAD)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive, archive.open("xl/media/x.bin", "w") as part:
        for _ in range(257):
            part.write(b"\0" * MIB)


def lying_bomb(path: Path) -> None:
    declared_bomb(path)
    data = bytearray(path.read_bytes())
    size = (257 * MIB).to_bytes(4, "little")
    while (at := data.rfind(size)) >= 0:
        data[at : at + 4] = (1000).to_bytes(4, "little")
    path.write_bytes(data)


def many_parts(path: Path) -> None:
    raw_workbook(path, HEAD, parts={f"xl/x{n}": b"" for n in range(MAX_PARTS)})


def document_type(path: Path) -> None:
    raw_workbook(path, HEAD, parts={"xl/styles.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><styleSheet>&b;</styleSheet>'})


def archive_in_archive(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("plan.xlsx", raw_workbook(path.with_name("inner.xlsx"), HEAD).read_bytes())


@pytest.mark.parametrize(
    ("make", "name", "said"),
    [
        (wide_text, "a.csv", "columns: that is more than"),
        (wide_workbook, "a.xlsx", "columns: that is more than"),
        (many_elements, "a.xml", "more than 4000000 elements"),
        (without_end, "a.xml", "damaged XML"),
        (many_tasks, "a.xml", "more than 400000 tasks"),
        (declared_bomb, "a.xlsx", "unpacks to more than"),
        (lying_bomb, "a.xlsx", "damaged|unpacks to more than"),
        (many_parts, "a.xlsx", "parts"),
        (document_type, "a.xlsx", "document type"),
        (archive_in_archive, "a.xlsx", "plan.xlsx"),
    ],
)
def test_what_is_huge_in_memory_is_refused_within_200_mib(
    tmp_path: Path, small: Callable[[Path], object], make: Callable[[Path], None], name: str, said: str
) -> None:
    make(tmp_path / name)
    with pytest.raises(UnusableFile, match=said):
        small(tmp_path / name)


# -- how little is done before a refusal, counted ----------------------------------------------------------------------


@pytest.mark.parametrize("make", [declared_bomb, many_parts])
def test_what_the_directory_tells_is_refused_before_anything_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
) -> None:
    make(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_args, **_more: pytest.fail("a part was unpacked"))
        with pytest.raises(UnusableFile):
            zip_safety.check_directory(archive, "a.xlsx")


def test_no_more_is_unpacked_than_the_limit_and_one_piece(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("MAX_PART", "MAX_INFLATED"):
        monkeypatch.setattr(zip_safety, name, 4 * MIB)
    unpacked = []
    read = zipfile.ZipExtFile.read

    def counted(part: zipfile.ZipExtFile, n: int = -1) -> bytes:
        unpacked.append(len(piece := read(part, n)))
        return piece

    monkeypatch.setattr(zipfile.ZipExtFile, "read", counted)
    path = raw_workbook(tmp_path / "a.xlsx", HEAD, parts={f"xl/media/{n}.bin": b"\0" * 3 * MIB for n in range(9)})
    with zipfile.ZipFile(path) as archive, pytest.raises(UnusableFile, match="unpacks to more than"):
        zip_safety.check_contents(archive, "a.xlsx")
    assert sum(unpacked) <= 5 * MIB


def test_a_ratio_alone_refuses_nothing(tmp_path: Path) -> None:
    path = raw_workbook(tmp_path / "a.xlsx", HEAD, parts={"xl/media/x.bin": b"\0" * 16 * MIB})
    assert path.stat().st_size * 500 < 16 * MIB
    assert read_grid(open_source(path)).height == 1


def test_rows_are_taken_until_their_rectangle_is_too_large_and_no_further() -> None:
    sender = RowSender(io.BytesIO(), "a.csv")
    sender.add(["x"] * WIDE)
    rows = iter(range(2, 2 * ENOUGH))
    with pytest.raises(UnusableFile, match=r"a\.csv"):
        for _ in rows:
            sender.add(["a", *[""] * 20])
    assert next(rows) == MAX_CELLS // WIDE + 2


def test_empty_fields_at_the_end_make_no_row_wide() -> None:
    sender = RowSender(io.BytesIO(), "a.csv")
    for _ in range(ENOUGH):
        sender.add(["a", *[None] * (WIDE - 1)])


@pytest.mark.parametrize(
    "inner",
    [
        b"<a/>" * 100_000,
        b"<Task>" + b"<a>text</a>" * 50_000 + b"</Task>",
        b"<a>" * 900 + b"</a>" * 900,
        b"<Task><Notes>" + b"x" * 20_000_000 + b"</Notes></Task>",
    ],
)
def test_what_nobody_reads_of_a_plan_is_not_kept(inner: bytes) -> None:
    document = io.BytesIO(PLAN + inner + PLAN_END)
    with little_memory(8 * MIB):
        root = tree.read_tree(document, None, "a.xml")
    assert sum(1 for _ in root.iter()) <= 4


def test_elements_are_counted_as_they_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MAX_ELEMENTS", 1000)
    monkeypatch.setattr(tree, "_PIECE", 4096)
    document = io.BytesIO(PLAN + b"<a/>" * 100_000)
    with pytest.raises(UnusableFile, match="more than 1000 elements"):
        tree.read_tree(document, None, "a.xml")
    assert document.tell() <= 2 * 4096
