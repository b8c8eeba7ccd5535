"""What was corrected in the log of a run after it was written, as the change log has it: its trace on the proof."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from handover.i18n import in_language
from handover.model.running.log import RunInterruption, RunSegment
from handover.registers.catalogue import register
from handover.running.instants import shown_instant
from handover.store.history import changes_of
from handover.values.shown import percent
from handover.wording import Text, Words

#: What the clock, or who reads it, goes by.
_FIELDS = {
    "run_segment": ("segments", ("from_at", "to_at", "load")),
    "run_interruption": ("interruptions", ("from_at", "to_at", "cause", "item", "attribution", "effect")),
}
#: Of a longer story its latest part is told.
_LATEST = 2_000


@dataclass(frozen=True, slots=True)
class LogCorrection:
    """A field of an entry that was changed, or an entry that was taken out or put back.

    Attributes:
        at: when, in UTC; who: the account of who did it.
        register, number: of the entry.
        field: what it is called, empty where the whole entry was taken out (``after`` empty) or put back.
    """

    at: str
    who: str
    register: str
    number: int | None
    field: Words
    before: Words
    after: Words

    @property
    def of_entry(self) -> bool:
        """Whether the whole entry went, or came back."""
        return not self.field


def corrections_of(connection: Connection, run_id: str) -> list[LogCorrection]:
    """The corrections of the log of a run, the first one first.

    That something ended, or that somebody answers for it now, is no correction: nothing stood there before.
    """
    numbers: dict[str, int | None] = {}
    for model in (RunSegment, RunInterruption):
        entries = connection.execute(select(model.id, model.number).where(model.run_id == run_id))
        numbers.update((row[0], row[1]) for row in entries)
    found: list[LogCorrection] = []
    for event in reversed(changes_of(connection, list(numbers), _LATEST) if numbers else []):
        if event.op != "update" or event.table not in _FIELDS:
            continue
        key, watched = _FIELDS[event.table]
        entry = (event.at, event.who, key, numbers[event.row_id])
        if "deleted_at" in event.fields:
            gone = event.fields["deleted_at"][1] is not None
            kept = f"{numbers[event.row_id] or ''}"
            found.append(LogCorrection(*entry, "", kept if gone else "", "" if gone else kept))
        found += _changed(entry, watched, event.fields)
    return found


def _changed(
    entry: tuple[str, str, str, int | None], watched: tuple[str, ...], fields: dict[str, tuple[Any, Any]]
) -> Iterator[LogCorrection]:  # Any: stored values
    for attr in watched:
        before, after = fields.get(attr, (None, None))
        if before not in (None, "") and before != after:
            name = _in_both(lambda attr=attr: register(entry[2])[attr].label)
            yield LogCorrection(*entry, name, _value(entry[2], attr, before), _value(entry[2], attr, after))


def _value(key: str, attr: str, stored: Any) -> Words:  # Any: as above
    if stored in (None, ""):
        return "–"
    if attr in ("from_at", "to_at"):
        return shown_instant(str(stored), "zh")
    if attr == "load":
        return percent(float(stored), "en")
    words = register(key)[attr].words
    return _in_both(lambda: words.label(stored)) if words is not None else str(stored)


def _in_both(say: Any) -> Text:  # Any: a function that says something in the language in force
    told = []
    for code in ("en", "zh"):
        with in_language(code):
            told.append(say())
    return Text(*told)
