"""Signing a certificate: the name typed, the day, the signature drawn with the mouse or a pen."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from handover.clock import today
from handover.errors import HandoverError, NotLawful, NotValid, Refused
from handover.file_names import safe_name
from handover.i18n import N_, tr
from handover.jobs import Progress
from handover.model.custody.certificate import CERTIFICATE_STATUS, Certificate
from handover.model.custody.signature import (
    SIGNATURE_STATUS,
    Signature,
    as_text,
    called,
    place_of,
    signatures_of,
)
from handover.model.people import SIDE
from handover.pack import paper_steps
from handover.registers import catalogue
from handover.registers.acts import taking
from handover.registers.acts.taking import StepTaken
from handover.registers.query import linked
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
            heading, note, self._name = _told_of(connection, signature)
        super().__init__(
            context,
            heading,
            taking.asked(self._register, self._step),
            self._step.asks,
            {"signed_on": today()},
            self._step.label,
            parent,
            note=note,
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
            wanted = select(Certificate.ref, Certificate.number, Certificate.status)
            of = wanted.join(Signature, Signature.certificate_id == Certificate.id)
            ref, number, status = connection.execute(of.where(Signature.id == self._signature)).one()
        self.accept()
        if status == "in_force":
            said = tr("{number} is in force: custody has passed.", number=number or ref)
        else:
            said = tr("{ref} is signed by {name}.", ref=ref, name=self._name)
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
    found = context.act(lambda: _next_of(context, certificates[0]))
    if found is not None:
        sign(context, found, over)


def _next_of(context: Context, certificate: str) -> str:
    with context.workspace.read() as connection, Session(connection, autoflush=False) as session:
        owner = session.get_one(Certificate, certificate)
        left = [each.id for each in signatures_of(session, certificate) if each.status != "signed"]
        if owner.status != "issued" or not left:
            state = CERTIFICATE_STATUS[owner.status]
            raise NotLawful(N_("{ref} is “{state}” and isn't out for signature."), ref=owner.ref, state=state)
        return left[0]


def _told_of(connection: Connection, key: str) -> tuple[str, str, str]:
    """The heading of the form, who signs in which order, and who signs now."""
    with Session(connection, autoflush=False) as session:
        signature = session.get_one(Signature, key)
        certificate = linked(connection, str(Certificate.__tablename__), [signature.certificate_id])
        name = called(session, signature)
        everybody = signatures_of(session, signature.certificate_id)
        lines = []
        for each in everybody:
            if each.status == "signed" and each.signed_on is not None:
                state = tr("signed on {day}", day=moment(each.signed_on))
            elif each.id == key:
                state = tr("signs now")
            else:
                state = tr("signs before") if place_of(each) < place_of(signature) else tr("signs after")
            side = SIDE.label(each.side)
            lines.append(tr("{name}, {side}: {state}", name=called(session, each), side=side, state=state))
        session.expunge_all()
    title = tr("Sign {certificate}", certificate=certificate[signature.certificate_id].name)
    return title, "\n".join(lines), name
