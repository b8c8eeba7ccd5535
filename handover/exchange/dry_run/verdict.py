"""What an import would do with each row of a file, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from handover.exchange.rows.outcome import Fault, Outcome
from handover.i18n import N_, tr

_NAMES: Final[Mapping[Outcome, str]] = {
    "new": N_("New"),
    "older": N_("Older revision"),
    "changed": N_("Changed"),
    "unchanged": N_("Unchanged"),
    "skipped": N_("Skipped"),
    "error": N_("In error"),
    "conflict": N_("Conflict"),
}


def outcome_name(outcome: Outcome) -> str:
    """The name of an outcome in the language in force."""
    return tr(_NAMES[outcome])


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that an import changes; values as they are stored, texts as they are shown.

    Attributes:
        base: what the field held when the file was exported, shown only in a conflict.
    """

    field: str
    label: str
    old: Any  # Any: what the field holds
    new: Any  # Any: as above
    old_text: str
    new_text: str
    base_text: str = ""

    def __str__(self) -> str:
        return tr("{field}: {old} → {new}", field=self.label, old=self.old_text or "–", new=self.new_text or "–")

    def as_conflict(self) -> str:
        """The same of a field that both sides changed and that stays as we have it."""
        return tr(
            "{field}: both sides changed “{base}” since the export; our “{ours}” stays, “{theirs}” isn't taken",
            field=self.label, base=self.base_text or "–", ours=self.old_text or "–", theirs=self.new_text or "–",
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of one row.

    Attributes:
        row: the number of the row in the file as Excel shows it; 0 where the file has no rows.
        ref: the reference of the row that it changes or leaves, empty for a new one.
        name: what the row is called in the file.
        changes: what changes, field by field; in a conflict, what both sides changed as well.
        conflicts: the fields that both sides changed.
        faults: what is wrong.
        remarks: what isn't taken of the cells of a row that is.
        reason: why it was skipped.
    """

    row: int
    outcome: Outcome
    ref: str = ""
    name: str = ""
    changes: tuple[FieldChange, ...] = ()
    conflicts: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    reason: str = ""
    remarks: tuple[Fault, ...] = ()

    @property
    def clashing(self) -> tuple[FieldChange, ...]:
        """The changes of fields that both sides changed."""
        return tuple(change for change in self.changes if change.field in self.conflicts)

    @property
    def why(self) -> str:
        """The reason in one line: faults, remarks and changes, or why it was skipped."""
        if self.faults:
            return " ".join(map(str, self.faults))
        remarks = " ".join(map(str, self.remarks))
        if self.changes:
            clashing = self.clashing
            changes = tr("; ").join(c.as_conflict() if c in clashing else str(c) for c in self.changes)
            return " ".join(filter(None, (remarks, changes)))
        if remarks:
            return remarks
        return tr(self.reason) if self.reason else ""
