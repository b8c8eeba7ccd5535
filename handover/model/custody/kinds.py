"""Kinds of certificates as entries of a list: what each does to custody is fixed, its name and its letters are data."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.i18n import N_
from handover.model.picks.pick import Pick, PickList
from handover.model.system import CUSTODY
from handover.model.vocabulary import Option, Vocabulary

TO_COMMISSIONING, TO_CARE, TO_OPERATIONS = "to_commissioning", "to_care", "to_operations"
ENDS_AFTERCARE, GOES_BACK = "ends_aftercare", "goes_back"

CERTIFICATE_KIND = PickList(
    "certificate_kind",
    N_("Kinds of certificates"),
    (
        Option(TO_COMMISSIONING, "Passes custody to commissioning", "info"),
        Option(TO_CARE, "Passes custody into the care of operations", "warning"),
        Option(TO_OPERATIONS, "Passes custody to operations", "ok"),
        Option(ENDS_AFTERCARE, "Ends early-life support, passes no custody", "neutral"),
        Option(GOES_BACK, "Gives custody back, one step", "danger"),
    ),
)

#: Who can have a system, as parts of certificates say it; there it is no state of its own.
HELD_BY = Vocabulary(CUSTODY.options)
#: The order in which custody goes on.
_ORDER = tuple(option.code for option in CUSTODY.options)
_TARGET = {TO_COMMISSIONING: "commissioning", TO_CARE: "care_custody", TO_OPERATIONS: "operations"}


def has_care(session: Session, project_id: str) -> bool:
    """Whether the kinds of a project know the care of operations; without it custody passes from commissioning on."""
    there = select(Pick.id).where(
        Pick.project_id == project_id, Pick.list == CERTIFICATE_KIND.key, Pick.meaning == TO_CARE,
        Pick.deleted_at.is_(None), Pick.retired.is_not(True),
    )  # fmt: skip
    return session.scalar(there.limit(1)) is not None


def taken_from(meaning: str | None, *, care: bool) -> tuple[str, ...]:
    """Who must have a system, so that a certificate of a kind can pass it on; nobody where it passes nothing.

    Args:
        care: the project knows the care of operations.
    """
    match meaning:
        case "to_commissioning":
            return ("constructor",)
        case "to_care":
            return ("commissioning",)
        case "to_operations":
            return ("care_custody",) if care else ("commissioning", "care_custody")
        case "ends_aftercare":
            return ("operations",)
        case "goes_back":
            return _ORDER[1:]
    return ()


def passed_to(meaning: str | None, custody: str, *, care: bool) -> str:
    """Who has a system after a certificate of a kind, where ``custody`` says who has it before."""
    if meaning in _TARGET:
        return _TARGET[meaning]
    if meaning == GOES_BACK:
        before = _ORDER[max(0, _ORDER.index(custody) - 1)]
        return "commissioning" if before == "care_custody" and not care else before
    return custody


def further(custody: str, other: str) -> bool:
    """Whether a custody lies further on than another one."""
    return _ORDER.index(custody) > _ORDER.index(other)


def toward(meaning: str | None) -> str:
    """The custody by whose measure is asked what stands in the way; empty where nothing does, as for giving back."""
    if meaning == ENDS_AFTERCARE:
        return "operations"
    return _TARGET.get(meaning or "", "")
