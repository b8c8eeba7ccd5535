"""Rich text as parts of an outline: headings with the paragraphs and items of lists under them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from handover.pack.outline import Paragraph, PictureBlock, Stretch
from handover.values.rich_text import RichBlock, read_rich

_BULLETS = ("•", "–", "◦", "·")


@dataclass(slots=True)
class RichPart:
    """A heading with the paragraphs under it; the part before the first heading has none."""

    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)
    blocks: list[RichBlock] = field(default_factory=list, compare=False)


def parts_of(text: str) -> list[RichPart]:
    """What a rich text says, part by part."""
    found = [RichPart()]
    for block in read_rich(text):
        if block.kind == "heading":
            found.append(RichPart(block.text))
        else:
            found[-1].paragraphs.append(lead_of(block) + block.text)
            found[-1].blocks.append(block)
    return [part for part in found if part.heading or part.paragraphs]


def blocks_of_part(
    part: RichPart, picture: Callable[[str, str], PictureBlock | None]
) -> tuple[Paragraph | PictureBlock, ...]:
    """What stands under a heading, each picture after the paragraph that holds it.

    Args:
        picture: gives a picture by its address and caption; where it gives none, the caption stands in the words.
    """
    found: list[Paragraph | PictureBlock] = []
    for block in part.blocks:
        drawn = {span: shown for span in block.spans if span.picture and (shown := picture(span.picture, span.text))}
        words = lead_of(block)
        strong: list[Stretch] = []
        slanted: list[Stretch] = []
        for span in block.spans:
            if span in drawn:
                continue
            for looks_so, stretches in ((span.bold, strong), (span.italic, slanted)):
                if looks_so:
                    stretches.append((len(words), len(words) + len(span.text)))
            words += f"[{span.text}]" if span.picture else span.text
        if words != lead_of(block):
            found.append(Paragraph(words, tuple(strong), tuple(slanted)))
        found += drawn.values()
    return tuple(found)


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
