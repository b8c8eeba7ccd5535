"""COBie workbooks: which sheet goes into which register, and what of them has no place here.

Sheets and columns: NBIMS-US V3, section 4.2, COBie spreadsheet schema.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handover.exchange.columns.mapping import ColumnMapping
from handover.exchange.reading.zip_workbook import SheetInfo
from handover.exchange.tables.heading_text import plain
from handover.i18n import N_


@dataclass(frozen=True, slots=True)
class CobieSheet:
    """A sheet of COBie that fills a register.

    Attributes:
        columns: heading to field.
        beside: further headings that are read: they say more of those fields, or whom a row belongs to.
    """

    sheet: str
    register: str
    columns: Mapping[str, str]
    beside: tuple[str, ...] = ()


#: In the order in which they are taken: rows that others refer to come first.
SHEETS: Final = (
    CobieSheet(
        "Contact", "people",
        {"Email": "email", "Company": "organisation", "Phone": "phone", "Category": "post"},
        ("GivenName", "FamilyName"),
    ),
    CobieSheet(
        "System", "systems",
        {"Name": "name", "Category": "discipline", "Description": "notes"},
        ("ComponentNames", "ComponentName", "ExtIdentifier", "ExternalIdentifier"),
    ),
    CobieSheet(
        "Component", "systems",
        {"Name": "name", "TagNumber": "code", "Space": "area", "Description": "notes"},
        ("TypeName", "ExtIdentifier", "ExternalIdentifier"),
    ),
    CobieSheet(
        "Document", "documents",
        {"Name": "title", "CreatedBy": "holder", "Category": "doc_type", "RowName": "system", "File": "location",
         "Reference": "number", "Description": "notes"},
        ("SheetName", "Directory"),
    ),
    CobieSheet(
        "Job", "tasks",
        {"Name": "name", "TaskNumber": "source_id", "TypeName": "system", "Status": "percent", "Start": "start",
         "Duration": "duration", "Priors": "predecessors", "ResourceNames": "resources", "Description": "notes"},
        ("Category", "DurationUnit", "TaskStartUnit", "Frequency", "FrequencyUnit"),
    ),
)  # fmt: skip

#: Sheets about the workbook itself.
_ABOUT: Final = frozenset({"instruction", "picklists"})
_PLACES = N_("There is no register of places. The space of a component goes into its area.")
_NOWHERE = N_("There is no register for what it lists.")
_WHY_NOT: Final[Mapping[str, str]] = {
    "Facility": N_("The project itself stands for the facility."),
    "Floor": _PLACES,
    "Space": _PLACES,
    "Zone": _PLACES,
    "Type": N_("There is no register of types of products. What refers to a type goes to its components' system."),
    "Spare": N_("Import this sheet by itself."),
    "Resource": N_("There is no register of tools and materials. The resources of a job are taken with the job."),
    "Attribute": N_("There is no register of properties."),
    "Issue": N_("There is no register of issues."),
    "Assembly": _NOWHERE,
    "Connection": _NOWHERE,
    "Coordinate": _NOWHERE,
    "Impact": _NOWHERE,
}
_NOT_COBIE: Final = N_("It is no sheet of COBie.")


def sheets_for(register: str | None, sheet: str | None, sheets: Sequence[SheetInfo]) -> list[CobieSheet]:
    """The sheets that can fill a register, or the one named."""
    there = {s.name for s in sheets}
    return [
        c for c in SHEETS
        if c.sheet in there and (sheet is None or c.sheet == sheet) and (register is None or c.register == register)
    ]  # fmt: skip


def without_place(sheets: Sequence[SheetInfo]) -> list[tuple[str, str]]:
    """The sheets of a workbook that fill no register, and why; ``why`` is a catalogue key."""
    taken = {c.sheet for c in SHEETS}
    return [
        (s.name, _WHY_NOT.get(s.name, _NOT_COBIE))
        for s in sheets
        if s.name not in taken and s.name.casefold() not in _ABOUT and not s.name.startswith("_")
    ]


def reads(sheet: str, heading: str) -> bool:
    """Whether a column that fills no field of its own is read all the same."""
    return any(plain(heading) in map(plain, spec.beside) for spec in SHEETS if spec.sheet == sheet)


def mapped(spec: CobieSheet, proposed: ColumnMapping) -> ColumnMapping:
    """The mapping of a sheet's columns as COBie defines them."""
    wanted = {plain(h): f for h, f in spec.columns.items()}
    mapping = proposed
    for column in proposed.columns:
        mapping = mapping.changed(column.column, wanted.get(plain(column.heading), ""), "heading")
    return mapping
