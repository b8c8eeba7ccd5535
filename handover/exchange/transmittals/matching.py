"""What came held against the register: which line is known, newer, older, of no document that there is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from sqlalchemy import Connection, select

from handover.exchange.notice import Notice
from handover.exchange.transmittals.parcel import ParcelLine
from handover.i18n import N_, NC_, trc
from handover.model.attachment import Attachment
from handover.model.documents.document import Document
from handover.model.documents.revising import NO_NUMBER
from handover.model.documents.revision import Revision
from handover.registers.documents.schemes import Schemes, read_schemes
from handover.store.among import among
from handover.values import revision_codes
from handover.values.cells import folded

#: What a line is: the first revision of a document that we have, a newer one, one that we have, an older one that we
#: haven't, of a document that isn't in the register, of a number that several have.
Standing = Literal["new", "newer", "known", "older", "unknown", "ambiguous"]
STANDINGS: Mapping[Standing, str] = {
    "new": NC_("incoming", "First revision"),
    "newer": NC_("incoming", "Newer"),
    "known": NC_("incoming", "Known"),
    "older": NC_("incoming", "Older"),
    "unknown": NC_("incoming", "Not in the register"),
    "ambiguous": NC_("incoming", "Several documents"),
}


def standing_word(standing: Standing) -> str:
    """What a standing is called in the language in force."""
    return trc("incoming", STANDINGS[standing])


@dataclass(frozen=True, slots=True)
class MatchedLine:
    """A line beside what the register holds.

    Attributes:
        document_id, document_ref: the document that it is of; empty where none, or not one alone, is.
        revision_id: the revision that it is, where we have it.
        current: the code of the newest revision that we have.
        held: the checksums of the files of that revision, or of all revisions of the document for one that is new.
        notices: what is odd about it.
    """

    line: ParcelLine
    standing: Standing
    document_id: str = ""
    document_ref: str = ""
    revision_id: str = ""
    current: str = ""
    held: frozenset[str] = frozenset()
    notices: Sequence[Notice] = field(default_factory=tuple)


_Rows = Sequence[Any]  # Any: rows of a few columns


def match_lines(connection: Connection, project_id: str, lines: Sequence[ParcelLine]) -> list[MatchedLine]:
    """Hold lines against the documents of a project and their revisions."""
    register = _Held(connection, project_id)
    wanted = [register.documents_of(line) for line in lines]
    register.load({row.id for rows in wanted for row in rows})
    seen: dict[tuple[str, str], str] = {}
    found = []
    for line, documents in zip(lines, wanted, strict=True):
        matched = register.matched(line, documents)
        key = folded(line.number), line.code.casefold()
        if line.number and key in seen:
            twice = Notice(N_("It stands in the list twice, at {first} and {place}."),
                           {"first": seen[key], "place": line.place})  # fmt: skip
            matched = _with(matched, twice)
        seen.setdefault(key, line.place)
        found.append(matched)
    return found


class _Held:
    """What the register holds of the documents that came."""

    def __init__(self, connection: Connection, project_id: str) -> None:
        self._connection = connection
        self._schemes: Schemes = read_schemes(connection, project_id)
        here = (Document.project_id == project_id, Document.deleted_at.is_(None))
        columns = (Document.id, Document.ref, Document.number, Document.title, Document.originator_no)
        self._by_number: dict[str, list[Any]] = defaultdict(list)  # Any: a row of the five
        self._by_theirs: dict[str, list[Any]] = defaultdict(list)
        self._by_title: dict[str, list[Any]] = defaultdict(list)
        for row in connection.execute(select(*columns).where(*here)):
            if row.number and row.number.strip().upper() not in NO_NUMBER:
                self._by_number[folded(row.number)].append(row)
            if row.originator_no:
                self._by_theirs[folded(row.originator_no)].append(row)
            self._by_title[folded(row.title)].append(row)
        self._revisions: dict[str, list[Any]] = defaultdict(list)
        self._files: dict[str, set[str]] = defaultdict(set)

    def documents_of(self, line: ParcelLine) -> _Rows:
        """The documents that a line may be of: of its number, ours or its originator's, else of its title."""
        if line.number and line.number.upper() not in NO_NUMBER:
            number = folded(line.number)
            found = self._by_number.get(number) or self._by_theirs.get(number, [])
            if len(found) > 1 and line.title:
                titled = [row for row in found if folded(row.title) == folded(line.title)]
                return titled if len(titled) == 1 else found
            return found
        return self._by_title.get(folded(line.title), []) if line.title else []

    def load(self, documents: set[str]) -> None:
        """Read the revisions of documents and what their files hold."""
        here = (among(Revision.document_id, sorted(documents)), Revision.deleted_at.is_(None))
        columns = (Revision.id, Revision.document_id, Revision.code, Revision.revision_on, Revision.status)
        for row in self._connection.execute(select(*columns).where(*here).order_by(Revision.number)):
            self._revisions[row.document_id].append(row)
        keys = [row.id for rows in self._revisions.values() for row in rows]
        files = select(Attachment.owner_id, Attachment.sha256).where(
            among(Attachment.owner_id, keys), Attachment.deleted_at.is_(None)
        )
        for owner, sha256 in self._connection.execute(files):
            self._files[owner].add(sha256)

    def matched(self, line: ParcelLine, documents: _Rows) -> MatchedLine:
        """What a line is."""
        if not documents:
            odd = [Notice(each.message, dict(each.values)) for each in self._schemes.of_number(line.number)]
            return MatchedLine(line, "unknown", notices=odd)
        if len(documents) > 1:
            refs = ", ".join(row.ref for row in documents[:5])
            said = Notice(N_("Several documents bear it: {refs}. It stays a line of the transmittal alone."),
                          {"refs": refs})  # fmt: skip
            return MatchedLine(line, "ambiguous", notices=[said])
        (document,) = documents
        revisions = [row for row in self._revisions[document.id] if row.status != "cancelled"]
        come = [row for row in revisions if row.status != "placeholder"] or revisions
        current = come[-1] if come else None
        code = (current.code or "") if current is not None else ""
        same = self._same(line, revisions, current)
        if same is not None:
            held = frozenset(self._files[same.id])
            return MatchedLine(line, "known", document.id, document.ref, same.id, code, held)
        before = frozenset(sha for row in revisions for sha in self._files[row.id])
        standing: Standing = "new" if current is None else "newer" if self._newer(line, revisions, current) else "older"
        return MatchedLine(line, standing, document.id, document.ref, "", code, before,
                       [*self._odd(line, standing, current)])  # fmt: skip

    def _same(self, line: ParcelLine, revisions: _Rows, current: Any) -> Any:  # Any: a row of the revisions, or None
        code = revision_codes.plain(line.code).casefold()
        if not code:
            return current  # it came without one: the one that we have counts
        return next((row for row in revisions if revision_codes.plain(row.code).casefold() == code), None)

    def _newer(self, line: ParcelLine, revisions: _Rows, current: Any) -> bool:  # Any: as above
        """By the order of the codes where a scheme knows them, else by the days, else by letters and figures."""
        told = revision_codes.age(self._schemes.orders, [line.code, *(row.code for row in revisions)])
        known = told.order is not None and told.order.knows(line.code) and told.order.knows(current.code)
        if not known and line.revision_on and current.revision_on and line.revision_on != current.revision_on:
            return bool(line.revision_on > current.revision_on)
        return told.of(line.code) > told.of(current.code)

    def _odd(self, line: ParcelLine, standing: Standing, current: Any) -> Iterator[Notice]:  # Any: as above
        before = current.code if current is not None else None
        if standing == "older":
            yield Notice(N_("It is older than revision “{code}”, which we have. It stays a line of the transmittal."),
                         {"code": before or ""})  # fmt: skip
            return
        for each in self._schemes.of_code(before, line.code):
            yield Notice(each.message, dict(each.values))
        if current is not None and line.revision_on and current.revision_on and line.revision_on < current.revision_on:
            yield Notice(N_("Its date lies before that of revision “{code}”."), {"code": before or ""})


def _with(matched: MatchedLine, said: Notice) -> MatchedLine:
    return MatchedLine(
        matched.line, matched.standing, matched.document_id, matched.document_ref, matched.revision_id,
        matched.current, matched.held, [*matched.notices, said],
    )  # fmt: skip
