"""What changed since the last edition: how much of each register, and what each row said before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from sqlalchemy import Connection

from handover.i18n import LANGUAGES, N_, NC_, in_language
from handover.pack.outline import Block, Cell, Note, Row, Rows, Status, TableBlock, TableColumn
from handover.pack.reading import PackReading, scope_of
from handover.registers import show
from handover.registers.catalogue import chapters, register
from handover.registers.changed_rows import ChangedRow, RowFate, changed_rows
from handover.registers.declare import Field, Register
from handover.registers.query import SINCE, Condition, Query, ShownRow, every, linked
from handover.store.copies.since import Since, moments_added
from handover.values.print_forms import LONG, NUMBER, STATUS
from handover.wording import Text, said, said_of

#: Rows whose changes are read at once.
_AT_ONCE = 500
#: Rows of one register that are listed one by one.
_MOST = 500
_FATES: dict[RowFate, Status] = {
    "added": Status(said(N_("Added")), "ok"),
    "changed": Status(said(N_("Changed")), "info"),
    "removed": Status(said(N_("Deleted")), "danger"),
}


@dataclass(frozen=True, slots=True)
class FormerEdition:
    """The paper since which changes are told.

    Args:
        moment: when it was issued, as the change log writes it.
    """

    number: str
    edition: int
    moment: str


@dataclass(frozen=True, slots=True)
class _Changes:
    register: Register
    rows: tuple[tuple[ShownRow, ChangedRow], ...]
    names: dict[str, str]
    more: int

    def n(self, fate: RowFate) -> int:
        return sum(done.fate == fate for _, done in self.rows)


def former_edition(connection: Connection, paper_id: str, number: str, edition: int) -> FormerEdition | None:
    """A paper as one since which changes can be told; None where the log doesn't know when it was issued."""
    moment = moments_added(connection, "issued", [paper_id]).get(paper_id)
    return FormerEdition(number, edition, moment) if moment else None


def changes(reading: PackReading, since: FormerEdition) -> tuple[Block, ...]:
    """The counts by register, and each row with what it said and what it says."""
    with reading.workspace.read() as connection:
        found = [each for of in _registers() if (each := _changes(connection, reading, of, since)).rows]
    total = sum(len(each.rows) + each.more for each in found)
    paper = Text(*(f"{since.number} ({since.edition})",) * 2)
    if not total:
        return (Note(said(N_("Nothing changed since {paper} was issued."), paper=paper), "ok"),)
    sentence = said_of(
        "{n} row was added, changed or deleted since {paper} was issued.",
        "{n} rows were added, changed or deleted since {paper} was issued.",
        total,
        paper=paper,
    )
    return Note(sentence), _counts(found), _list(found)


def _registers() -> list[Register]:
    """The registers of the pack: what is in none of its chapters isn't told."""
    return [register(each.register) for chapter in chapters() for each in chapter.pack]


def _changes(connection: Connection, reading: PackReading, of: Register, since: FormerEdition) -> _Changes:
    scope = scope_of(reading, of)
    if scope is None:
        return _Changes(of, (), {}, 0)
    when = Since(since.moment)
    told = [field for field in of.fields if not field.internal and field.kind.stored]
    query = Query(where=(Condition(SINCE, "after", (when.moment, "")), *scope))
    rows = every(connection, of, reading.project.id, query, told)
    kept = list(islice(rows, _MOST))
    more = sum(1 for _ in rows)
    done: dict[str, ChangedRow] = {}
    for at in range(0, len(kept), _AT_ONCE):
        done |= changed_rows(connection, of, [row.id for row in kept[at : at + _AT_ONCE]], when, told)
    pairs = tuple((row, done[row.id]) for row in kept if row.id in done and _says_something(done[row.id]))
    names = {key: row.name for key, row in linked(connection, str(of.table.name), [row.id for row, _ in pairs]).items()}
    return _Changes(of, pairs, names, more)


def _says_something(done: ChangedRow) -> bool:
    """A row of which only what isn't told changed, such as an internal field, isn't told either."""
    return done.fate != "changed" or bool(done.before)


def _counts(found: Sequence[_Changes]) -> TableBlock:
    columns = (
        TableColumn("register", said(N_("Register")), weight=2.0, rank=1),
        *(TableColumn(fate, status.label, NUMBER) for fate, status in _FATES.items()),
    )
    rows = tuple((said(each.register.name), *(each.n(fate) or None for fate in _FATES)) for each in found)
    title = said(N_("Changes by register"))
    return TableBlock("changes-counted", title, columns, rows, len(rows), place="print")


def _list(found: Sequence[_Changes]) -> TableBlock:
    columns = (
        TableColumn("register", said(N_("Register")), rank=1),
        TableColumn("ref", said(N_("Ref.")), weight=0.6, rank=1, web="mention"),
        TableColumn("name", said(NC_("pack", "Name")), LONG, weight=1.4, rank=1),
        TableColumn("fate", said(N_("What was done")), STATUS, rank=1),
        TableColumn("fields", said(N_("What it said, and what it says")), LONG, weight=2.4),
    )
    n = sum(len(each.rows) for each in found)
    title = said(N_("Every change"))
    return TableBlock(
        "changes", title, columns, Rows(lambda: _rows(found)), n, group_by="register", place="print"
    )  # fmt: skip


def _rows(found: Sequence[_Changes]) -> Iterator[Row]:
    for each in found:
        told = [field for field in each.register.fields if not field.internal and field.kind.stored]
        for row, done in each.rows:
            yield _row(each, row, done, told)


def _row(of: _Changes, row: ShownRow, done: ChangedRow, told: Sequence[Field]) -> tuple[Cell, ...]:
    now = dict(zip((field.field for field in told), row.values, strict=False))
    changed = [field for field in told if field.field in done.before]
    spoken = []
    for code in LANGUAGES:
        with in_language(code):
            spoken.append(
                "\n".join(f"{f.label}: {done.before[f.field] or '–'} → {_text(f, now.get(f.field))}" for f in changed)
            )
    return (said(of.register.name), row.ref, of.names.get(row.id, ""), _FATES[done.fate], Text(*spoken))


def _text(field: Field, value: object) -> str:
    return "–" if value is None or value == "" else show.text(field, value)
