"""Whether a document is held in the status that is asked for: statuses in the order in which a document grows."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Integer, case, func, literal

from handover.model.documents.states import DOCUMENT_PURPOSE

# How far a document has come by its status; what has come further serves what asks for less. After the descriptions
# of the pick list "document status" of CFIHOS 2.0: for information, in review, for work before the site, for work on
# site, approved for it, for use, as built.
_REACH = {
    "IFI": 0, "IFR": 1, "IFH": 1, "IFA": 2, "IFQ": 3, "IFT": 3, "IFP": 3, "IFD": 3, "AFT": 4, "AFP": 4, "AFD": 4,
    "IFV": 4, "IFC": 5, "AFC": 6, "APP": 6, "IFU": 7, "IAB": 8,
}  # fmt: skip
#: Without a status a document serves what asks for none alone.
_NONE = -1


def reach(status: Any) -> ColumnElement[int]:  # Any: a column that holds a status
    """How far a status has come, in SQL; below all where none is said."""
    return func.coalesce(case(_REACH, value=status, else_=None), literal(_NONE, Integer))


def falls_short(held: Any, required: Any) -> ColumnElement[bool]:  # Any: columns that hold a status
    """Whether the status that is held serves less than the one that is required, in SQL."""
    return reach(held) < reach(required)


def place_of(status: Any) -> ColumnElement[int]:  # Any: as above
    """The place of a status in ``in_order``, in SQL."""
    return case({code: place for place, code in enumerate(in_order())}, value=status, else_=None)


def in_order() -> tuple[str, ...]:
    """All statuses, in the order in which a document comes through them."""
    return tuple(sorted((option.code for option in DOCUMENT_PURPOSE), key=lambda code: (_REACH.get(code, _NONE), code)))


def asks_for_more(status: str, before: str) -> bool:
    """Whether a status asks for a document that has come further than another one does."""
    return _REACH.get(status, _NONE) > _REACH.get(before, _NONE)
