"""COBie workbooks: which sheet goes into which register, and what of them has no place here.

Sheets and columns: NBIMS-US V3, section 4.2, COBie spreadsheet schema.
"""

from __future__ import annotations

from collections.abc import Mapping as Dictionary
from collections.abc import Sequence
from dataclasses import dataclass, field

from handover.exchange.grid import Cell
from handover.exchange.headings import plain
from handover.exchange.incoming import Lines
from handover.exchange.mapping import Mapping
from handover.exchange.package import SheetInfo
from handover.exchange.source import Notice
from handover.exchange.values import as_text, is_nothing
from handover.i18n import N_


@dataclass(frozen=True, slots=True)
class CobieSheet:
    """How a sheet of COBie is taken.

    Attributes:
        columns: heading to field.
        otherwise: field to the fields whose value it takes, joined, where its own cell is empty.
        always: field to the text that all rows get.
    """

    sheet: str
    register: str
    columns: Dictionary[str, str]
    otherwise: Dictionary[str, tuple[str, ...]] = field(default_factory=dict)
    always: Dictionary[str, str] = field(default_factory=dict)
    joined: Dictionary[str, tuple[str, ...]] = field(default_factory=dict)


_SHEETS = (
    CobieSheet(
        "System", "systems",
        {"Name": "name", "Category": "discipline", "Description": "notes"},
        {"code": ("name",)},
    ),
    CobieSheet(
        "Component", "systems",
        {"Name": "name", "TagNumber": "code", "Space": "area", "Description": "notes"},
        {"code": ("name",)},
        {"level": "tag"},
    ),
    CobieSheet(
        "Document", "documents",
        {"Name": "title", "Category": "doc_type", "File": "location", "Reference": "number", "Description": "notes"},
    ),
    CobieSheet(
        "Contact", "people",
        {"Email": "email", "Company": "organisation", "Phone": "phone", "Category": "post"},
        {"name": ("email",)},
        joined={"name": ("GivenName", "FamilyName")},
    ),
    CobieSheet(
        "Job", "tasks",
        {"Name": "name", "TaskNumber": "source_id", "Duration": "duration", "Priors": "predecessors",
         "ResourceNames": "resources", "Description": "notes"},
    ),
)  # fmt: skip


def sheets_for(register: str | None, sheet: str | None, sheets: Sequence[SheetInfo]) -> list[CobieSheet]:
    """The sheets that can fill a register, or the one named, the likeliest first."""
    rows = {s.name: s.rows for s in sheets}
    return [
        c for c in _SHEETS
        if c.sheet in rows and (sheet is None or c.sheet == sheet) and (register is None or c.register == register)
    ]  # fmt: skip


def mapped(spec: CobieSheet, proposed: Mapping) -> Mapping:
    """The mapping of a sheet's columns as COBie defines them."""
    wanted = {plain(h): f for h, f in spec.columns.items()}
    mapping = proposed
    for column in proposed.columns:
        mapping = mapping.changed(column.column, wanted.get(plain(column.heading), ""), "heading")
    return mapping


def complete(spec: CobieSheet, lines: Lines, further: Dictionary[str, Sequence[Cell]]) -> None:
    """Fill in what COBie says elsewhere: a system's code is its name, a contact's name stands in two columns.

    Args:
        further: the cells of all columns by heading, in the order of the lines.
    """
    count = len(lines.rows)
    for key, headings in spec.joined.items():
        parts = [further[h] for h in headings if h in further]
        lines.cells[key] = [
            " ".join(as_text(p[n]) for p in parts if not is_nothing(p[n])) or None for n in range(count)
        ]
    for key, others in spec.otherwise.items():
        own = lines.cells.get(key, [None] * count)
        lines.cells[key] = [
            next((lines.cells[o][n] for o in others if o in lines.cells), None) if is_nothing(cell) else cell
            for n, cell in enumerate(own)
        ]
    for key, text in spec.always.items():
        lines.cells[key] = [text] * count


def repeated(lines: Lines) -> list[int]:
    """Rows that name the same system once more: COBie repeats a system for each of its components."""
    seen: set[str] = set()
    rows = []
    for row, cell in zip(lines.rows, lines.cells.get("code", []), strict=False):
        text = as_text(cell)
        if text in seen:
            rows.append(row)
        seen.add(text)
    return rows


def notices(taken: CobieSheet, sheets: Sequence[SheetInfo]) -> list[Notice]:
    """What else the workbook holds: sheets for other registers, and sheets that have no place here."""
    known = {c.sheet: c.register for c in _SHEETS}
    filled = [
        s.name for s in sheets if s.rows > 1 and s.name not in ("Instruction", "PickLists") and s.name != taken.sheet
    ]
    others = [f"{name} → {known[name]}" for name in filled if name in known]
    rest = [name for name in filled if name not in known]
    said = []
    if others:
        said.append(Notice(N_("Other sheets fill other registers: {sheets}."), {"sheets": ", ".join(others)}))
    if rest:
        said.append(
            Notice(N_("These sheets have no place here and aren't taken: {sheets}."), {"sheets": ", ".join(rest)})
        )
    return said
