"""What a zipped workbook says about itself: its kind, its sheets and their parts."""

from __future__ import annotations

import posixpath
import zipfile
from dataclasses import dataclass
from xml.etree.ElementTree import Element, ParseError

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring

from handover.errors import UnusableFile
from handover.exchange.reading.grid import parse_address
from handover.exchange.reading.zip_safety import BROKEN, DAMAGED, ZipFacts, read_part
from handover.i18n import N_


@dataclass(frozen=True, slots=True)
class SheetInfo:
    """A sheet as the list of sheets shows it."""

    name: str
    hidden: bool = False
    #: Rows and columns in use as far as the file tells without reading it; 0 when it doesn't.
    rows: int = 0
    columns: int = 0
    #: The part of the zip that holds it; empty for other formats.
    part: str = ""
    #: False when the file is known to have no hidden or grouped rows or columns and no formulas in it.
    marked: bool = True


def kind_of_zip(facts: ZipFacts, file: str) -> str:
    """Which kind of workbook a zip is, by its parts.

    Raises:
        UnusableFile: it is something else, and the sentence says what.
    """
    if facts.find("xl/workbook.xml"):
        return "xlsm" if facts.find("xl/vbaProject.bin") else "xlsx"
    if facts.find("xl/workbook.bin"):
        return "xlsb"
    if facts.find("word/document.xml"):
        raise UnusableFile(N_("{file} is a Word document, not a workbook. Save its table in Excel first."), file=file)
    if facts.find("ppt/presentation.xml"):
        raise UnusableFile(N_("{file} is a PowerPoint presentation, not a workbook."), file=file)
    if facts.find("content.xml") and facts.find("mimetype"):
        return "ods"
    inside = [p for p in facts.parts if p.lower().endswith((".xlsx", ".xlsm", ".xls", ".csv", ".xer", ".xml"))]
    if inside:
        raise UnusableFile(
            N_("{file} is a zip archive. Unpack it and import the file inside, such as {inside}."),
            file=file,
            inside=posixpath.basename(inside[0].replace("\\", "/")),
        )
    raise UnusableFile(N_("{file} is a zip archive without a workbook in it."), file=file)


def list_sheets(archive: zipfile.ZipFile, facts: ZipFacts, file: str) -> list[SheetInfo]:
    """The worksheets of an .xlsx or .xlsm in their order; chart and dialog sheets are left out.

    Raises:
        UnusableFile: the workbook's own list of sheets is damaged.
    """
    workbook = _xml(archive, facts.find("xl/workbook.xml"), file)
    targets = _relations(archive, facts, file)
    sheets = []
    for node in workbook.iter():
        if _local(node) != "sheet" or "name" not in node.attrib:
            continue
        relation = next((v for k, v in node.attrib.items() if k.rpartition("}")[2] == "id" and "}" in k), "")
        kind, target = targets.get(relation, ("", ""))
        if kind not in ("worksheet", ""):
            continue
        part = facts.find(posixpath.normpath(posixpath.join("xl", target))) or facts.find(target) or ""
        rows, columns = _size(facts, part)
        hidden = node.get("state", "visible") != "visible"
        marked = facts.parts[part].marked if part in facts.parts else True
        sheets.append(SheetInfo(node.attrib["name"], hidden, rows, columns, part, marked))
    return sheets


def uses_1904(archive: zipfile.ZipFile, facts: ZipFacts, file: str) -> bool:
    """True when the workbook counts its days from 1904, as old Macs did."""
    for node in _xml(archive, facts.find("xl/workbook.xml"), file).iter():
        if _local(node) == "workbookPr":
            return node.get("date1904", "0") in ("1", "true")
    return False


def _relations(archive: zipfile.ZipFile, facts: ZipFacts, file: str) -> dict[str, tuple[str, str]]:
    part = facts.find("xl/_rels/workbook.xml.rels")
    if not part:
        return {}
    return {
        node.get("Id", ""): (node.get("Type", "").rpartition("/")[2], node.get("Target", "").lstrip("/"))
        for node in _xml(archive, part, file).iter()
        if _local(node) == "Relationship"
    }


def _size(facts: ZipFacts, part: str) -> tuple[int, int]:
    if part not in facts.parts:
        return 0, 0
    measured = facts.parts[part]
    corner = parse_address(measured.dimension.rpartition(":")[2]) or (0, 0)
    return measured.last_row or corner[0] + bool(measured.dimension), corner[1] + bool(measured.dimension)


def _xml(archive: zipfile.ZipFile, part: str | None, file: str) -> Element:
    try:
        if part is None:
            raise KeyError("xl/workbook.xml")
        root: Element = fromstring(read_part(archive, part))
    except (ParseError, KeyError, ValueError, LookupError, DefusedXmlException, *BROKEN) as error:
        raise UnusableFile(DAMAGED, detail=f"{part}: {error}", file=file) from error
    return root


def _local(node: Element) -> str:
    return node.tag.rpartition("}")[2] if isinstance(node.tag, str) else ""
