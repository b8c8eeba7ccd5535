"""The page that is signed as a block of an outline: the parties, who signs for them, and what is signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from handover.pack.packs.controlled import FileMark
from handover.wording import Words


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A line to sign on; name, position and organisation are printed when they are known.

    Args:
        organisation: only where those who sign for a party come from several.
        signed_on: the day on which it was signed in the program, None while it isn't.
        strokes: the signature as it was drawn, in shares of the width of its field.
    """

    role: Words
    name: str = ""
    position: str = ""
    organisation: str = ""
    signed_on: date | None = None
    strokes: tuple[tuple[tuple[float, float], ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Party:
    """One side of the handover with its organisation and those who sign for it."""

    side: Words
    organisation: str
    signatories: tuple[SignatureLine, ...] = ()


@dataclass(frozen=True, slots=True)
class SignOff:
    """The block that both sides sign; never divided between pages.

    Args:
        declaration: what is confirmed by signing.
        remarks: how many empty lines for remarks each side gets.
        choices: what each party chooses from by a tick, such as to accept or to reject.
        bound: the files that are signed with the paper, by their checksums; number and edition stand above them, and
            all of it in a QR code.
        passes: when custody passes.
    """

    parties: tuple[Party, ...]
    declaration: Words = ""
    remarks: int = 2
    choices: tuple[Words, ...] = ()
    bound: tuple[FileMark, ...] = ()
    identified: bool = False
    passes: Words = ""
