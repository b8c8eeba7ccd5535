"""What a check of a pack found: the state of each file, of the change log, and of what the workspace kept of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from handover.i18n import N_, tr
from handover.pack.sealing.signatures import FoundSignature

State = Literal["same", "changed", "missing", "renamed", "foreign", "link", "twice", "signed"]
#: Whether a pack is what its workspace issued: ``unknown`` where none of its number was, ``elsewhere`` where the
#: workspace doesn't have its project.
Record = Literal["same", "differs", "unknown", "elsewhere"]

_SAID: dict[State, str] = {
    "same": N_("“{name}” is as it was when the pack was made."),
    "changed": N_("“{name}” isn't as it was when the pack was made."),
    "missing": N_("“{name}” is missing."),
    "renamed": N_("“{was}” is there under another name: “{name}”."),
    "foreign": N_("“{name}” doesn't belong to the pack: its manifest doesn't name it."),
    "link": N_("“{name}” is only a link to somewhere else."),
    "signed": N_("“{name}” is the paper as it was issued, with signatures added to it."),
    "twice": N_("“{name}” is in the archive twice; which of the two is unpacked depends on the program."),
}
_RECORD: dict[Record, str] = {
    "same": N_("The workspace kept the pack as it is here."),
    "differs": N_("The pack isn't the one that the workspace issued under {number}, edition {edition}."),
    "unknown": N_("The workspace has issued no {number}, edition {edition}."),
    "elsewhere": N_("The workspace doesn't have the project of the pack, so that it can't tell what was issued."),
}


@dataclass(frozen=True, slots=True)
class Checked:
    """A file of a pack as it was found again.

    Args:
        was: of one that was renamed, the name by which the manifest knows it.
    """

    name: str
    state: State
    was: str = ""

    def __str__(self) -> str:
        return tr(_SAID[self.state], name=self.name, was=self.was)


@dataclass(frozen=True, slots=True)
class Verification:
    """What became of a pack.

    Args:
        manifest: its manifest; of a single file that was known by the workspace alone, that file.
        number: the number of the pack.
        draft: it wasn't issued.
        files: each file that the manifest names, then those that don't belong to it.
        log: whether the change log of the workspace is still the one from which the pack was issued; None where it
            wasn't compared: a draft, or a workspace without the project.
        record: whether the pack is what the workspace issued; None where it wasn't compared.
        since: ``superseded`` or ``void`` where it is no longer in force.
        signatures: those in its PDFs; None where there are some and the library that tells of them is missing.
    """

    manifest: Path
    number: str
    edition: int
    draft: bool
    files: tuple[Checked, ...]
    log: bool | None = None
    record: Record | None = None
    since: str = ""
    signatures: tuple[FoundSignature, ...] | None = ()

    @property
    def ok(self) -> bool:
        """Whether every file is there and unchanged, nothing beside them, and what was issued agrees."""
        kept = self.log is not False and self.record not in ("differs", "unknown")
        if self.signatures is None:  # what was added to a file may be more than signatures
            stands = all(file.state != "signed" for file in self.files)
        else:
            stands = all(signature.ok for signature in self.signatures)
        return kept and stands and all(file.state in ("same", "signed") for file in self.files)

    @property
    def log_said(self) -> str:
        """What became of the change log; empty where it wasn't compared."""
        if self.log is None:
            return ""
        if self.log:
            return tr("The change log of the workspace is the one from which the pack was issued.")
        return tr("The change log of the workspace isn't the one from which the pack was issued: it was altered since.")

    @property
    def record_said(self) -> str:
        """What the workspace tells of the pack, or that none was asked; empty for a draft, of which none is kept."""
        if self.draft:
            return ""
        if self.record is None:
            return tr(
                "Compared with its manifest alone. Whoever can replace both isn't caught; the workspace catches it."
            )
        return tr(_RECORD[self.record], number=self.number, edition=self.edition)

    @property
    def since_said(self) -> str:
        """That it is no longer in force; empty where it is, or isn't known."""
        if self.since == "superseded":
            return tr("It has been superseded by a later one.")
        return tr("It was declared void.") if self.since else ""

    @property
    def said(self) -> tuple[str, ...]:
        """What is to be said beside its files."""
        return tuple(filter(None, (self.log_said, self.record_said, self.since_said, *self.signatures_said)))

    @property
    def signatures_said(self) -> tuple[str, ...]:
        """What is to be said of the signatures in its PDFs."""
        if self.signatures is None:
            return (tr("It has signatures that weren't checked: pyHanko isn't installed."),)
        return tuple(map(str, self.signatures))

    def with_foreign(self, strangers: tuple[Checked, ...]) -> Verification:
        """The same with what lies beside it; a stranger that is a missing file under another name is told as that."""
        renamed = {each.was for each in strangers if each.state == "renamed"}
        kept = tuple(file for file in self.files if not (file.state == "missing" and file.name in renamed))
        return replace(self, files=kept + strangers)
