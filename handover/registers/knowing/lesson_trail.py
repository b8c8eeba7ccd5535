"""How a lesson lives on: as a section of the manual, or as the next revision of a procedure, each naming the lesson."""

from __future__ import annotations

import re

from sqlalchemy import select

from handover.errors import NotLawful
from handover.i18n import N_
from handover.model.learning.lesson import LESSON_STATUS, LessonLearned
from handover.model.learning.written import ManualSection, OperatingProcedure
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace

_NUMBER = re.compile(r"(.{0,18}?)(\d{1,6})$")


def write_into_manual(workspace: Workspace, project_id: str, lesson_id: str) -> str:
    """Begin a section of the manual with what a lesson recommends, in one act; returns the key of the section.

    Raises:
        NotLawful: the lesson is applied or dropped, or stands in a section already.
    """
    with workspace.edit(N_("Write {ref} into the manual"), project=project_id, ref="") as work:
        lesson = _open(work, lesson_id)
        if lesson.manual_section_id is not None:
            raise NotLawful(N_("{ref} stands in a section of the manual already."), ref=lesson.ref)
        section = work.add(
            ManualSection(
                title=lesson.title, system_id=lesson.system_id, text=_text(lesson), caused_by=_cause(lesson),
                owner_id=lesson.owner_id,
            )
        )  # fmt: skip
        lesson.manual_section_id = section.id
    return section.id


def revise_procedure(workspace: Workspace, project_id: str, lesson_id: str, procedure_id: str) -> str:
    """Begin the next revision of a procedure because of a lesson, in one act; returns the key of the revision.

    Raises:
        NotLawful: the lesson is applied or dropped, or the procedure has a later revision.
    """
    with workspace.edit(N_("Revise a procedure because of {ref}"), project=project_id, ref="") as work:
        lesson, former = _open(work, lesson_id), work.get(OperatingProcedure, procedure_id)
        later = select(OperatingProcedure.ref).where(
            OperatingProcedure.previous_id == former.id, OperatingProcedure.deleted_at.is_(None)
        )
        if (after := work.session.scalar(later.limit(1))) is not None:
            raise NotLawful(N_("{after} takes the place of {ref} already: revise that one."), ref=former.ref,
                            after=after)  # fmt: skip
        kept = ("code", "title", "system_id", "text", "document_id", "owner_id")
        made = work.add(
            OperatingProcedure(
                **{attr: getattr(former, attr) for attr in kept}, previous_id=former.id, caused_by=_cause(lesson),
                revision=following(former.revision or ""), due_on=lesson.due_on,
            )
        )  # fmt: skip
        lesson.procedure_id = made.id
    return made.id


def following(revision: str) -> str:
    """The code of the revision after another: 2 after 1, B after A, Rev. 03 after Rev. 02; empty for what isn't clear.

    >>> following("A"), following("09"), following("")
    ('B', '10', '')
    """
    number = _NUMBER.fullmatch(revision.strip())
    if number is not None:
        return f"{number[1]}{int(number[2]) + 1:0{len(number[2])}d}"
    letter = revision.strip()
    single = len(letter) == 1 and letter.isascii() and letter.isalpha() and letter not in "Zz"
    return chr(ord(letter) + 1) if single else ""


def _open(work: UnitOfWork, lesson_id: str) -> LessonLearned:
    lesson = work.get(LessonLearned, lesson_id)
    work.told["ref"] = lesson.ref
    if lesson.status in LESSON_STATUS.closed:
        raise NotLawful(N_("{ref} is applied or dropped already."), ref=lesson.ref)
    return lesson


def _cause(lesson: LessonLearned) -> str:
    return f"{lesson.ref} {lesson.title}"


def _text(lesson: LessonLearned) -> str | None:
    return "\n\n".join(filter(None, (lesson.recommendation, lesson.event))) or None
