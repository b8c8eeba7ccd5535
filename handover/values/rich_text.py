"""Rich text: blocks of marked words, read from the marks in which they are stored and written back.

The marks are a subset of CommonMark: two headings, paragraphs, bold and italic, lists, pictures that are files of the
row. Everything else, HTML among it, is text like any other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

#: So deep are lists told apart; what lies deeper stands at that depth.
DEEPEST = 4
#: What is no part of the subset and stays as it was typed.
_NOT_READ = (
    "code", "fence", "blockquote", "hr", "reference", "html_block", "lheading",
    "backticks", "link", "autolink", "html_inline", "entity",
)  # fmt: skip

_BEFORE_PUNCTUATION = re.compile(r"\\(?=[!-/:-@\[-`{-~\n]|$)")
_BEGINS_BLOCK = re.compile(r"^(?:(?P<mark>[-+]|#{1,6})(?=[ \t]|$)|(?P<number>\d{1,9})(?P<dot>[.)])(?=[ \t]|$))")
_LAST_MARKS = re.compile(r"(#{1,200})$")


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look, or a picture.

    Attributes:
        text: the words; of a picture its caption.
        picture: the address of a picture, empty for words.
    """

    text: str
    bold: bool = False
    italic: bool = False
    picture: str = ""


@dataclass(frozen=True, slots=True)
class RichBlock:
    """A paragraph, a heading or an item of a list.

    Attributes:
        level: of a heading 1 or 2, of an item its depth from 1 on, of a paragraph 0.
        number: of an item of a numbered list.
    """

    kind: Literal["paragraph", "heading", "item"]
    spans: tuple[Span, ...]
    level: int = 0
    number: int | None = None

    @property
    def text(self) -> str:
        """Its words without marks; a picture stands as its caption in brackets."""
        return "".join(f"[{span.text}]" if span.picture else span.text for span in self.spans)


# -- reading ----------------------------------------------------------------------------------------------------------


def read_rich(text: str) -> tuple[RichBlock, ...]:
    """The blocks of a rich text, without empty ones."""
    return tuple(block for block in _blocks(text) if any(span.text.strip() or span.picture for span in block.spans))


def pictures_in(text: str) -> tuple[str, ...]:
    """The addresses of the pictures of a rich text, each once."""
    return tuple(dict.fromkeys(span.picture for block in read_rich(text) for span in block.spans if span.picture))


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False}).disable(list(_NOT_READ))


def _blocks(text: str) -> Iterator[RichBlock]:
    lists: list[int | None] = []  # the next number of each list that is open; None where it has bullets
    item: RichBlock | None = None
    heading = 0
    for token in _reader().parse(text.replace("\r\n", "\n").replace("\r", "\n")):
        if token.type in ("bullet_list_open", "ordered_list_open"):
            if item is not None:
                yield item
                item = None
            start = token.attrGet("start")
            lists.append(None if token.type.startswith("bullet") else 1 if start is None else int(start))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            number = lists[-1]
            if number is not None:
                lists[-1] = number + 1
            item = RichBlock("item", (), min(len(lists), DEEPEST), number)
        elif token.type == "list_item_close":
            if item is not None:
                yield item
                item = None
        elif token.type == "heading_open":
            heading = min(int(token.tag[1:]), 2)
        elif token.type == "inline":
            spans = tuple(_spans(token))
            if item is not None:  # what follows in an item goes on in it
                item = replace(item, spans=merged((*item.spans, *((Span("\n"),) if item.spans else ()), *spans)))
            elif heading:
                yield RichBlock("heading", spans, heading)
            elif lists:
                yield RichBlock("item", spans, min(len(lists), DEEPEST), None)
            else:
                yield RichBlock("paragraph", spans)
            heading = 0


def _spans(token: Token) -> tuple[Span, ...]:
    spans: list[Span] = []
    bold = italic = 0
    for child in token.children or ():
        if child.type == "strong_open":
            bold += 1
        elif child.type == "strong_close":
            bold -= 1
        elif child.type == "em_open":
            italic += 1
        elif child.type == "em_close":
            italic -= 1
        elif child.type == "image":
            caption = "".join(each.content for each in child.children or ())
            spans.append(Span(caption, picture=str(child.attrGet("src") or "")))
        elif child.type in ("softbreak", "hardbreak"):
            spans.append(Span("\n", bold > 0, italic > 0))
        else:
            spans.append(Span(child.content, bold > 0, italic > 0))
    return merged(spans)


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same spans with neighbours of one look made one, and empty ones left out."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        if span.picture:
            found.append(span)
        elif last is not None and not last.picture and (last.bold, last.italic) == (span.bold, span.italic):
            found[-1] = replace(last, text=last.text + span.text)
        elif span.text:
            found.append(span)
    return tuple(found)


# -- writing ----------------------------------------------------------------------------------------------------------


def write_rich(blocks: Sequence[RichBlock]) -> str:
    """The text in marks that reads as these blocks; what marks can't hold, such as spaces at an end, is left out."""
    lines: list[str] = []
    lists: list[_OpenList] = []
    before: RichBlock | None = None
    for block in blocks:
        said = _inline(block)
        if not said:
            continue
        if block.kind == "item":
            follows, at, mark = _opened(lists, block)
            if before is not None and not follows:
                lines.append("")
            first, *more = said.split("\n")
            lines += [" " * at + mark + first, *(" " * (at + len(mark)) + line for line in more)]
        else:
            lists.clear()
            if before is not None:
                lines.append("")
            lines += [f"{'#' * block.level} {said}"] if block.kind == "heading" else said.split("\n")
        before = block
    return "\n".join(lines)


@dataclass(slots=True)
class _OpenList:
    """A list that is being written: the number of its last item, if it has numbers, and where its words begin."""

    number: int | None
    indent: int


def _opened(lists: list[_OpenList], block: RichBlock) -> tuple[bool, int, str]:
    """Open the list of an item or go on with it: whether the item follows without an empty line, indent and mark."""
    depth = max(min(block.level, len(lists) + 1, DEEPEST), 1)
    del lists[depth:]
    inside = bool(lists) and len(lists) < depth
    at = lists[depth - 2].indent if depth > 1 else 0
    here = lists[depth - 1] if len(lists) == depth else None
    goes_on = here is not None and (here.number is None) == (block.number is None)
    number = block.number
    if here is not None and here.number is not None and goes_on:
        number = here.number + 1
    mark = "- " if number is None else f"{number}. "
    del lists[depth - 1 :]
    lists.append(_OpenList(number, at + len(mark)))
    return goes_on or (inside and number in (None, 1)), at, mark


def _inline(block: RichBlock) -> str:
    """The words of a block with their marks: the looks that come back when they are read, or else the words alone."""
    spans = _tidied(block)
    plain = tuple(span if span.picture else Span(span.text) for span in spans)
    upright = tuple(replace(span, italic=False) for span in spans)
    wanted = merged(spans)
    for candidate in (spans, _within_words(spans), _within_words(merged(upright)), merged(plain)):
        written = _escaped_lines("".join(_marked(candidate)), block)
        read = _spans_of(written, block)
        if read == merged(candidate) and _words(read) == _words(wanted):
            return written
    return _escaped_lines("".join(_marked(merged(plain))), block)


def _words(spans: Sequence[Span]) -> list[tuple[str, str]]:
    return [(span.text, span.picture) for span in merged([s if s.picture else Span(s.text) for s in spans])]


def _spans_of(written: str, block: RichBlock) -> tuple[Span, ...]:
    head = {"heading": "# ", "item": "- "}.get(block.kind, "")
    text = head + (written.replace("\n", "\n  ") if block.kind == "item" else written)
    found = tuple(_blocks(text))
    return found[0].spans if len(found) == 1 else ()


def _tidied(block: RichBlock) -> tuple[Span, ...]:
    """The spans of a block without what marks can't hold: control characters, spaces around lines, empty lines."""
    heading = block.kind == "heading"
    lines: list[list[Span]] = [[]]
    for span in block.spans:
        if span.picture:
            lines[-1].append(replace(span, text=" ".join(span.text.split())))
            continue
        for char in span.text:
            if char in "\n\u2028\u2029" and not heading:
                lines.append([])
            elif char.isspace():
                kept = char == "\t" or unicodedata.category(char) == "Zs"
                lines[-1].append(replace(span, text=char if kept else " ", bold=span.bold and not heading))
            elif unicodedata.category(char) != "Cc":
                lines[-1].append(replace(span, text=char, bold=span.bold and not heading))
    found: list[Span] = []
    for line in lines:
        words = _stripped(line)
        if found and words:
            last, first = found[-1], words[0]
            found.append(Span("\n", last.bold and first.bold, last.italic and first.italic))
        found += words
    return merged(found)


def _stripped(line: list[Span]) -> list[Span]:
    """The characters of a line without the spaces around them."""
    filled = [n for n, each in enumerate(line) if each.picture or not each.text.isspace()]
    return line[filled[0] : filled[-1] + 1] if filled else []


def _within_words(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The spans with looks that begin and end at a letter: marks beside punctuation wouldn't be read as such."""
    found: list[Span] = []
    for span in spans:
        if span.picture or not (span.bold or span.italic):
            found.append(span)
            continue
        inner = [n for n, char in enumerate(span.text) if unicodedata.category(char)[0] in "LNMS"]
        if not inner:
            found.append(Span(span.text))
            continue
        first, last = inner[0], inner[-1] + 1
        found += [Span(span.text[:first]), replace(span, text=span.text[first:last]), Span(span.text[last:])]
    return merged(found)


def _marked(spans: Sequence[Span]) -> Iterator[str]:
    """The marks and words of spans; the look that lasts longer is the outer one."""
    bold = italic = False
    order: list[str] = []
    for number, span in enumerate(spans):
        wants = {"**": span.bold and not span.picture, "*": span.italic and not span.picture}
        while order and not all(wants[mark] for mark in order):
            yield order.pop()
        bold, italic = "**" in order, "*" in order
        lasting = {"**": _lasts(spans, number, "bold"), "*": _lasts(spans, number, "italic")}
        opening = [mark for mark, there in (("**", bold), ("*", italic)) if wants[mark] and not there]
        for mark in sorted(opening, key=lambda mark: -lasting[mark]):
            order.append(mark)
            yield mark
        if span.picture:
            yield f"![{_escaped(span.text)}]({span.picture})"
        else:
            yield _escaped(span.text)
    yield from reversed(order)


def _lasts(spans: Sequence[Span], number: int, look: Literal["bold", "italic"]) -> int:
    """How many spans from one on have a look."""
    count = 0
    for span in spans[number:]:
        if not getattr(span, look):
            break
        count += 1
    return count


def _escaped(text: str) -> str:
    text = _BEFORE_PUNCTUATION.sub(r"\\\\", text).replace("*", r"\*")
    chars = []
    for number, char in enumerate(text):
        inside = 0 < number < len(text) - 1 and text[number - 1].isalnum() and text[number + 1].isalnum()
        if char in "[]" or (char == "_" and not inside):
            chars.append("\\")
        chars.append(char)
    return "".join(chars)


def _escaped_lines(text: str, block: RichBlock) -> str:
    """The text with nothing at the beginning of a line, or the end of a heading, that would begin something else."""
    lines = [_BEGINS_BLOCK.sub(_escape_start, line) for line in text.split("\n")]
    said = "\n".join(lines)
    return _LAST_MARKS.sub(r"\\\1", said) if block.kind == "heading" and not said.endswith("\\#") else said


def _escape_start(match: re.Match[str]) -> str:
    return f"\\{match['mark']}" if match["mark"] else f"{match['number']}\\{match['dot']}"
