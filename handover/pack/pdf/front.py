"""Sets what comes first in a pack: its cover and its contents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from handover.clock import zone_of
from handover.i18n import N_
from handover.pack.outline import Fact, Facts, PackOutline, Party, Section, numbered
from handover.pack.pdf.blocks import facts
from handover.pack.pdf.lines import cut_to, lines_of
from handover.pack.pdf.page import Press
from handover.pack.pdf.style import A4, ACCENT, BOTTOM, DANGER, INK, LEFT, LINE, MUTED, PALE, SMALL, SMALL_LEADING, TEXT
from handover.pack.values import long_date
from handover.wording import Text, Words, said

CONTENTS = "contents"


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A heading with its number in the pack, such as 3.2."""

    section: Section
    count: str


def entries_of(outline: PackOutline) -> list[ContentsLine]:
    """The sections with their numbers; a level that is skipped counts as 1."""
    counts = [0, 0, 0]
    found = []
    for section in outline.sections:
        level = min(max(section.level, 1), 3)
        counts[level - 1] += 1
        counts[level:] = [0] * (3 - level)
        found.append(ContentsLine(section, ".".join(str(max(n, 1)) for n in counts[:level])))
    return found


# The cover ---------------------------------------------------------------------------------------------------------


def cover(press: Press) -> None:
    """The first page: what document it is, of which project, between whom, in which edition."""
    outline = press.outline
    press.bare_page(landscape=False)
    pen = press.pen
    pen.box(0, 0, 9, A4[1], fill=ACCENT)
    press.y = 70.0
    pen.text(press.right, press.y, press.show(outline.number), TEXT, MUTED, anchor="end")
    if outline.draft:
        _draft(press)
    press.down(92)
    _title(press, outline.title, 32.0)
    if outline.subtitle:
        press.down(4)
        _title(press, outline.subtitle, 13.0)
    press.down(18)
    pen.rule(LEFT, LEFT + 72, press.y, ACCENT, 2.4)
    press.down(26)
    lines = lines_of(press.show(outline.cover.project), press.breadth, 19.0, True)[:4]
    press.down(pen.lines(LEFT, press.y, lines, 19.0, 27.0, INK, True))
    press.down(4)
    pen.text(LEFT, press.y, cut_to(press.show(outline.cover.code), press.breadth, 11.0), 11.0, MUTED)
    press.down(42)
    facts(press, Facts(_cover_facts(outline), columns=1))
    parties = outline.cover.parties[:4]
    _parties(press, parties, max(press.y + 14, A4[1] - BOTTOM - 96 * ((len(parties) + 1) // 2) - 34))
    _source(press)


def _draft(press: Press) -> None:
    """The mark of what isn't issued, where a stamp would be."""
    words = press.show(said(N_("DRAFT")), "  ")
    width = press.pen.width(words, 15.0, True) + 24
    press.pen.box(LEFT, press.y - 8, width, 30, fill="", stroke=DANGER, radius=4, line_width=1.6)
    press.pen.text(LEFT + 12, press.y - 1, words, 15.0, DANGER, True)


def _title(press: Press, words: Words, size: float) -> None:
    """A title; in both languages the English one stands smaller under the Chinese one."""
    both = press.language == "both" and isinstance(words, Text) and words.en != words.zh
    first, _, second = press.show(words).partition("\n") if both else (press.show(words, " "), "", "")
    while size > 14 and len(lines_of(first, press.breadth, size, True)) > 2:
        size -= 2
    strong = size > 14
    ink = INK if strong else MUTED
    lines = lines_of(first, press.breadth, size, strong)
    press.down(press.pen.lines(LEFT, press.y, lines, size, size * 1.32, ink, strong))
    if second:
        under = max(size * 0.5, 10.0)
        press.down(
            press.pen.lines(LEFT, press.y + 2, lines_of(second, press.breadth, under), under, under * 1.5, MUTED)
        )


def _cover_facts(outline: PackOutline) -> tuple[Fact, ...]:
    day = long_date(outline.made_at.date(), outline.language)
    own = (
        Fact(said(N_("Number of the pack")), numbered(outline)),
        *(() if outline.draft else (Fact(said(N_("Pack edition")), outline.edition),)),
        Fact(said(N_("As of")), day),
    )
    return own + outline.cover.facts[:7]


def _parties(press: Press, parties: Sequence[Party], top: float) -> None:
    gap = 16.0
    width = (press.breadth - gap) / 2
    for n, party in enumerate(parties):
        x, y = LEFT + n % 2 * (width + gap), top + n // 2 * 96
        press.pen.box(x, y, width, 84, fill=PALE)
        press.pen.rule(x, x + width, y, ACCENT, 1.4)
        side = cut_to(press.show(party.side, "  "), width - 20, SMALL)
        press.pen.text(x + 10, y + 11, side, SMALL, MUTED)
        lines = lines_of(press.show(party.organisation), width - 20, 11.0, True)[:3]
        press.pen.lines(x + 10, y + 26, lines, 11.0, 16.0, INK, True)


def _source(press: Press) -> None:
    if not press.outline.source:
        return
    made = press.outline.made_at
    moment = f"{made.date().isoformat()} {made:%H:%M} {zone_of(made)}".rstrip()
    words = said(N_("Made from “{file}” on {moment}."), file=press.outline.source, moment=moment)
    top = A4[1] - BOTTOM - 4
    press.pen.rule(LEFT, press.right, top - 8, LINE)
    press.pen.text(LEFT, top, cut_to(press.show(words, "  "), press.breadth, 7.0), 7.0, MUTED)


# The contents ------------------------------------------------------------------------------------------------------


def contents(press: Press, entries: Sequence[ContentsLine]) -> None:
    """A line for each heading of the first two levels, with its page, all of it a link."""
    press.turn(landscape=False)
    title = said(N_("Contents of the pack"))
    press.mark(CONTENTS, press.show(title, " "), 0)
    chinese, _, english = press.show(title).partition("\n")
    press.pen.text(LEFT, press.y, chinese, 18.0, INK, True)
    if english:
        press.pen.text(LEFT + press.pen.width(chinese, 18.0, True) + 10, press.y + 7, english, 10.0, MUTED)
    press.down(34)
    press.pen.rule(LEFT, press.right, press.y - 8, ACCENT, 1.2)
    for entry in entries:
        if entry.section.level <= 2:
            _entry(press, entry)


def _entry(press: Press, entry: ContentsLine) -> None:
    top_level = entry.section.level <= 1
    size = 10.5 if top_level else TEXT
    pitch = size * 1.6
    indent = 0.0 if top_level else 26.0
    at = LEFT + indent + (26 if top_level else 32)
    first, _, second = press.show(entry.section.title).partition("\n")
    lines = lines_of(first, press.right - 40 - at, size, top_level)
    under = lines_of(second, press.right - 40 - at, SMALL) if second else ()
    before = 9.0 if top_level else 1.0
    height = len(lines) * pitch + len(under) * SMALL_LEADING
    press.need(before + height)
    press.down(before)
    top = press.y
    press.link(entry.section.key, LEFT + indent, top, press.right - LEFT - indent, height)
    ink = ACCENT if top_level else MUTED
    press.pen.text(LEFT + indent, top + (pitch - size) / 2, entry.count, size, ink, top_level)
    press.pen.lines(at, top, lines, size, pitch, INK, top_level)
    press.pen.lines(at, top + len(lines) * pitch, under, SMALL, SMALL_LEADING, MUTED)
    last = top + (len(lines) - 1) * pitch
    start = at + press.pen.width(lines[-1], size, top_level) + 8
    if press.right - 30 > start:
        press.pen.path(((start, last + pitch * 0.72), (press.right - 26, last + pitch * 0.72)), LINE, 0.6, (0.6, 2.4))
    press.page_number_of(entry.section.key, press.right, last + (pitch - size) / 2, size)
    press.down(height)
