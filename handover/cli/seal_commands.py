"""Commands on PDFs that were issued: signed with a certificate, locked, given out again, and taken in signed."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import select

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile
from handover.cli.at_work import at_work
from handover.cli.exits import QUESTION
from handover.errors import NotFound, NotValid
from handover.i18n import N_, tr
from handover.model.issued import Issued
from handover.pack.manifest import SUFFIX
from handover.pack.reprint import save_paper
from handover.pack.sealing.came_back import take_signed
from handover.pack.sealing.manifest_signature import SIGNATURE, sign_manifest
from handover.pack.sealing.protect import PERMISSIONS, protect
from handover.pack.sealing.sign import SigningCertificate, fields_of, sign_pdf
from handover.store.workspace import Workspace

#: Where a passphrase is looked for before it is asked for: on the command line others would see it.
PASSPHRASE, PASSWORD = "HANDOVER_PASSPHRASE", "HANDOVER_PDF_PASSWORD"

Pdf = Annotated[Path, typer.Argument(help=tr("The PDF."), metavar="PDF")]
ToSign = Annotated[Path, typer.Argument(help=tr("The PDF, or the manifest of a pack."), metavar="FILE")]
Target = Annotated[Path, typer.Option("--to", help=tr("The file to write."), metavar="FILE")]
Replaced = Annotated[bool, typer.Option("--replace", help=tr("Replace a file that is there already."))]
Paper = Annotated[str, typer.Argument(help=tr("The number or the reference of an issued paper."), metavar="NUMBER")]
Edition = Annotated[int, typer.Option(help=tr("Its edition; the newest by default."), metavar="N")]


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "sign",
        help=tr(
            "Sign a PDF with a certificate file, in a field of its page to sign. The passphrase is taken from "
            "{variable} or asked for. JSON: {shape}.",
            variable=PASSPHRASE,
            shape='{"file","field"} or with --fields [{"name","who","signed"}]',
        ),
    )(sign)
    app.command(
        "lock",
        help=tr(
            "Write a copy of a PDF that opens with a password alone; it is no PDF/A any more. The password is taken "
            "from {variable} or asked for.",
            variable=PASSWORD,
        ),
    )(lock)
    app.command(
        "paper",
        help=tr("Write the PDF of an issued paper as it was issued, or marked on each page where it is superseded."),
    )(paper)
    app.command(
        "signed",
        help=tr(
            "Take in the signed copy of an issued paper: a scan, or the PDF with its signatures. JSON: {shape}.",
            shape='{"number","edition","file","same_paper","signatures":[{"signer","holds","whole"}]}',
        ),
    )(signed)


def sign(
    pdf: ToSign,
    to: Annotated[Path | None, typer.Option(help=tr("The file to write."), metavar="FILE")] = None,
    certificate: Annotated[
        Path | None, typer.Option("--cert", help=tr("The certificate with its key: .p12 or .pfx."), metavar="FILE")
    ] = None,
    field: Annotated[
        str, typer.Option(help=tr("The field: its number, or who signs there; the first free one by default."))
    ] = "",
    reason: Annotated[str, typer.Option(help=tr("Why it is signed."), metavar="TEXT")] = "",
    fields: Annotated[bool, typer.Option("--fields", help=tr("List the fields instead of signing."))] = False,
    replace_files: Replaced = False,
    as_json: AsJson = False,
) -> None:
    """Sign a PDF, or list its fields."""
    if fields:
        found = fields_of(pdf)
        if as_json:
            talk.data([{"name": f.name, "who": f.who, "signed": f.filled} for f in found])
        else:
            rows = [[str(n), f.who or f.name, tr("signed") if f.filled else ""] for n, f in enumerate(found, 1)]
            talk.table([tr("No."), tr("Who signs there"), tr("State")], rows)
        return
    if certificate is not None and pdf.name.endswith(SUFFIX):
        beside = pdf.with_name(pdf.name + SIGNATURE)
        _refuse_there(beside, replace_files)
        sign_manifest(pdf, SigningCertificate(certificate, _secret(PASSPHRASE, tr("Passphrase of the certificate"))))
        if as_json:
            talk.data({"file": str(beside), "field": ""})
        else:
            talk.line(tr("The manifest is signed: {file}", file=talk.shown_path(beside)))
        return
    if certificate is None or to is None:
        raise NotValid(N_("Name the certificate with --cert, and the file to write with --to."))
    _refuse_there(to, replace_files)
    passphrase = _secret(PASSPHRASE, tr("Passphrase of the certificate"))
    name = sign_pdf(pdf, to, SigningCertificate(certificate, passphrase), field=field, reason=reason)
    if as_json:
        talk.data({"file": str(to), "field": name})
    else:
        talk.line(tr("Signed in {field}: {file}", field=name, file=talk.shown_path(to)))


def lock(
    pdf: Pdf,
    to: Target,
    allow: Annotated[
        str, typer.Option(help=tr("What may be done without the owner's password."), metavar=",".join(PERMISSIONS))
    ] = "print,sign",
    replace_files: Replaced = False,
) -> None:
    """Write a locked copy."""
    _refuse_there(to, replace_files)
    allowed = tuple(filter(None, map(str.strip, allow.split(","))))
    protect(pdf, to, _secret(PASSWORD, tr("Password of the PDF")), allowed=allowed)
    talk.line(tr("Locked: {file}. It is no PDF/A: archives don't take it.", file=talk.shown_path(to)))


def paper(
    workspace: WorkspaceFile,
    number: Paper,
    project: ProjectCode,
    to: Target,
    edition: Edition = 0,
    marked: Annotated[
        bool, typer.Option("--marked", help=tr("Say on each page that it is superseded, where it is."))
    ] = False,
    replace_files: Replaced = False,
) -> None:
    """Write the PDF of an issued paper."""
    _refuse_there(to, replace_files)
    with Workspace.open(workspace, "read") as opened:
        key = _paper(opened, opened.project(project).id, number, edition)
        again = save_paper(opened, key, to, talk.progress(), marked=marked)
    talk.line(tr("Wrote {file}.", file=talk.shown_path(to)))
    if again and not marked:
        talk.line(tr("The kept PDF is lost; it was printed again and is the same."))


def signed(
    workspace: WorkspaceFile,
    number: Paper,
    file: Annotated[Path, typer.Argument(help=tr("The signed copy."), metavar="FILE")],
    project: ProjectCode,
    edition: Edition = 0,
    on: Annotated[str, typer.Option(help=tr("The day on which it was signed; today by default."), metavar="DAY")] = "",
    as_json: AsJson = False,
) -> None:
    """Keep the signed copy of a paper with it."""
    with at_work(workspace) as opened:
        key = _paper(opened, opened.project(project).id, number, edition)
        taken = take_signed(opened, key, file, _day(on), "cli", talk.progress())
    if as_json:
        talk.data(
            {
                "number": taken.number, "edition": taken.edition, "file": taken.name, "same_paper": taken.same_paper,
                "signatures": None if taken.signatures is None else [
                    {"signer": each.signer, "holds": each.holds, "whole": each.whole} for each in taken.signatures
                ],
            }
        )  # fmt: skip
        return
    for sentence in taken.sentences:
        talk.line(sentence)


def _paper(workspace: Workspace, project_id: str, number: str, edition: int) -> str:
    """The key of an issued paper. Raises NotFound."""
    wanted = select(Issued.id).where(
        Issued.project_id == project_id,
        Issued.deleted_at.is_(None),
        (Issued.number == number) | (Issued.ref == number.upper()),
    )
    if edition:
        wanted = wanted.where(Issued.edition == edition)
    with workspace.read() as connection:
        key = connection.execute(wanted.order_by(Issued.edition.desc()).limit(1)).scalar()
    if key is None:
        raise NotFound(N_("There is no issued paper {number}."), number=number)
    return str(key)


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise NotValid(N_("“{text}” is no day, such as 2026-03-31."), text=text) from fault


def _refuse_there(path: Path, replaced: bool) -> None:
    if path.exists() and not replaced:
        talk.aside(tr("{file} is there already. Nothing was written; say --replace to replace it.",
                      file=talk.shown_path(path)))  # fmt: skip
        raise typer.Exit(QUESTION)


def _secret(variable: str, question: str) -> str:
    """A secret from the surroundings, or typed unseen."""
    there = os.environ.get(variable)
    return there if there is not None else str(typer.prompt(question, hide_input=True, default="", show_default=False))
