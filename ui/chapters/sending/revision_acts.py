"""The next revision of a document: the code that its scheme proposes, and what is odd about it once it is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from handover.clock import today
from handover.errors import HandoverError, NotValid
from handover.i18n import tr
from handover.registers import catalogue
from handover.registers.documents.new_revision import Proposal, add_revision, propose
from ui.register.details.small_form import SmallForm
from ui.register.own_acts import OwnAct
from ui.register.stepping.reasons import ToldReason
from ui.shell.page import Context

_FIELDS = ("code", "revision_on", "purpose", "author", "pages", "submitted_on")


def revise_act(context: Context) -> OwnAct:
    """Add the next revision of a document."""
    return OwnAct(tr("New revision…"), "git-branch", lambda ids, over: RevisionForm.ask(context, ids, over))


class RevisionForm(SmallForm):
    """Asks for the code of the next revision, its days and what it is issued for."""

    def __init__(self, context: Context, proposal: Proposal, parent: QWidget) -> None:
        revisions = catalogue.register("revisions")
        said = (
            tr("{document}: its newest revision is “{code}”.", document=proposal.name, code=proposal.before)
            if proposal.before
            else tr("{document}: it has no revision yet.", document=proposal.name)
        )
        super().__init__(
            context,
            tr("New revision"),
            [revisions[key] for key in _FIELDS],
            ("code",),
            {"code": proposal.code, "revision_on": today(), "submitted_on": today()},
            tr("Add the revision"),
            parent,
            note=said,
        )
        self._context, self._proposal = context, proposal
        self.given.connect(self._add)

    @classmethod
    def ask(cls, context: Context, ids: Sequence[str], over: QWidget) -> None:
        """Open the form for one document."""
        if len(ids) != 1:
            context.tell(tr("Choose one document."))
            return

        def look() -> Proposal:
            with context.workspace.read() as connection:
                return propose(connection, context.project.id, ids[0])

        found = context.act(look)
        if found is not None:
            cls(context, found, over.window()).open()

    def _add(self, values: Mapping[str, Any]) -> None:  # Any: what each field holds
        context = self._context
        given = {key: value for key, value in values.items() if value not in (None, "")}
        try:
            made = add_revision(context.workspace, context.project.id, self._proposal.document_id, given)
        except HandoverError as error:
            field = error.field if isinstance(error, NotValid) else "code"
            self.refuse([ToldReason(str(error), (), field)])
            return
        self.accept()
        said = tr("Revision “{code}” is added.", code=made.code)
        context.tell(" ".join([said, *map(str, made.noticed)]), undo=True)
