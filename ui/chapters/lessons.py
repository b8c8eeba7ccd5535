"""What lessons and fault cases have of their own in the window: where a lesson lives on, similar cases, a new case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from handover.errors import HandoverError
from handover.i18n import tr
from handover.registers.catalogue import register as register_of
from handover.registers.declare import Register
from handover.registers.knowing.lesson_trail import revise_procedure, write_into_manual
from ui.chapters.knowing.fault_writing import FaultWritingPage
from ui.chapters.knowing.similar import SimilarCasesTab
from ui.register.details.small_form import SmallForm
from ui.register.details.tab import RowTab
from ui.register.own_acts import OwnAct
from ui.register.stepping.reasons import ToldReason
from ui.shell.page import Context, Page


def tabs(context: Context, register: Register) -> list[tuple[str, RowTab]]:
    """The cases that are like one."""
    return [(tr("Similar cases"), SimilarCasesTab(context))] if register.key == "fault-cases" else []


def page(context: Context, key: str) -> Page:
    """The page on which a case is written."""
    del key  # there is one
    return FaultWritingPage(context)


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Where a lesson lives on: a section of the manual, or the next revision of a procedure."""
    if register.key != "lessons":
        return []

    def write(ids: Sequence[str], _over: QWidget) -> None:
        if len(ids) != 1:
            context.tell(tr("Choose one row."))
            return
        made = context.act(lambda: write_into_manual(context.workspace, context.project.id, ids[0]))
        if made is not None:
            context.tell(tr("A section of the manual is begun; it names the lesson."), undo=True)
            context.open_row("manual-sections", made)

    def revise(ids: Sequence[str], over: QWidget) -> None:
        if len(ids) == 1:
            ReviseForm(context, ids[0], over.window()).open()
        else:
            context.tell(tr("Choose one row."))

    return [
        OwnAct(tr("Write it into the manual"), "book-open", write),
        OwnAct(tr("Revise a procedure…"), "list-checks", revise),
    ]


class ReviseForm(SmallForm):
    """Asks which procedure is revised because of a lesson."""

    def __init__(self, context: Context, lesson: str, parent: QWidget) -> None:
        field = register_of("lessons")["procedure"]
        super().__init__(
            context, tr("Revise a procedure"), [field], (field.field,), {}, tr("Begin the revision"), parent,
            note=tr("Its next revision is begun as a draft that names the lesson as its cause."),
        )  # fmt: skip
        self._of, self._lesson = context, lesson
        self.given.connect(self._revise)

    def _revise(self, values: Mapping[str, Any]) -> None:  # Any: what each field holds
        context = self._of
        try:
            made = revise_procedure(context.workspace, context.project.id, self._lesson, values["procedure"])
        except HandoverError as error:
            self.refuse([ToldReason(str(error), (), "procedure")])
            return
        self.accept()
        context.tell(tr("The next revision is begun."), undo=True)
        context.open_row("sops", made)
