"""What makes a paper a controlled one: who answers for it, what it is for, who gets it, and how it came to be.

All of it is part of the outline, so that it is frozen with the paper and printed again as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handover.wording import Words


@dataclass(frozen=True, slots=True)
class RevisionLine:
    """An edition in the table of revisions.

    Args:
        changes: in a few words what it changed.
        state: that it is in force, superseded or void; empty for the one at hand.
    """

    edition: int
    day: date
    purpose: Words = ""
    by: str = ""
    changes: Words = ""
    state: Words = ""


@dataclass(frozen=True, slots=True)
class FileMark:
    """A file that belongs to a paper and isn't in it, by its checksum.

    Args:
        what: what it is, such as the workbook.
        sha256: in full, as hexadecimal digits.
    """

    name: str
    what: Words
    sha256: str

    @property
    def short(self) -> str:
        """The first sixteen digits, in groups of four: enough to compare by eye."""
        return " ".join(self.sha256[at : at + 4] for at in range(0, 16, 4))


@dataclass(frozen=True, slots=True)
class Logo:
    """A company's sign on the cover.

    Args:
        png: the picture in base64.
        width, height: in pixels.
    """

    png: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Control:
    """What the cover and each page say of a controlled paper; whatever is empty isn't said.

    Args:
        kind: what kind of pack it is.
        scope: which systems or which group it is about, where it isn't about all of the project.
        prepared, checked, approved: the names of those who did.
        purpose: what it is given out for, such as signature.
        classification: who may see it, on each page.
        distribution: who gets it.
        text: what the cover says besides.
        logos: the companies' signs, one at either margin.
        audience: in words, for whom it is made.
        foot: what stands at the foot of each page besides.
        revisions: its editions up to this one, the newest first.
        superseded: by which edition or paper it is superseded, where it is; it is marked so on each page.
    """

    kind: Words = ""
    scope: Words = ""
    prepared: str = ""
    checked: str = ""
    approved: str = ""
    purpose: Words = ""
    classification: Words = ""
    distribution: tuple[str, ...] = ()
    text: str = ""
    logos: tuple[Logo, ...] = ()
    revisions: tuple[RevisionLine, ...] = ()
    superseded: Words = ""
    audience: Words = ""
    foot: str = ""


#: A paper of which nothing of this is said.
NOT_CONTROLLED = Control()
