"""A COBie workbook of a small plant room, every kind of reference in it; sheets in any order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

Rows = tuple[tuple[Any, ...], ...]

BY = "ann@acme.com"
SHEETS: dict[str, Rows] = {
    "Instruction": (("Title", "COBie"),),
    "Contact": (
        ("Email", "CreatedBy", "Category", "Company", "Phone", "GivenName", "FamilyName"),
        (BY, BY, "Engineer", "ACME", "1", "Ann", "Lee"),
        ("bob@ops.com", BY, "Operator", "Ops", "2", "n/a", "n/a"),
    ),
    "Facility": (("Name",), ("Plant",)),
    "Floor": (("Name",), ("Level 1",), ("Level 2",)),
    "Space": (("Name", "FloorName"), ("101", "Level 1")),
    "Type": (("Name", "AssetType"), ("Pump", "Fixed"), ("Fan", "Fixed"), ("Valve", "Fixed")),
    "Component": (
        ("Name", "CreatedBy", "TypeName", "Space", "Description", "ExtIdentifier", "TagNumber"),
        ("Pump 1", BY, "Pump", "101", "First pump", "g1", "P-101"),
        ("Pump 2", BY, "Pump", "101", "Second pump", "g2", "P-102"),
        ("Fan, exhaust", BY, "Fan", "101", None, "g3", "n/a"),
        ("Valve 1", BY, "Valve", "101", None, "g4", "V"),
        ("Valve 2", BY, "Valve", "101", None, "g5", "V"),
        ("L" * 70, BY, "Chiller", "101", None, "g6", None),
    ),
    "System": (
        ("Name", "CreatedBy", "Category", "ComponentNames", "Description"),
        ("Cooling", BY, "Water", "Pump 1", "Cooling water"),
        ("Cooling", BY, "Water", "Pump 2", "Cooling water"),
        ("Air", BY, "C" * 70, "Fan, exhaust, Valve 1", None),
    ),
    "Document": (
        ("Name", "CreatedBy", "Category", "SheetName", "RowName", "Directory", "File", "Description", "Reference"),
        ("Pump manual", BY, "O&M", "Component", "Pump 1", "/cde/om", "pumps.pdf", None, "D-1"),
        ("Pump manual", BY, "O&M", "Component", "Pump 2", "/cde/om", "pumps.pdf", None, "D-1"),
        ("Cooling scheme", BY, "Drawing", "System", "Cooling", None, "scheme.pdf", "As built", None),
        ("Fan data", "eve@gone.com", "Data", "Type", "Fan", None, None, None, None),
        ("Room data", BY, "Data", "Space", "101", None, None, "Finishes", None),
    ),
    "Spare": (("Name", "TypeName"), ("Seal kit", "Pump")),
    "Resource": (("Name",), ("Fitter",)),
    "Job": (
        ("Name", "Category", "Status", "TypeName", "Description", "Duration", "DurationUnit", "Start", "TaskStartUnit",
         "Frequency", "FrequencyUnit", "TaskNumber", "Priors", "ResourceNames"),
        ("Isolate", "PM", "Completed", "Pump", "Lock it", 2, "Hour", 1, "Month", 1, "Year", 1, "n/a", "Fitter"),
        ("Change the seal", "PM", "Not Yet Started", "Pump", None, 1, "Day", None, None, 1, "Year", 2, 1, "Fitter"),
        ("Isolate", "PM", "Started", "Fan", None, 5, "as required", None, None, None, None, 1, None, None),
        ("Change the belt", "PM", None, "Fan", None, 3, "Day", None, None, None, None, 2, "Isolate", None),
        ("Clean", "PM", None, "Duct", None, 1, "Week", "2026-03-02", None, None, None, 9, None, None),
    ),
    "PickLists": (("JobType",), ("PM",)),
}  # fmt: skip


def cobie_workbook(
    folder: Path, changed: Mapping[str, Rows] | None = None, order: Sequence[str] = (), name: str = "cobie.xlsx"
) -> Path:
    """Write the workbook.

    Args:
        changed: rows in place of those of a sheet.
        order: the sheets, where not in COBie's order.
    """
    sheets = {**SHEETS, **(changed or {})}
    book = Workbook()
    for title in order or sheets:
        page = book.create_sheet(title)
        for row in sheets[title]:
            page.append(row)
    del book["Sheet"]
    path = folder / name
    book.save(path)
    return path
