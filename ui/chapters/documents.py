"""What documents and their revisions have of their own in the window."""

from __future__ import annotations

from handover.i18n import trc
from handover.registers.declare import Register
from ui.chapters.lending_form import lending_acts
from ui.chapters.noticed_tab import NoticedTab
from ui.chapters.paper_dialogs import form_act, label_act
from ui.chapters.sending.comment_sheet import comment_sheet_act
from ui.chapters.sending.revision_acts import revise_act
from ui.chapters.sending.transmittal_acts import error_act, send_act
from ui.register.details.tab import RowTab
from ui.register.own_acts import OwnAct
from ui.shell.page import Context


def acts(context: Context, register: Register) -> list[OwnAct]:
    """What can be done with documents, their revisions and the comments on these."""
    if register.key == "comments":
        return [comment_sheet_act(context, register)]
    if register.key not in ("documents", "revisions"):
        return []
    found = [send_act(context, register)]
    if register.key == "documents":
        found.append(revise_act(context))
    found += [comment_sheet_act(context, register), error_act(context, register)]
    if register.on_label:
        found += [label_act(context, register), form_act(context, register)]
    if register.key == "documents":
        found += lending_acts(context, register)
    return found


def tabs(context: Context, register: Register) -> list[tuple[str, RowTab]]:
    """What is odd about a document."""
    return [(trc("documents", "Noticed"), NoticedTab(context))] if register.key == "documents" else []
