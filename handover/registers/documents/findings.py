"""What is odd about documents and their revisions, and refused by nobody: the whole project looked through at once."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from sqlalchemy import Connection, or_, select

from handover.i18n import N_
from handover.model.attachment import Attachment
from handover.model.documents.document import Document
from handover.model.documents.revising import NO_NUMBER
from handover.model.documents.revision import Revision
from handover.registers.documents.schemes import Schemes, read_schemes
from handover.registers.noticing import Noticed
from handover.store.among import among
from handover.store.worked_out import Facts
from handover.values.cells import folded
from handover.values.revision_codes import alike
from handover.values.shown import ShownDay

#: A row of the revisions: its key, its document, its code and its day.
_Revision = Any


def noticed_of(connection: Connection, project_id: str, document_id: str) -> list[Noticed]:
    """What is odd about one document, in the order of its revisions."""
    return _findings(connection, project_id, document_id).get(document_id, [])


def read_findings(connection: Connection, project_id: str) -> dict[str, list[Noticed]]:
    """What is odd about the documents of a project, by key; those about which nothing is aren't in it."""
    return _findings(connection, project_id, None)


def document_facts(connection: Connection, project_id: str) -> Facts:
    """How much is odd about each document, for queries."""
    return {key: (len(said),) for key, said in read_findings(connection, project_id).items()}


def _findings(connection: Connection, project_id: str, only: str | None) -> dict[str, list[Noticed]]:
    """What is odd about all documents of a project, or about one without reading the others."""
    schemes = read_schemes(connection, project_id)
    documents = _documents(connection, project_id, only)
    revisions = _revisions(connection, project_id, only)
    contents = _contents(connection, project_id, None if only is None else [row.id for row in revisions.get(only, ())])
    by_number = _by_number([(number, ref) for _, number, ref in documents])
    found = {}
    for key, number, ref in documents:
        if only in (None, key):
            said = [
                *schemes.of_number(number),
                *_twice(number, ref, by_number),
                *_of_revisions(schemes, revisions.get(key, ()), contents),
            ]
            if said:
                found[key] = said
    return found


def _documents(connection: Connection, project_id: str, only: str | None) -> Sequence[Any]:  # Any: rows of three
    """Key, number and reference of the documents; of one, with those that may have its number."""
    here = select(Document.id, Document.number, Document.ref).where(
        Document.project_id == project_id, Document.deleted_at.is_(None)
    )
    if only is None:
        return connection.execute(here).all()
    number = connection.execute(select(Document.number).where(Document.id == only)).scalar() or ""
    alike = Document.number.in_({number, number.strip(), number.upper(), number.lower()} - {""})
    return connection.execute(here.where(or_(Document.id == only, alike))).all()


def _revisions(connection: Connection, project_id: str, only: str | None) -> dict[str, list[_Revision]]:
    """The revisions of documents in their order, cancelled ones left out."""
    wanted = select(Revision.id, Revision.document_id, Revision.code, Revision.revision_on).where(
        Revision.project_id == project_id, Revision.deleted_at.is_(None), Revision.status != "cancelled"
    )
    if only is not None:
        wanted = wanted.where(Revision.document_id == only)
    found: dict[str, list[_Revision]] = defaultdict(list)
    for row in connection.execute(wanted.order_by(Revision.document_id, Revision.number)):
        found[row.document_id].append(row)
    return found


def _by_number(documents: Sequence[tuple[str | None, str]]) -> dict[str, list[str]]:
    """The references of documents by their number, as nobody tells numbers apart by case or blanks."""
    found: dict[str, list[str]] = defaultdict(list)
    for number, ref in documents:
        if number and number.strip().upper() not in NO_NUMBER:
            found[folded(number)].append(ref)
    return found


def _twice(number: str | None, ref: str, by_number: Mapping[str, list[str]]) -> Iterator[Noticed]:
    others = [each for each in by_number.get(folded(number or ""), ()) if each != ref]
    if others:
        yield Noticed("number", N_("“{number}” is the number of {others}, too."),
                      {"number": number, "others": ", ".join(others[:5])})  # fmt: skip


def _contents(connection: Connection, project_id: str, owners: Sequence[str] | None) -> dict[str, str]:
    """The checksum of the first file of each revision that has files."""
    wanted = select(Attachment.owner_id, Attachment.sha256).where(
        Attachment.project_id == project_id,
        Attachment.owner_table == Revision.__tablename__,
        Attachment.deleted_at.is_(None),
    )
    if owners is not None:
        wanted = wanted.where(among(Attachment.owner_id, owners))
    found: dict[str, str] = {}
    for owner, sha256 in connection.execute(wanted.order_by(Attachment.position, Attachment.id)):
        found.setdefault(owner, sha256)
    return found


def _of_revisions(schemes: Schemes, revisions: Sequence[_Revision], contents: Mapping[str, str]) -> Iterator[Noticed]:
    """What is odd about revisions in their order."""
    if revisions:
        yield from schemes.of_code(None, revisions[0].code)
    for before, row in pairwise(revisions):
        yield from schemes.of_code(before.code, row.code)
        if before.revision_on and row.revision_on and row.revision_on < before.revision_on:
            yield Noticed(
                "revision_on",
                N_("Revision “{code}” is of {day}, before revision “{before}” of {earlier}."),
                {"code": row.code or "", "day": ShownDay(row.revision_on), "before": before.code or "",
                 "earlier": ShownDay(before.revision_on)},
            )  # fmt: skip
    often = Counter(alike(row.code) for row in revisions)
    for row in revisions:
        if often.pop(said := alike(row.code), 0) > 1 and said:
            yield Noticed("revision", N_("Several revisions have the code “{code}”."), {"code": row.code or ""})
    seen: dict[str, str] = {}
    for row in revisions:
        content = contents.get(row.id)
        if content is None:
            continue
        if content in seen:
            yield Noticed(
                "revision",
                N_("The file of revision “{code}” is the same, sign for sign, as that of “{before}”."),
                {"code": row.code or "", "before": seen[content]},
            )
        seen.setdefault(content, row.code or "")
