"""What documents and their revisions have of their own in the window."""

from __future__ import annotations

from handover.i18n import trc
from handover.registers.declare import Register
from ui.chapters.comment_sheet import comment_sheet_act
from ui.chapters.noticed_tab import NoticedTab
from ui.chapters.revision_acts import revise_act
from ui.chapters.transmittal_acts import error_act, send_act
from ui.register.details.tab import RowTab
from ui.register.own_acts import OwnAct
from ui.shell.page import Context


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Sending documents and revisions, their next revision, their comment sheets, and noting what arrived wrong."""
    if register.key == "comments":
        return [comment_sheet_act(context, register)]
    if register.key not in ("documents", "revisions"):
        return []
    of_document = [revise_act(context)] if register.key == "documents" else []
    return [
        send_act(context, register),
        *of_document,
        comment_sheet_act(context, register),
        error_act(context, register),
    ]


def tabs(context: Context, register: Register) -> list[tuple[str, RowTab]]:
    """What is odd about a document."""
    return [(trc("documents", "Noticed"), NoticedTab(context))] if register.key == "documents" else []
