"""Takes in the copy of a paper that came back signed: a scan, or the PDF itself with its signatures."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from sqlalchemy import select

from handover import clock
from handover.errors import NotFound, NotLawful, NotValid
from handover.file_names import safe_name
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.model.attachment import Attachment
from handover.model.issued import Issued, SignedCopy
from handover.pack.sealing.signatures import FoundSignature, signatures_if_any
from handover.plain_file import open_plain
from handover.store.files.incoming_file import LARGEST, BytesHeard
from handover.store.workspace import Workspace


@dataclass(frozen=True, slots=True)
class CameBack:
    """A signed copy as it was taken in.

    Attributes:
        same_paper: it begins with the PDF that was issued, byte for byte; a scan never does.
        signatures: those in it; None where the library that tells of them is missing.
    """

    number: str
    edition: int
    name: str
    same_paper: bool
    signatures: tuple[FoundSignature, ...] | None

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is to be said of it."""
        first = tr("“{name}” is kept with {number}, edition {edition}, as its signed copy.",
                   name=self.name, number=self.number, edition=self.edition)  # fmt: skip
        if self.same_paper:
            told = tr("It is the PDF that was issued, with what was added to it.")
        else:
            told = tr("It doesn't begin with the PDF that was issued: a scan, or another file. Compare it by eye.")
        if self.signatures is None:
            return first, told, tr("Its signatures weren't checked: pyHanko isn't installed.")
        return (first, told, *map(str, self.signatures))


def take_signed(
    workspace: Workspace,
    issued_id: str,
    file: Path,
    on: dt.date | None = None,
    source: str = "hand",
    progress: Progress = unattended,
) -> CameBack:
    """Keep the signed copy of a paper beside it, and note when it came back.

    Args:
        on: the day on which it was signed; today by default.

    Raises:
        NotFound: there is no such paper. NotLawful: it is void.
        NotValid: it is the PDF as it was issued, which nobody signed, or a signature in it is broken.
        HandoverError: it can't be read, or the files folder not be written.
    """
    with workspace.read() as connection:
        wanted = select(Issued.number, Issued.edition, Issued.status, Issued.project_id, Issued.pdf_sha256)
        row = connection.execute(wanted.where(Issued.id == issued_id, Issued.deleted_at.is_(None))).one_or_none()
        issued = select(Attachment.size).where(Attachment.owner_id == issued_id)
        size = connection.execute(issued.where(Attachment.sha256 == row.pdf_sha256)).scalar() if row else None
    if row is None:
        raise NotFound(N_("There is no such paper any more."))
    if row.status == "void":
        raise NotLawful(N_("{number} is void; nobody can have signed it."), number=row.number)
    begins = size is not None and _digest(file, size) == row.pdf_sha256
    if begins and file.stat().st_size == size:
        raise NotValid(N_("“{name}” is the PDF as it was issued: nobody signed it."), name=file.name)
    signatures = signatures_if_any(file)
    if broken := [each for each in signatures or () if not each.holds]:
        raise NotValid(N_("A signature in “{name}” doesn't hold: {signer}."), name=file.name, signer=broken[0].signer)
    name = safe_name(file.name, tr("File"))
    with (
        workspace.blobs.taking_in() as taking,
        workspace.edit(N_("Take in the signed copy of {number}"), project=row.project_id, source=source,
                       number=row.number) as work,
    ):  # fmt: skip
        heard = BytesHeard(progress, file.stat().st_size, tr("Keeping {file}", file=name))
        content = taking.take(file, heard, LARGEST)
        copy = work.add(
            SignedCopy(
                issued_id=issued_id, signed_on=on or clock.today(), as_issued=begins,
                signers="\n".join(each.signer for each in signatures or ()) or None,
            )
        )  # fmt: skip
        work.add(
            Attachment(
                owner_table=SignedCopy.__tablename__, owner_id=copy.id, name=name, media_type=content.media_type,
                kept="stored", size=content.size, sha256=content.sha256, position=1.0,
            )
        )  # fmt: skip
    return CameBack(row.number, row.edition, name, begins, signatures)


def _digest(file: Path, size: int) -> str:
    """The checksum of the first bytes of a file; empty where it has fewer."""
    digest, left = sha256(), size
    with open_plain(file) as opened:
        while left and (block := opened.read(min(left, 1 << 20))):
            digest.update(block)
            left -= len(block)
    return "" if left else digest.hexdigest()
