"""A box read back: its papers are taken in hand one after the other, and what is missing or foreign is told."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from handover.errors import NotFound
from handover.i18n import N_, tr
from handover.model.documents.box import Box
from handover.model.documents.document import Document
from handover.model.people import Person
from handover.store.workspace import Workspace


class ReadBack(StrEnum):
    """What became of a code that was read."""

    FOUND = "found"
    AGAIN = "again"  # it was read before
    ELSEWHERE = "elsewhere"  # the register has it in another box, or in none
    UNKNOWN = "unknown"  # no paper of the project is called so
    SEVERAL = "several"  # more than one paper is


@dataclass(frozen=True, slots=True)
class BoxedPaper:
    """A paper as the list of a box has it; ``lent_to`` where it is out."""

    id: str
    ref: str
    number: str
    title: str
    box_id: str = ""
    box: str = ""
    lent_to: str = ""

    @property
    def called(self) -> str:
        """What people call it by."""
        return self.number or self.ref


@dataclass(frozen=True, slots=True)
class ReadCode:
    """A code that was read: what became of it, and of which paper it is where that is known."""

    code: str
    outcome: ReadBack
    paper: BoxedPaper | None = None

    @property
    def sentence(self) -> str:
        """What is said of it."""
        paper = self.paper
        if paper is None:
            several = self.outcome is ReadBack.SEVERAL
            return tr(_SEVERAL if several else _UNKNOWN, code=self.code)
        if self.outcome is ReadBack.ELSEWHERE:
            known = paper.box or tr("in no box")
            return tr("“{paper}” doesn't belong here. Its place: {box}.", paper=paper.called, box=known)
        if self.outcome is ReadBack.AGAIN:
            return tr("“{paper}” was read before.", paper=paper.called)
        if paper.lent_to:
            return tr("“{paper}” is here, although it is lent to {name}.", paper=paper.called, name=paper.lent_to)
        return tr("“{paper}” is here.", paper=paper.called)


_UNKNOWN = N_("No paper of the project is called “{code}”.")
_SEVERAL = N_("Several papers are called “{code}”. Type the reference instead.")


class BoxReading:
    """The reading of one box.

    Attributes:
        code: the label of the box.
        papers: what should lie in it, in the order of its list.
        read: the codes in the order in which they were read.
    """

    def __init__(self, workspace: Workspace, project_id: str, box_id: str) -> None:
        """Raises NotFound where there is no such box."""
        columns = (Document.id, Document.ref, Document.number, Document.title, Document.box_id, Box.code, Person.name)
        every = (
            select(*columns)
            .outerjoin(Box, Box.id == Document.box_id)
            .outerjoin(Person, Person.id == Document.lent_to_id)
            .where(Document.project_id == project_id, Document.deleted_at.is_(None))
            .order_by(Document.number, Document.id)
        )
        with workspace.read() as connection:
            code = connection.execute(select(Box.code).where(Box.id == box_id)).scalar()
            known = [BoxedPaper(*(value or "" for value in row)) for row in connection.execute(every)]
        if code is None:
            raise NotFound(N_("This row no longer exists."))
        self.code = code
        self.papers = [paper for paper in known if paper.box_id == box_id]
        self.read: list[ReadCode] = []
        self._box_id = box_id
        self._found: set[str] = set()
        self._by_code: dict[str, dict[str, BoxedPaper]] = {}
        for paper in known:
            for text in (paper.ref, paper.number):
                if text:
                    self._by_code.setdefault(folded_code(text), {})[paper.id] = paper

    def take(self, code: str) -> ReadCode:
        """Take in a code as it was typed or scanned; what is empty is told as unknown."""
        papers = list(self._by_code.get(folded_code(code), {}).values())
        here = [paper for paper in papers if paper.box_id == self._box_id]
        if len(here) == 1:  # the same number elsewhere is another paper
            papers = here
        if len(papers) != 1:
            answer = ReadCode(code.strip(), ReadBack.SEVERAL if papers else ReadBack.UNKNOWN)
        elif papers[0].box_id != self._box_id:
            answer = ReadCode(code.strip(), ReadBack.ELSEWHERE, papers[0])
        elif papers[0].id in self._found:
            answer = ReadCode(code.strip(), ReadBack.AGAIN, papers[0])
        else:
            self._found.add(papers[0].id)
            answer = ReadCode(code.strip(), ReadBack.FOUND, papers[0])
        self.read.append(answer)
        return answer

    def take_all(self, codes: Iterable[str]) -> None:
        """Take in codes, such as the lines of a scanner's file; empty ones are passed over."""
        for code in codes:
            if code.strip():
                self.take(code)

    def is_here(self, paper: BoxedPaper) -> bool:
        """Whether a paper was read."""
        return paper.id in self._found

    @property
    def missing(self) -> list[BoxedPaper]:
        """What should lie in the box, isn't lent, and wasn't read."""
        return [paper for paper in self.papers if not self.is_here(paper) and not paper.lent_to]

    @property
    def lent(self) -> list[BoxedPaper]:
        """What is out, as the register knows."""
        return [paper for paper in self.papers if not self.is_here(paper) and paper.lent_to]

    @property
    def complete(self) -> bool:
        """Whether all is there that should be, and nothing that shouldn't."""
        foreign = any(each.outcome not in (ReadBack.FOUND, ReadBack.AGAIN) for each in self.read)
        return not self.missing and not foreign


def folded_code(code: str) -> str:
    """A code as it is compared: case, width, blanks around it and what scanners put behind it don't count."""
    return unicodedata.normalize("NFKC", code).strip().casefold()
