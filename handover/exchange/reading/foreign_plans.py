"""Plans of programs whose own formats are read by MPXJ: how each is told apart, and what it is called."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from handover.i18n import N_

#: By kind: what such a file is, as the dry run says it.
PROGRAMS: Final[Mapping[str, str]] = {
    "mpp": N_("a plan of Microsoft Project (MPP)"),
    "mpx": N_("a plan in the old exchange format of Microsoft Project (MPX)"),
    "gan": N_("a plan of GanttProject"),
    "gnome-planner": N_("a plan of Planner"),
    "pmxml": N_("a plan of Primavera P6 (XML)"),
    "asta": N_("a plan of Asta Powerproject"),
    "phoenix": N_("a plan of Phoenix Project Manager"),
}

#: How files of Asta Powerproject begin, old and new, and those of Phoenix 4.
_ASTA, _SQLITE, _PHOENIX = b"\0\0" + b"0" * 6, b"SQLite format 3\0", b"PPX!!!!"


def by_first_bytes(path: Path, head: bytes) -> str:
    """The kind of a plan that its first bytes tell, with its name where others begin alike; empty for none."""
    if head.startswith(b"MPX") and head[3:4] in (b",", b";", b"\t"):
        return "mpx"
    if head.startswith(_ASTA) or (path.suffix.lower() == ".pp" and head.startswith(_SQLITE)):
        return "asta"
    return "phoenix" if head.startswith(_PHOENIX) else ""


def by_root(root: str, attributes: Mapping[str, str]) -> str:
    """The kind of a plan that the outermost element of an XML document tells, empty for none."""
    name = root.rpartition("}")[2]
    if name == "APIBusinessObjects":
        return "pmxml"
    if name != "project":
        return ""
    if "mrproject-version" in attributes:
        return "gnome-planner"
    if "update_mode" in attributes or attributes.get("application", "").startswith("Phoenix"):
        return "phoenix"
    return "gan" if "webLink" in attributes or "view-date" in attributes else ""
