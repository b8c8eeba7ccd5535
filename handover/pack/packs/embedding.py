"""What stands within the PDF of a pack on request: its workbook, and a manifest by which that is checked."""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from handover.errors import UnusableFile
from handover.file_types import media_type
from handover.i18n import N_
from handover.pack.manifest import SUFFIX, manifest_text
from handover.pack.outline import PackOutline
from handover.pack.pdf.embedded import EmbeddedFile
from handover.wording import said, shown


def embedded_files(outline: PackOutline, path_of: Callable[[str], Path]) -> tuple[EmbeddedFile, ...]:
    """The files that stand in the PDF of an outline, with the manifest that names them; none where it has none.

    Args:
        path_of: where the file of a checksum lies.

    Raises:
        UnusableFile: one of them isn't there, or isn't what it was.
    """
    found = []
    for mark in outline.embeds:
        try:
            content = path_of(mark.sha256).read_bytes()
        except OSError as fault:
            raise UnusableFile(N_("“{name}” can't be read."), name=mark.name, detail=str(fault)) from fault
        if sha256(content).hexdigest() != mark.sha256:
            raise UnusableFile(N_("“{name}” isn't what it was when the paper was issued."), name=mark.name)
        what = shown(mark.what, outline.language, " ")
        found.append(EmbeddedFile(mark.name, content, media_type(content[:64], mark.name), what, "Source"))
    if not found:
        return ()
    entries = [
        {"name": each.name, "bytes": len(each.content), "sha256": sha256(each.content).hexdigest()} for each in found
    ]
    manifest = manifest_text(outline, entries).encode("utf-8")
    name = f"{Path(found[0].name).stem}{SUFFIX}"
    what = shown(said(N_("Manifest of the files in this document")), outline.language, " ")
    return (*found, EmbeddedFile(name, manifest, "application/json", what, "Supplement"))
