"""What certificates have of their own in the window: drawing up, signing, the paper, the page of custody."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from handover.i18n import N_, tr
from handover.model.lifecycle import Step
from handover.pack.certificates.writing import certificate_to_open
from handover.registers.declare import Register
from ui.chapters.custody.drawing import draw_up_act
from ui.chapters.custody.page import CustodyPage
from ui.chapters.custody.signing import sign, sign_next
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page
from ui.transfer.opening import open_file


def acts(context: Context, register: Register) -> list[OwnAct]:
    """What can be done with a certificate; its signatures are taken by their own step."""
    if register.key != "certificates":
        return []
    return [
        OwnAct(
            tr("Draw up…"),
            "stamp",
            draw_up_act(context, of_systems=False),
            keys=("Ctrl+Shift+T",),
            of_rows=False,
            command=N_("Draw up…"),
        ),
        OwnAct(tr("Sign…"), "pencil", lambda ids, over: sign_next(context, ids, over)),
        OwnAct(tr("Open the paper"), "eye", lambda ids, _over: _open(context, ids), writes=False),
    ]


def take_step(context: Context, register: Register, ids: Sequence[str], step: Step, over: QWidget) -> bool:
    """Ask for a signature in its own form, which can be drawn in; whether the step is one."""
    if register.key != "signatures" or step.key != "sign" or len(ids) != 1:
        return False
    sign(context, ids[0], over)
    return True


def page(context: Context, key: str) -> Page:
    """The page of custody, the only one of the chapter's own."""
    return CustodyPage(context)


def _open(context: Context, ids: Sequence[str]) -> None:
    """Open the paper as it was signed, or what it would say."""
    if len(ids) != 1:
        context.tell(tr("Choose one certificate."))
        return
    workspace, project, key = context.workspace, context.project.id, ids[0]

    def opened(path: Path) -> None:
        if not open_file(path):
            context.tell(tr("No program of this computer opens “{name}”. Save it instead.", name=path.name))

    context.run_job(
        tr("Printing the certificate"),
        lambda progress: certificate_to_open(workspace, project, key, progress=progress),
        done=opened,
    )
