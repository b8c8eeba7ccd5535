"""Lending the originals of documents or of boxes, and taking them back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from handover.clock import today
from handover.errors import HandoverError, NotValid
from handover.i18n import tr, trn
from handover.registers import catalogue
from handover.registers.declare import Register
from handover.registers.documents.lending import LendablePaper, give_back, lend, lent_sentence, papers_of
from ui.register.details.small_form import SmallForm
from ui.register.own_acts import OwnAct
from ui.register.stepping.reasons import ToldReason
from ui.shell.page import Context

_FIELDS = ("lent_to", "lent_on", "lent_until")
#: So many originals are named.
_NAMED = 8


def lending_acts(context: Context, register: Register) -> list[OwnAct]:
    """Lend the originals of chosen rows, and take them back."""

    def chosen(ids: Sequence[str]) -> list[LendablePaper] | None:
        if not ids:
            context.tell(tr("Choose the rows whose originals are meant."))
            return None

        def look() -> list[LendablePaper]:
            with context.workspace.read() as connection:
                return papers_of(connection, register.model, ids)

        return context.act(look)

    def ask(ids: Sequence[str], over: QWidget) -> None:
        papers = chosen(ids)
        if papers is not None:
            LendingForm(context, papers, over.window()).open()

    def take_back(ids: Sequence[str], _over: QWidget) -> None:
        papers = chosen(ids)
        if papers is None:
            return
        done = context.act(lambda: give_back(context.workspace, context.project.id, papers))
        if done is not None:
            n = len(done.refs)
            context.tell(trn("{n} original is back.", "{n} originals are back.", n), undo=True)

    return [OwnAct(tr("Lend…"), "book-open", ask), OwnAct(tr("Given back"), "undo-2", take_back)]


class LendingForm(SmallForm):
    """Asks who borrows originals, from when and until when."""

    def __init__(self, context: Context, papers: Sequence[LendablePaper], parent: QWidget) -> None:
        documents = catalogue.register("documents")
        free = [paper for paper in papers if paper.on_paper and not paper.lent_to]
        names = tr(", ").join(paper.called for paper in free[:_NAMED]) + (" …" if len(free) > _NAMED else "")
        note = trn("{n} original can be lent: {names}", "{n} originals can be lent: {names}", len(free), names=names)
        super().__init__(
            context,
            tr("Lend originals"),
            [documents[key] for key in _FIELDS],
            ("lent_to",),
            {"lent_on": today()},
            tr("Lend"),
            parent,
            note=note if free else tr("None of them can be lent."),
        )
        self._papers = papers
        self.given.connect(self._lend)

    def _lend(self, values: Mapping[str, Any]) -> None:  # Any: what each field holds
        context = self._context
        to = str(values.get("lent_to") or "")
        try:
            done = lend(context.workspace, context.project.id, self._papers, to, on=values.get("lent_on"),
                        until=values.get("lent_until"))  # fmt: skip
        except HandoverError as error:
            field = error.field if isinstance(error, NotValid) else "lent_to"
            self.refuse([ToldReason(str(error), (), field)])
            return
        self.accept()
        context.tell(lent_sentence(done), undo=True)
