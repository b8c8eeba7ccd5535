"""A tagged document tells what each piece of it is, in order; an untagged one has no trace of that."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from pypdf.generic import ArrayObject, ContentStream, DictionaryObject

from handover.pack.outline import Section, TableBlock, TableColumn
from handover.pack.pdf.document import write_pdf
from handover.wording import Language
from tests.pack.sample import a_pack

#: Operators that draw something.
DRAWS = frozenset({b"Tj", b"TJ", b"S", b"f", b"B", b"Do"})


def written(tmp_path: Path, language: Language = "both", *, tagged: bool = True) -> PdfReader:
    path = tmp_path / "tagged.pdf"
    write_pdf(replace(a_pack(60, 12), language=language, tagged=tagged), path)
    return PdfReader(path, strict=True)


def elements(reader: PdfReader) -> Iterator[tuple[DictionaryObject, DictionaryObject]]:
    """Each element of the structure after the one in which it stands."""

    def below(element: DictionaryObject) -> Iterator[tuple[DictionaryObject, DictionaryObject]]:
        for kid in kids(element):
            if isinstance(kid, DictionaryObject) and "/S" in kid:
                yield element, kid
                yield from below(kid)

    root = reader.trailer["/Root"]["/StructTreeRoot"]
    yield from below(root)


def kids(element: DictionaryObject) -> list[Any]:  # Any: numbers, references and dictionaries
    found = element.get("/K")
    found = found.get_object() if found is not None else ArrayObject()
    return [each.get_object() for each in (found if isinstance(found, ArrayObject) else [found])]


def test_everything_that_is_drawn_is_told_apart(tmp_path: Path) -> None:
    reader = written(tmp_path)

    for page in reader.pages:
        depth = 0
        for _, operator in ContentStream(page["/Contents"], reader).operations:
            depth += operator in (b"BDC", b"BMC")
            depth -= operator == b"EMC"
            assert depth in (0, 1)
            assert depth == 1 or operator not in DRAWS
        assert depth == 0


@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_structure_has_headings_tables_figures_links_and_fields(tmp_path: Path, language: Language) -> None:
    reader = written(tmp_path, language)
    found = list(elements(reader))
    kinds = Counter(str(kid["/S"]) for _, kid in found)

    assert all(kid["/P"] == parent for parent, kid in found)
    assert {"/Document", "/TOC", "/TOCI", "/H1", "/H2", "/P", "/Table", "/TR", "/TH", "/TD", "/Figure", "/Link",
            "/Form"} <= set(kinds)  # fmt: skip
    assert all("/Alt" in kid for _, kid in found if kid["/S"] == "/Figure")
    assert {str(parent["/S"]) for parent, kid in found if kid["/S"] == "/TD"} == {"/TR"}


def test_each_mark_leads_back_to_its_element(tmp_path: Path) -> None:
    reader = written(tmp_path)
    numbers = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    tree = dict(zip(numbers[::2], numbers[1::2], strict=True))

    for page in reader.pages:
        marks = [
            operands[1]["/MCID"]
            for operands, operator in ContentStream(page["/Contents"], reader).operations
            if operator == b"BDC"
        ]
        assert marks == list(range(len(marks)))
        assert len(tree.get(page["/StructParents"], ArrayObject()).get_object()) == len(marks)
        assert page["/Tabs"] == "/S"
        for link in page.get("/Annots", []):
            assert link.get_object()["/StructParent"] in tree


def test_head_of_a_table_that_goes_on_is_read_out_once(tmp_path: Path) -> None:
    table = TableBlock("t", "T", (TableColumn("a", "Name"),), tuple((f"Row {n}",) for n in range(200)), 200)
    base = a_pack(1, 1)
    write_pdf(replace(base, sections=(Section("t", "T", (table,)),), front=False, tagged=True), tmp_path / "t.pdf")
    reader = PdfReader(tmp_path / "t.pdf")
    kinds = Counter(str(kid["/S"]) for _, kid in elements(reader))

    assert len(reader.pages) > 3
    assert (kinds["/TH"], kinds["/TD"]) == (1, 200)


def test_document_says_that_it_is_accessible_only_where_it_is(tmp_path: Path) -> None:
    tagged = written(tmp_path).trailer["/Root"]
    assert tagged["/MarkInfo"]["/Marked"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in (tmp_path / "tagged.pdf").read_bytes()
    assert b"<pdfaid:conformance>A<" in (tmp_path / "tagged.pdf").read_bytes()

    plain = written(tmp_path, tagged=False).trailer["/Root"]
    assert "/StructTreeRoot" not in plain
    assert b"<pdfuaid:part>" not in (tmp_path / "tagged.pdf").read_bytes()
