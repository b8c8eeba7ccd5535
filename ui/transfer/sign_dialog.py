"""The dialog that signs the PDF of an issued paper with a certificate file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QFileDialog, QLineEdit, QWidget

from handover.errors import NotValid
from handover.i18n import N_, tr
from handover.jobs import Progress
from handover.pack.reprint import paper_to_open, pdf_name
from handover.pack.sealing.sign import SignatureField, SigningCertificate, fields_of, sign_pdf
from ui.shell.form import FieldBox
from ui.shell.page import Context
from ui.transfer.writing import PathField, WritingDialog, last_folder


class CertificateField(PathField):
    """A file that holds a certificate with its key."""

    def _choose(self) -> None:
        dialog = QFileDialog(self, self.edit.accessibleName(), str(self.path().parent))
        dialog.setNameFilters([tr("Certificates ({endings})", endings="*.p12 *.pfx"), tr("All files (*)")])
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.edit.setText)
        dialog.open()


class SignDialog(WritingDialog):
    """Writes a signed copy of a paper; what was issued is in it byte for byte.

    Args:
        paper: the key of the issued paper.
    """

    def __init__(self, context: Context, paper: str, parent: QWidget | None = None) -> None:
        super().__init__(
            context,
            tr("Sign with a certificate"),
            tr("Writes a copy of the PDF with a signature added. Certificate and passphrase are used once, not kept."),
            parent,
        )
        self._paper = paper
        self._fields: tuple[SignatureField, ...] = ()
        self.certificate = CertificateField(tr("Certificate with its key (.p12, .pfx)"), Path(), folder=False)
        self.certificate.edit.clear()
        self.passphrase = QLineEdit(self)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.field = QComboBox(self)
        self.field.addItem(tr("The first free one"), "")
        self.reason = QLineEdit(self)
        name = pdf_name(context.workspace, paper)
        self.file = PathField(
            tr("Signed PDF"), last_folder(context) / f"{Path(name).stem} {tr('signed')}.pdf", folder=False
        )
        for label, editor in (
            (tr("Certificate with its key (.p12, .pfx)"), self.certificate),
            (tr("Passphrase"), self.passphrase),
            (tr("Who signs"), self.field),
            (tr("Reason"), self.reason),
            (tr("Signed PDF"), self.file),
        ):
            self.fields.addWidget(FieldBox(label, editor))
        self.file.edit.textChanged.connect(self.forget_question)
        self.forget_question()
        self.certificate.setFocus()
        self.context.run_job(
            tr("Reading the fields of the page to sign"),
            self._read,
            done=self._offer,
            failed=self.fail,
            background=True,
        )

    def _read(self, progress: Progress) -> tuple[SignatureField, ...]:
        return fields_of(paper_to_open(self.context.workspace, self._paper, progress))

    def _offer(self, fields: tuple[SignatureField, ...]) -> None:
        for each in fields:
            if not each.filled:
                self.field.addItem(each.who or each.name, each.name)

    def verb(self) -> str:
        return tr("Sign")

    def targets(self) -> list[Path]:
        if not self.certificate.edit.text().strip():
            raise NotValid(N_("Choose the certificate."))
        return [self.file.path()]

    def place(self) -> PathField:
        return self.file

    def write(self) -> None:
        certificate = SigningCertificate(self.certificate.path(), self.passphrase.text())
        to, field, reason = self.file.path(), str(self.field.currentData()), self.reason.text().strip()

        def sign(progress: Progress) -> Path:
            sign_pdf(
                paper_to_open(self.context.workspace, self._paper, progress),
                to,
                certificate,
                field=field,
                reason=reason,
            )
            return to

        self.work.run(tr("Signing the PDF"), sign, self._signed, self.fail)

    def _signed(self, path: Path) -> None:
        self.passphrase.clear()
        self.show_written(tr("Signed: {file}. Take it in once the others have signed it.", file=path.name), [path])
