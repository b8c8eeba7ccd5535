"""The pages of a PDF: turning them, their running head and foot, bookmarks and the numbers known only at the end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from handover.i18n import N_
from handover.pack.outline import PackOutline
from handover.pack.pdf.archival import Stated
from handover.pack.pdf.canvas import PackCanvas
from handover.pack.pdf.embedded import EmbeddedFile
from handover.pack.pdf.fonts import faces, legible, plain
from handover.pack.pdf.lines import cut_to, lines_of
from handover.pack.pdf.pen import Anchor, Pen
from handover.pack.pdf.style import A4, BOTTOM, DANGER, INK, LEFT, MUTED, RIGHT, SMALLEST, TOP
from handover.pack.pdf.tags import Element
from handover.wording import Language, Words, said, shown

_SMALL = 7.5


#: The links of a page, where one leads, from which area, and in which element of the structure it stands.
_Lead = tuple[list[Any], str, tuple[float, float, float, float], Element | None]  # Any: reportlab's references


class PagesEnough(Exception):
    """No further page is begun: as many as were asked for are set."""


class Press:
    """A PDF in the making: the page at hand, its pen, and how far down the next thing goes.

    Lengths are points; ``y`` counts from the top of the page downward.

    Args:
        most: the pages after which none is begun; 0 for as many as there are.
    """

    def __init__(self, outline: PackOutline, files: tuple[EmbeddedFile, ...] = (), most: int = 0) -> None:
        self.outline = outline
        self._most = most
        self._files = files
        self.language: Language = outline.language
        self.page = 0
        self.lacking: dict[str, int] = {}
        self.shortened: dict[str, int] = {}
        self.landscape = False
        self.y = 0.0
        self.fresh = False
        self._later: list[tuple[str, float, float, str, float]] = []
        self._feet: dict[int, float] = {}
        self._marked: dict[str, int] = {}
        self._web: list[_Lead] = []
        self._places: set[str] = set()
        self._level = self._within = 0
        self._marking = False
        self._canvas = self._open()
        self.pen = Pen(self._canvas, self.height)

    def _open(self) -> PackCanvas:
        outline, lang = self.outline, "en" if self.language == "en" else "zh-CN"
        title = f"{outline.cover.project} · {self.show(outline.title, ' ')}"
        stated = Stated(title, self.show(outline.number), lang, outline.made_at, self._files, outline.tagged)
        canvas = PackCanvas(faces()[0].name, stated, pagesize=A4)
        canvas.showOutline()
        canvas.setViewerPreference("DisplayDocTitle", "true")
        return canvas

    def show(self, words: Words, between: str = "\n") -> str:
        """Words in the language of the pack, as they can be drawn; what the typeface lacks is counted."""
        text, lacking = legible(shown(words, self.language, between))
        self.lacks(lacking)
        return text

    def lacks(self, characters: str) -> None:
        """Remember characters that no typeface has, with the page on which they are met first."""
        for c in characters:
            self.lacking.setdefault(c, self.page)

    def cut(self, text: str, width: float, size: float, strong: bool = False) -> str:
        """A single line of at most ``width`` points; that it had to be shortened is remembered."""
        kept = cut_to(text, width, size, strong)
        if kept != text.replace("\n", " "):
            self.shortened.setdefault(plain(text), self.page)
        return kept

    def at_most(self, n: int, text: str, width: float, size: float, strong: bool = False) -> tuple[str, ...]:
        """The first lines of a text; what goes beyond ``n`` ends in an ellipsis and is remembered."""
        lines = lines_of(text, width, size, strong)
        if len(lines) <= n:
            return lines
        self.shortened.setdefault(plain(text), self.page)
        return (*lines[: n - 1], cut_to(f"{lines[n - 1]}…", width, size, strong))

    # Measures of the page at hand

    @property
    def width(self) -> float:
        """The page's width."""
        return A4[1] if self.landscape else A4[0]

    @property
    def height(self) -> float:
        """The page's height."""
        return A4[0] if self.landscape else A4[1]

    @property
    def breadth(self) -> float:
        """The width between the margins."""
        return self.width - LEFT - RIGHT

    @property
    def right(self) -> float:
        """The right margin."""
        return self.width - RIGHT

    @property
    def room(self) -> float:
        """The height left on the page."""
        return self.height - BOTTOM - self.y

    @property
    def whole_room(self) -> float:
        """The height of an empty page between its margins."""
        return self.height - BOTTOM - TOP

    # Turning pages

    def turn(self, landscape: bool | None = None) -> None:
        """Begin a new page with its running head and foot; the orientation stays unless it is given."""
        self.bare_page(landscape)
        self._head_and_foot()
        if self._marking:
            self._canvas.begin_piece()

    def bare_page(self, landscape: bool | None = None) -> None:
        """Begin a new page with nothing on it. Raises PagesEnough where there are as many as are asked for."""
        if self._most and self.page >= self._most:
            raise PagesEnough
        if self.page:
            self._canvas.showPage()
        if landscape is not None:
            self.landscape = landscape
        self.page += 1
        self._canvas.setPageSize((self.width, self.height))
        self._canvas.begin_marks()
        self.pen = Pen(self._canvas, self.height)
        self.y = TOP
        self.fresh = True

    def need(self, height: float) -> None:
        """Turn the page unless there is room for ``height``, at most a whole page's."""
        if not self.fresh and self.room < min(height, self.whole_room):
            self.turn()

    def down(self, height: float) -> None:
        """Move on downward."""
        self.y += height
        self.fresh = False

    def _head_and_foot(self) -> None:
        outline, pen = self.outline, self.pen
        number = self.show(outline.number)
        reserved = faces()[0].width(number, _SMALL) + 20
        pen.text(
            LEFT, TOP - 28, cut_to(self.show(outline.cover.project), self.breadth - reserved, _SMALL), _SMALL, MUTED
        )
        pen.text(self.right, TOP - 28, number, _SMALL, MUTED, anchor="end")
        pen.rule(LEFT, self.right, TOP - 16)
        foot = self.height - BOTTOM + 14
        pen.rule(LEFT, self.right, foot)
        day = outline.made_at.date().isoformat()
        edition = said(N_("Edition {edition} · {day}"), edition=outline.edition, day=day)
        if outline.draft:
            edition = said(N_("DRAFT, not issued · {day}"), day=day)
        pen.text(LEFT, foot + 7, self.show(edition, " · "), _SMALL, DANGER if outline.draft else MUTED, outline.draft)
        self.classified()
        if outline.control.foot:
            own = cut_to(self.show(outline.control.foot, " "), self.breadth, SMALLEST)
            pen.text(LEFT, foot + 18, own, SMALLEST, MUTED)
        if superseded := outline.control.superseded:
            pen.text(self.width / 2, TOP - 28, self.show(superseded, " · "), _SMALL, DANGER, True, "middle")
        self._canvas.doForm(f"foot{self.page}")
        self._feet[self.page] = self.height

    def classified(self) -> None:
        """Say at the foot of the page who may see it."""
        if words := self.outline.control.classification:
            foot = self.height - BOTTOM + 21
            self.pen.text(self.width / 2, foot, self.show(words, " · "), _SMALL, DANGER, True, "middle")

    # What it is, for those who have it read to them

    @property
    def tagged(self) -> bool:
        """Whether the structure is told at all."""
        return self._canvas.tree is not None

    @contextmanager
    def element(self, kind: str, more: str = "") -> Iterator[None]:
        """What is set within the block stands in an element of the structure, in pieces of its own."""
        tree = self._canvas.tree
        if tree is None:
            yield
            return
        element = tree.begin(kind, more)
        yield
        tree.leave(element)

    @contextmanager
    def piece(self, kind: str, more: str = "") -> Iterator[None]:
        """What is drawn within the block is an element of the structure, over as many pages as it takes."""
        tree = self._canvas.tree
        if tree is None:
            yield
            return
        element = tree.begin(kind, more)
        self._marking = True
        self._canvas.begin_piece()
        yield
        self._canvas.end_piece()
        self._marking = False
        tree.leave(element)

    # What is known only later: the pages refer to forms that are drawn at the end

    def page_number_of(self, key: str, right: float, top: float, size: float) -> None:
        """The number of the page on which ``key`` is marked, its right edge at ``right``."""
        name = f"number{len(self._later)}"
        self._canvas.doForm(name)
        self._later.append((name, right, self.height - top, key, size))

    def mark(self, key: str, title: str, level: int) -> None:
        """Mark this place as the target of links and as a bookmark; level 0 is the top."""
        self._canvas.bookmarkHorizontalAbsolute(key, self.height - self.y + 14)
        self._canvas.addOutlineEntry(title.replace("\n", " "), key, level, closed=True)
        self._marked[key] = self.page
        self._level = level

    def mark_within(self, title: str) -> None:
        """A bookmark below that of the heading above it, such as of a group of a table."""
        self._within += 1
        key = f"within{self._within}"
        self._canvas.bookmarkHorizontalAbsolute(key, self.height - self.y + 4)
        self._canvas.addOutlineEntry(title.replace("\n", " "), key, self._level + 1, closed=True)

    def link(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Make an area lead to the place that is marked ``key``; pages that are only looked at lead nowhere."""
        if self._most:
            return
        area = (x, self.height - y - height, x + width, self.height - y)
        self._canvas.links_of_page.append(self._canvas.link_to(key, area))

    def to_sign(self, x: float, y: float, width: float, height: float, who: str) -> None:
        """A field in which somebody signs with a certificate, its upper left corner at ``x``, ``y``."""
        self._canvas.signature_field((x, self.height - y - height, x + width, self.height - y), who)

    def place(self, key: str, y: float) -> None:
        """Mark a place in the text, ``y`` down the page, to which ``lead`` leads; the first of a key counts."""
        if key not in self._places:
            self._places.add(key)
            self._canvas.bookmarkHorizontalAbsolute(key, self.height - y + 4)

    def lead(self, key: str, x: float, y: float, width: float, height: float) -> None:
        """Make an area lead to a place that may come later; where none comes, it leads nowhere."""
        area = (x, self.height - y - height, x + width, self.height - y)
        tree = self._canvas.tree
        self._web.append((self._canvas.links_of_page, key, area, tree.current if tree is not None else None))

    def finish(self) -> bytes:
        """Draw what waited for the last page and return the whole file."""
        for links, key, area, owner in self._web:
            if key in self._places:
                links.append(self._canvas.link_to(key, area, key.partition(" ")[2], owner))
        for name, right, up, key, size in self._later:
            at = str(self._marked.get(key, ""))  # nowhere yet where no more pages are asked for
            self._form(name, right, up, at, size, INK, "end")
        for page, height in self._feet.items():
            words = self.show(said(N_("Page {page} of {pages}"), page=page, pages=self.page), " · ")
            width = A4[1] if height == A4[0] else A4[0]
            self._form(f"foot{page}", width - RIGHT, BOTTOM - 21, words, _SMALL, MUTED, "end")
        return self._canvas.whole()

    def _form(self, name: str, x: float, up: float, text: str, size: float, ink: str, anchor: Anchor) -> None:
        self._canvas.beginForm(name, 0, 0, A4[1], A4[1])
        Pen(self._canvas, up).text(x, 0, text, size, ink, anchor=anchor)
        self._canvas.endForm()
