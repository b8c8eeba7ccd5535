"""Rich text as parts of an outline: headings with the paragraphs and items of lists under them."""

from __future__ import annotations

from dataclasses import dataclass, field

from handover.values.rich_text import RichBlock, read_rich

_BULLETS = ("•", "–", "◦", "·")


@dataclass(slots=True)
class RichPart:
    """A heading with the paragraphs under it; the part before the first heading has none."""

    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)


def parts_of(text: str) -> list[RichPart]:
    """What a rich text says, part by part; emphasis is left to the reader, the words stay."""
    found = [RichPart()]
    for block in read_rich(text):
        if block.kind == "heading":
            found.append(RichPart(block.text))
        else:
            found[-1].paragraphs.append(lead_of(block) + block.text)
    return [part for part in found if part.heading or part.paragraphs]


def plain_text(text: str) -> str:
    """A rich text without its marks, as mails and searches have it."""
    lines = []
    for part in parts_of(text):
        lines += [*([part.heading] if part.heading else []), *part.paragraphs]
    return "\n".join(lines)


def lead_of(block: RichBlock) -> str:
    """What stands before the words of a block: of an item of a list its indent and its bullet or number."""
    if block.kind != "item":
        return ""
    mark = _BULLETS[min(block.level, len(_BULLETS)) - 1] if block.number is None else f"{block.number}."
    return "\u2003" * (block.level - 1) + f"{mark} "
