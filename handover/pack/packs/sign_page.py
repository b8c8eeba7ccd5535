"""The page that is signed: what is confirmed, what each party chooses, what is bound to it, and when custody passes."""

from __future__ import annotations

from dataclasses import replace

from handover.i18n import N_
from handover.pack.blocks.signing import SignOff
from handover.pack.outline import Block, Note, PackOutline, Section
from handover.pack.packs.controlled import FileMark
from handover.pack.reading import PackReading
from handover.wording import Text, Words, said

_PASSES = N_("Custody passes at the moment at which the last party has signed to accept, with or without exceptions.")
_ACCEPT = N_("accept")
_EXCEPT = N_("accept with the exceptions of list {list}")
_REJECT = N_("reject")


def sign_blocks(reading: PackReading, exceptions: str, custody: str = "") -> tuple[Block, ...]:
    """What is odd about who signs, and the block to sign.

    Args:
        exceptions: the number of the chapter that lists what is open; empty where the pack has none.
        custody: in words, when custody passes.
    """
    declaration = said(
        N_(
            "The undersigned confirm that they have read this pack, that it states the handover of {project} as known"
            " on the day of its issue, and that the open things named in it remain to be done by those named in it."
        ),
        project=reading.project.name,
    )
    choices: list[Words] = [said(_ACCEPT)]
    if exceptions:
        choices.append(said(_EXCEPT, list=exceptions))
    choices.append(said(_REJECT))
    warnings = tuple(Note(warning, "warning") for warning in reading.signing.warnings)
    passes = said(N_("Custody passes: {moment}"), moment=custody) if custody else said(_PASSES)
    block = SignOff(
        reading.signing.parties, declaration, choices=tuple(choices), identified=True, passes=passes
    )  # fmt: skip
    return (*warnings, block)


def bound_to(outline: PackOutline, marks: tuple[FileMark, ...]) -> PackOutline:
    """The outline with the files that are signed with it on its page to sign."""
    return replace(outline, sections=tuple(_bound(section, marks) for section in outline.sections))


def _bound(section: Section, marks: tuple[FileMark, ...]) -> Section:
    blocks = tuple(
        replace(b, bound=(*b.bound, *marks)) if isinstance(b, SignOff) and b.identified else b for b in section.blocks
    )
    return replace(section, blocks=blocks)


def warnings_of(outline: PackOutline) -> tuple[Text, ...]:
    """What the page to sign warns of."""
    return tuple(
        block.text
        for section in outline.sections
        if any(isinstance(each, SignOff) for each in section.blocks)
        for block in section.blocks
        if isinstance(block, Note) and block.tone == "warning" and isinstance(block.text, Text)
    )
