"""Signing a certificate: the name typed, the day, the signature drawn with the mouse or a pen."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from handover.clock import today
from handover.errors import HandoverError, NotValid, Refused
from handover.file_names import safe_name
from handover.i18n import tr
from handover.jobs import Progress
from handover.model.custody.signature import SIGNATURE_STATUS, as_text
from handover.pack import paper_steps
from handover.registers import catalogue
from handover.registers.acts import taking
from handover.registers.acts.taking import StepTaken
from handover.registers.custody.signing import SignerInTurn, next_signature, number_in_force, signing_view
from handover.values.shown import moment
from ui.chapters.custody.pad import SignaturePad
from ui.register.details.small_form import SmallForm
from ui.register.stepping.reasons import ToldReason, told
from ui.shell.page import Context
from ui.theme.style import role
from ui.theme.tokens import SPACE


class SigningForm(SmallForm):
    """Asks for name, day and remark of one signature, and takes it."""

    def __init__(self, context: Context, signature: str, parent: QWidget) -> None:
        self._register = catalogue.register("signatures")
        self._step = SIGNATURE_STATUS.step("sign")
        with context.workspace.read() as connection:
            view = signing_view(connection, signature)
        self._name = view.signer
        super().__init__(
            context,
            tr("Sign {certificate}", certificate=view.certificate),
            taking.asked(self._register, self._step),
            self._step.asks,
            {"signed_on": today()},
            self._step.label,
            parent,
            note="\n".join(map(_said, view.everybody)),
        )
        self._signature = signature
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self.pad = SignaturePad(self)
        self._place_pad()
        self.given.connect(self._sign)

    def _place_pad(self) -> None:
        """The pad stands below the fields, above what is refused."""
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        label = QLabel(tr("Signature, drawn with the mouse or a pen"), self)
        role(label, "small")
        label.setBuddy(self.pad)
        line = QHBoxLayout()
        line.setSpacing(SPACE * 3)
        line.addWidget(self.pad)
        line.addStretch(1)
        self.wipe = self.side_button("x", tr("Wipe"), self.pad.wipe)
        self.wipe.setEnabled(False)
        self.pad.changed.connect(lambda: self.wipe.setEnabled(bool(self.pad.strokes)))
        line.addWidget(self.wipe)
        at = column.indexOf(self.reasons)
        column.insertLayout(at, line)
        column.insertWidget(at, label)

    @Slot(object)
    def _sign(self, values: Mapping[str, Any]) -> None:  # Any: what each field holds
        context, register, step = self._context, self._register, self._step
        answers = {key: value for key, value in values.items() if value not in (None, "")}
        files: tuple[Path, ...] = ()
        if self.pad.strokes:
            answers["drawn"] = as_text(self.pad.strokes)
            self._folder = tempfile.TemporaryDirectory(prefix="handover-signature-")
            picture = Path(self._folder.name) / safe_name(f"{self._name}.png", "signature.png")
            self.pad.picture().save(str(picture))
            files = (picture,)
        workspace, project, key = context.workspace, context.project.id, self._signature

        def work(progress: Progress) -> StepTaken:
            return paper_steps.take(workspace, register, project, [key], step, answers, files=files, progress=progress)

        self.busy(working=True)
        context.run_job(step.label, work, done=self._done, failed=self._failed)

    @Slot(object)
    def _done(self, _taken: StepTaken) -> None:
        self._forget_picture()
        context = self._context
        with context.workspace.read() as connection:
            number = number_in_force(connection, self._signature)
        self.accept()
        if number is not None:
            said = tr("{number} is in force: custody has passed.", number=number)
        else:
            said = tr("{name} has signed.", name=self._name)
        context.tell(said, undo=True)

    def _failed(self, error: BaseException) -> None:
        self._forget_picture()
        if isinstance(error, Refused):
            with self._context.workspace.read() as connection:
                self.refuse(told(connection, error.reasons, self._register, [self._signature]))
        elif isinstance(error, HandoverError):
            self.refuse([ToldReason(str(error), (), error.field if isinstance(error, NotValid) else "")])
        else:
            self.busy(working=False)
            self._context.complain(error)

    def _forget_picture(self) -> None:
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def sign(context: Context, signature: str, over: QWidget) -> SigningForm:
    """Open the form of a signature."""
    form = SigningForm(context, signature, over.window())
    form.open()
    return form


def sign_next(context: Context, certificates: Sequence[str], over: QWidget) -> None:
    """Open the form of the next signature of a certificate, or say why none is wanted."""
    if len(certificates) != 1:
        context.tell(tr("Choose one certificate."))
        return

    def look() -> str:
        with context.workspace.read() as connection:
            return next_signature(connection, certificates[0])

    found = context.act(look)
    if found is not None:
        sign(context, found, over)


def _said(each: SignerInTurn) -> str:
    """Somebody who signs, as a line of the form."""
    side = each.side.label if each.side is not None else "–"
    if each.turn == "signed" and each.on is not None:
        return tr("{name}, {side}: signed on {day}", name=each.name, side=side, day=moment(each.on))
    if each.turn == "now":
        return tr("{name}, {side}: signs now", name=each.name, side=side)
    if each.turn == "before":
        return tr("{name}, {side}: signs before", name=each.name, side=side)
    return tr("{name}, {side}: signs after", name=each.name, side=side)
