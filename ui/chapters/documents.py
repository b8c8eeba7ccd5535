"""What documents and their revisions have of their own in the window."""

from __future__ import annotations

from handover.registers.declare import Register
from ui.chapters.paper_dialogs import form_act, label_act
from ui.chapters.transmittal_acts import error_act, send_act
from ui.register.own_acts import OwnAct
from ui.shell.page import Context


def acts(context: Context, register: Register) -> list[OwnAct]:
    """Sending documents and revisions, and noting what arrived wrong."""
    if register.key not in ("documents", "revisions"):
        return []
    found = [send_act(context, register), error_act(context, register)]
    if register.on_label:
        found += [label_act(context, register), form_act(context, register)]
    return found
