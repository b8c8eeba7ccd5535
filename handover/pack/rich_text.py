"""Rich text as blocks of an outline: headings, paragraphs and lists of the marks in which minutes are typed.

A subset of CommonMark: two headings, paragraphs, bold and italic, lists. HTML in it is text like any other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: So deep are lists told apart; what lies deeper stands at that depth.
_DEEPEST = 4
_BULLETS = ("•", "–", "◦", "·")


@dataclass(slots=True)
class RichPart:
    """A heading with the paragraphs under it; the part before the first heading has none."""

    heading: str = ""
    paragraphs: list[str] = field(default_factory=list)


def parts_of(text: str) -> list[RichPart]:
    """What a rich text says, part by part; emphasis is left to the reader, the words stay."""
    found = [RichPart()]
    inside_heading = False
    for depth, mark, token in _walked(text):
        if token.type == "heading_open":
            inside_heading = True
        elif token.type == "heading_close":
            inside_heading = False
        elif token.type in ("inline", "code_block", "fence", "html_block"):
            said = _plain(token)
            if inside_heading:
                found.append(RichPart(said))
            elif said:
                indent = "\u2003" * max(min(depth, _DEEPEST) - 1, 0)
                found[-1].paragraphs.append(f"{indent}{mark} {said}" if mark else f"{indent}{said}")
    return [part for part in found if part.heading or part.paragraphs]


def plain_text(text: str) -> str:
    """A rich text without its marks, as mails and searches have it."""
    lines = []
    for part in parts_of(text):
        lines += [*([part.heading] if part.heading else []), *part.paragraphs]
    return "\n".join(lines)


def _walked(text: str) -> Iterator[tuple[int, str, Token]]:
    """The tokens of a text, each with the depth of the lists around it and the mark of the item that it begins."""
    lists: list[int | None] = []  # the next number of each list that is open; None where it has bullets
    mark = ""
    for token in MarkdownIt("commonmark", {"html": False}).parse(text.replace("\r\n", "\n")):
        if token.type == "bullet_list_open":
            lists.append(None)
        elif token.type == "ordered_list_open":
            lists.append(int(token.attrGet("start") or 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            mark = _BULLETS[min(len(lists), len(_BULLETS)) - 1] if number is None else f"{number}."
            if number is not None:
                lists[-1] = number + 1
        yield len(lists), mark, token
        if token.type == "inline":
            mark = ""


def _plain(token: Token) -> str:
    """The words of a token, with the line ends that were typed."""
    if not token.children:
        return token.content.strip()
    words = []
    for child in token.children:
        if child.type in ("softbreak", "hardbreak"):
            words.append("\n")
        elif child.type == "image":
            words.append(f"[{child.content}]")
        else:
            words.append(child.content)
    return "".join(words).strip()
