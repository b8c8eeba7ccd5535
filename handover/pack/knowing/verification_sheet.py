"""The sheets of verification: what each receiver is to show, with room for what was seen, the result, and signatures.

They are printed, filled in and signed on paper, and typed back as verifications.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Row, func, select
from sqlalchemy.orm import aliased

from handover.errors import NotFound
from handover.i18n import N_
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.item import KnowledgeItem
from handover.model.knowledge.levels import LEVEL, VERIFICATION
from handover.model.knowledge.receiver import USUAL_TARGET, KnowledgeReceiver
from handover.model.knowledge.verification import LevelVerification
from handover.model.people import Person
from handover.model.project import Project
from handover.model.system import System
from handover.pack.contents import single_outline
from handover.pack.issuing import Paper, issue
from handover.pack.knowing.signing_lines import signing_lines
from handover.pack.outline import Block, Fact, Facts, PackOutline, Paragraph, Section, TableBlock, TableColumn
from handover.pack.single.by_ending import write_outline
from handover.pack.tables import blank_column
from handover.registers.catalogue import paper as paper_of
from handover.registers.catalogue import register as register_of
from handover.registers.knowing.results import RESULT_FIELDS, RESULT_SHEET
from handover.store.workspace import Workspace
from handover.values.print_forms import LONG
from handover.wording import Language, Text, Words, said, shown

KIND = "verification_sheet"
#: Empty lines for what is asked or observed beside what is known already.
_LINES = 4
_ROOM = "\u00a0\n\u00a0"
_BOX = "\u2610"
_BOTH: tuple[Language, Language] = ("en", "zh")


@dataclass(frozen=True, slots=True)
class ReceiverSheet:
    """A receiver as his or her sheet shows it."""

    id: str
    ref: str
    name: str
    shift: str
    item_ref: str
    item: str
    description: str
    consequence: str
    system: str
    target: str
    current: str | None
    provisional: str | None
    due: dt.date | None
    holders: tuple[str, ...]
    questions: str
    pass_mark: float | None


def sheets_of(connection: Connection, keys: Sequence[str]) -> list[ReceiverSheet]:
    """Receivers as their sheets show them, in the order of their keys as given."""
    person, item, receiver = aliased(Person), KnowledgeItem, KnowledgeReceiver
    query = (
        select(receiver.id, receiver.ref, person.name, person.shift, item.ref.label("item_ref"), item.title,
               item.description, item.consequence, System.code, item.id.label("item_id"),
               func.coalesce(receiver.target_level, item.target_level, USUAL_TARGET).label("target"),
               receiver.current_level, receiver.provisional_level, receiver.due_on)
        .join(person, person.id == receiver.person_id)
        .join(item, item.id == receiver.item_id)
        .outerjoin(System, System.id == item.system_id)
        .where(receiver.id.in_(list(keys)), receiver.deleted_at.is_(None))
    )  # fmt: skip
    rows = {row.id: row for row in connection.execute(query)}
    holders = _holders(connection, {row.item_id for row in rows.values()})
    last = _last_test(connection, list(rows))
    found = [rows[key] for key in dict.fromkeys(keys) if key in rows]
    if not found:
        raise NotFound(N_("Choose the receivers who are to be verified."))
    return [_sheet(row, holders.get(row.item_id, ()), last.get(row.id)) for row in found]


def verification_sheets(workspace: Workspace, project: Project, keys: Sequence[str], language: Language) -> PackOutline:
    """The sheets as an outline, a page for each receiver. Raises NotFound where none of the keys is a receiver."""
    with workspace.read() as connection:
        sheets = sheets_of(connection, keys)
        filled_in = _results(connection, project.id, sheets)
    sections = tuple(
        Section(f"sheet-{each.ref}", said(N_("Verification sheet {ref}"), ref=each.ref), tuple(_blocks(each)))
        for each in sheets
    )
    first = replace(sections[0], blocks=(*sections[0].blocks, filled_in))
    outline = single_outline(workspace, project, language, first, "KVS")
    return replace(outline, title=said(N_("Verification sheets")), sections=(first, *sections[1:]))


def write_sheets(workspace: Workspace, project: Project, keys: Sequence[str], path: Path, language: Language) -> None:
    """Write the sheets as a draft, as PDF or workbook. Raises NotValid for another ending."""
    write_outline(verification_sheets(workspace, project, keys, language), path)


def issue_sheets(workspace: Workspace, project: Project, keys: Sequence[str], language: Language) -> Paper:
    """Issue the sheets under one number, as controlled paper. Raises as ``issuing``."""
    outline = verification_sheets(workspace, project, keys, language)
    about = ("knowledge_receiver", keys[0]) if len(keys) == 1 else None
    return issue(workspace, project.id, outline, paper_of(KIND), about=about)


def _blocks(sheet: ReceiverSheet) -> Iterator[Block]:
    who = f"{sheet.name} ({sheet.shift})" if sheet.shift else sheet.name
    facts = [
        Fact(said(N_("Receiver"), context="knowledge"), who),
        Fact(said(N_("Knowledge item")), f"{sheet.item_ref} {sheet.item}"),
        Fact(said(N_("System")), sheet.system),
        Fact(said(N_("Target level")), _level(sheet.target)),
        Fact(said(N_("Level after sessions")), _level(sheet.provisional)),
        Fact(said(N_("Current level (own view)")), _level(sheet.current)),
        Fact(said(N_("Due")), sheet.due),
        Fact(said(N_("Holder")), "; ".join(sheet.holders)),
    ]
    yield Facts(tuple(fact for fact in facts if fact.value))
    if sheet.consequence or sheet.description:
        yield Paragraph("\n".join(filter(None, (sheet.description, sheet.consequence))))
    yield Paragraph(_ways())
    yield _tasks(sheet)
    yield _result(sheet)
    parts: list[tuple[Words, Words]] = [
        (sheet.name, said(N_("Receiver"), context="knowledge")), ("\u00a0", said(N_("Verifier"))),
        ("\u00a0", said(N_("Witness, where the verifier is a holder"))),
    ]  # fmt: skip
    yield signing_lines(parts, f"signatures-{sheet.ref}")


def _tasks(sheet: ReceiverSheet) -> TableBlock:
    columns = (
        TableColumn("no", said(N_("No.")), weight=0.35),
        TableColumn("task", said(N_("Question or task observed")), LONG, 3.0),
        TableColumn("seen", said(N_("What was seen or answered")), LONG, 2.4),
        TableColumn("points", said(N_("Points")), LONG, 0.6),
    )
    known = [line.strip() for line in sheet.questions.splitlines() if line.strip()]
    lines = [*known, *[""] * max(2, _LINES - len(known))]
    rows = tuple((str(n), line or _ROOM, "", "") for n, line in enumerate(lines, 1))
    return TableBlock(f"tasks-{sheet.ref}", said(N_("What was asked and observed")), columns, rows, len(rows))


def _result(sheet: ReceiverSheet) -> Facts:
    """What is typed back: the names of the fields with boxes to tick and room to write."""
    return Facts(
        (
            Fact(said(N_("Result")), said(N_("{box} passed     {box} failed"), box=_BOX)),
            Fact(said(N_("Level shown")), "   ".join(f"{_BOX} {option.code}" for option in LEVEL)),
            Fact(said(N_("Score")), _ROOM),
            Fact(said(N_("Pass mark")), f"{sheet.pass_mark:g}" if sheet.pass_mark is not None else _ROOM),
            Fact(said(N_("Verified on")), _ROOM),
            Fact(said(N_("Valid until")), _ROOM),
            Fact(said(N_("Evidence")), _ROOM),
            Fact(said(N_("What follows where it is failed")), _ROOM),
        )
    )


def _results(connection: Connection, project_id: str, sheets: Sequence[ReceiverSheet]) -> TableBlock:
    """The sheet of a workbook on which the results are filled in, a row for each receiver; it comes back as
    verifications."""
    fields = [register_of("verifications")[each] for each in RESULT_FIELDS]
    columns = (
        TableColumn("ref", said(N_("Ref.")), weight=0.8, fixed=True),
        TableColumn("who", said(N_("Receiver"), context="knowledge"), LONG, 1.2, fixed=True),
        TableColumn("item", said(N_("Knowledge item")), LONG, 2.4, fixed=True),
        TableColumn("target", said(N_("Target level")), LONG, 1.2, fixed=True),
        *(blank_column(connection, project_id, each) for each in fields),
    )
    blank = {each.field: None for each in fields}
    rows = tuple(
        (s.ref, s.name, f"{s.item_ref} {s.item}", _level(s.target), *{**blank, "pass_mark": s.pass_mark}.values())
        for s in sheets
    )
    return TableBlock(RESULT_SHEET, said(N_("Results")), columns, rows, len(rows), frozen=2, place="workbook")


def _ways() -> Words:
    """How it can be verified, to be ticked."""
    return Text(*("   ".join(f"{_BOX} {shown(said(o.name), code)}" for o in VERIFICATION) for code in _BOTH))


def _level(code: str | None) -> Words:
    return said(LEVEL[code].name) if code else ""


def _sheet(
    row: Row[*tuple[Any, ...]], holders: Sequence[str], last: tuple[str, float | None] | None
) -> ReceiverSheet:  # Any: the columns of ``sheets_of``
    questions, mark = last or ("", None)
    return ReceiverSheet(
        row.id, row.ref, row.name, row.shift or "", row.item_ref, row.title, row.description or "",
        row.consequence or "", row.code or "", row.target, row.current_level, row.provisional_level, row.due_on,
        tuple(holders), questions, mark,
    )  # fmt: skip


def _holders(connection: Connection, items: set[str]) -> Mapping[str, list[str]]:
    query = (
        select(KnowledgeHolder.item_id, Person.name)
        .join(Person, Person.id == KnowledgeHolder.person_id)
        .where(KnowledgeHolder.item_id.in_(items), KnowledgeHolder.deleted_at.is_(None))
        .order_by(KnowledgeHolder.id)
    )
    found: dict[str, list[str]] = {}
    for item, name in connection.execute(query):
        found.setdefault(item, []).append(name)
    return found


def _last_test(connection: Connection, keys: Sequence[str]) -> dict[str, tuple[str, float | None]]:
    """What was asked of receivers the last time, and the pass mark: the next test begins with it."""
    query = (
        select(LevelVerification.receiver_id, LevelVerification.questions, LevelVerification.pass_mark)
        .where(LevelVerification.receiver_id.in_(keys), LevelVerification.deleted_at.is_(None))
        .order_by(LevelVerification.verified_on, LevelVerification.id)
    )
    return {key: (questions or "", mark) for key, questions, mark in connection.execute(query)}
