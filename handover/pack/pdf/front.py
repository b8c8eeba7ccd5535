"""Sets what comes first in a pack: its cover and its contents."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Sequence
from dataclasses import dataclass

from handover.clock import zone_of
from handover.i18n import N_
from handover.jobs import unattended
from handover.pack.blocks.signing import Party
from handover.pack.meter import Meter
from handover.pack.outline import Fact, Facts, PackOutline, Section, TableBlock, TableColumn, numbered
from handover.pack.packs.controlled import RevisionLine
from handover.pack.pdf.blocks import facts
from handover.pack.pdf.fit import fit
from handover.pack.pdf.lines import lines_of
from handover.pack.pdf.page import Press
from handover.pack.pdf.style import A4, ACCENT, BOTTOM, DANGER, INK, LEFT, LINE, MUTED, PALE, SMALL, SMALL_LEADING, TEXT
from handover.pack.pdf.table import TableSetter
from handover.pack.values import long_date
from handover.values import print_forms
from handover.wording import Text, Words, said

CONTENTS = "contents"
#: The most room of a company's sign on the cover.
_LOGO = (150.0, 36.0)


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """A heading with its number in the pack, such as 3.2."""

    section: Section
    count: str


def entries_of(outline: PackOutline) -> list[ContentsLine]:
    """The sections with their numbers, annexes with letters; a level that is skipped counts as 1."""
    counts = {False: [0, 0, 0], True: [0, 0, 0]}
    found = []
    for section in outline.sections:
        level = min(max(section.level, 1), 3)
        count = counts[section.annex]
        count[level - 1] += 1
        count[level:] = [0] * (3 - level)
        first = _letters(max(count[0], 1)) if section.annex else str(max(count[0], 1))
        found.append(ContentsLine(section, ".".join((first, *(str(max(n, 1)) for n in count[1:level])))))
    return found


def _letters(n: int) -> str:
    """A, B, … Z, AA, AB …"""
    found = ""
    while n:
        n, rest = divmod(n - 1, 26)
        found = chr(ord("A") + rest) + found
    return found


# The cover ---------------------------------------------------------------------------------------------------------


def cover(press: Press) -> None:
    """The first page: what document it is, of which project, between whom, in which edition."""
    outline = press.outline
    press.bare_page(landscape=False)
    press.pen.box(0, 0, 9, A4[1], fill=ACCENT)
    with press.piece("P"):
        _named(press)
    facts(press, Facts(_cover_facts(outline), columns=1))
    with press.piece("P"):
        _below(press)
    press.classified()
    _source(press)


def _named(press: Press) -> None:
    """What document it is, of which project."""
    outline, pen = press.outline, press.pen
    _logos(press)
    press.y = 70.0
    pen.text(press.right, press.y, press.show(outline.number), TEXT, MUTED, anchor="end")
    if outline.control.superseded:
        _stamp(press, said(N_("SUPERSEDED")))
    elif outline.draft:
        _stamp(press, said(N_("DRAFT")))
    press.down(92)
    _title(press, outline.title, 32.0)
    if outline.subtitle:
        press.down(4)
        _title(press, outline.subtitle, 13.0)
    press.down(18)
    pen.rule(LEFT, LEFT + 72, press.y, ACCENT, 2.4)
    press.down(26)
    lines = press.at_most(3, press.show(outline.cover.project), press.breadth, 19.0, True)
    press.down(pen.lines(LEFT, press.y, lines, 19.0, 27.0, INK, True))
    press.down(4)
    pen.text(LEFT, press.y, press.cut(press.show(outline.cover.code), press.breadth, 11.0), 11.0, MUTED)
    press.down(42)


def _below(press: Press) -> None:
    """What the cover says besides, and between whom it is."""
    outline, pen = press.outline, press.pen
    if outline.control.text:
        press.down(6)
        words = press.at_most(4, press.show(outline.control.text), press.breadth, TEXT)
        press.down(pen.lines(LEFT, press.y, words, TEXT, 14.0, INK))
    parties = outline.cover.parties[:4]
    _parties(press, parties, max(press.y + 14, A4[1] - BOTTOM - 96 * ((len(parties) + 1) // 2) - 34))


def _logos(press: Press) -> None:
    """The signs of both sides, one at either margin."""
    for at, logo in enumerate(press.outline.control.logos[:2]):
        scale = min(_LOGO[0] / logo.width, _LOGO[1] / logo.height)
        width, height = logo.width * scale, logo.height * scale
        press.pen.picture(LEFT if at == 0 else press.right - width, 20.0, width, height, b64decode(logo.png))


def _stamp(press: Press, said_on_it: Words) -> None:
    """The mark of what isn't issued, or not in force any more, where a stamp would be."""
    words = press.show(said_on_it, "  ")
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
    control = outline.control
    more = (
        Fact(said(N_("About")), control.scope),
        Fact(said(N_("Issued for")), control.purpose),
        Fact(said(N_("Made for")), control.audience),
        Fact(said(N_("Classification of the pack")), control.classification),
    )
    return own + tuple(fact for fact in more if fact.value) + outline.cover.facts[:5]


def _parties(press: Press, parties: Sequence[Party], top: float) -> None:
    gap = 16.0
    width = (press.breadth - gap) / 2
    for n, party in enumerate(parties):
        x, y = LEFT + n % 2 * (width + gap), top + n // 2 * 96
        press.pen.box(x, y, width, 84, fill=PALE)
        press.pen.rule(x, x + width, y, ACCENT, 1.4)
        side = press.cut(press.show(party.side, "  "), width - 20, SMALL)
        press.pen.text(x + 10, y + 11, side, SMALL, MUTED)
        lines = press.at_most(2, press.show(party.organisation), width - 20, 11.0, True)
        press.pen.lines(x + 10, y + 26, lines, 11.0, 16.0, INK, True)


def _source(press: Press) -> None:
    if not press.outline.source:
        return
    made = press.outline.made_at
    moment = f"{made.date().isoformat()} {made:%H:%M} {zone_of(made)}".rstrip()
    words = said(N_("Made from “{file}” on {moment}."), file=press.outline.source, moment=moment)
    top = A4[1] - BOTTOM - 4
    press.pen.rule(LEFT, press.right, top - 8, LINE)
    press.pen.text(LEFT, top, press.cut(press.show(words, "  "), press.breadth, 7.5), 7.5, MUTED)


# The contents ------------------------------------------------------------------------------------------------------


def contents(press: Press, entries: Sequence[ContentsLine]) -> None:
    """A line for each heading of the first two levels, with its page, all of it a link."""
    press.turn(landscape=False)
    title = said(N_("Contents of the pack"))
    press.mark(CONTENTS, press.show(title, " "), 0)
    chinese, _, english = press.show(title).partition("\n")
    with press.piece("P"):
        press.pen.text(LEFT, press.y, chinese, 18.0, INK, True)
        if english:
            press.pen.text(LEFT + press.pen.width(chinese, 18.0, True) + 10, press.y + 7, english, 10.0, MUTED)
    press.down(34)
    press.pen.rule(LEFT, press.right, press.y - 8, ACCENT, 1.2)
    annexes = False
    with press.element("TOC"):
        for entry in entries:
            if entry.section.level <= 2:
                if entry.section.annex and not annexes:
                    annexes = True
                    with press.piece("TOCI"):
                        _annexes(press)
                with press.piece("TOCI"):
                    _entry(press, entry)


def _annexes(press: Press) -> None:
    """The line between the chapters and what stands behind the signatures."""
    press.need(60)
    press.down(16)
    press.pen.text(LEFT, press.y, press.show(said(N_("Annexes")), "  "), 10.5, MUTED, True)
    press.down(16)
    press.pen.rule(LEFT, press.right, press.y, LINE)


def controlled(press: Press) -> None:
    """Who answers for the document, what it is for and who gets it, and its editions; nothing where none is said."""
    control = press.outline.control
    told = (
        Fact(said(N_("Kind of pack")), control.kind),
        Fact(said(N_("Prepared by")), control.prepared),
        Fact(said(N_("Checked by")), control.checked),
        Fact(said(N_("Approved by")), control.approved),
        Fact(said(N_("Issued for")), control.purpose),
        Fact(said(N_("Classification of the pack")), control.classification),
        Fact(said(N_("Distribution")), "\n".join(control.distribution)),
    )
    filled = tuple(fact for fact in told if fact.value)
    if len(filled) < 2 and not control.revisions:
        return
    press.need(120 + 15 * len(control.revisions))
    press.down(26)
    with press.piece("P"):
        press.pen.text(LEFT, press.y, press.show(said(N_("Document control")), "  "), 13.0, INK, True)
    press.down(22)
    facts(press, Facts(filled))
    if control.revisions:
        table = _revisions(control.revisions)
        rows = list(table.rows)
        TableSetter(press, table, rows, fit(table, rows, press.language)).draw(Meter(unattended, 0, ""))


def _revisions(revisions: Sequence[RevisionLine]) -> TableBlock:
    columns = (
        TableColumn("edition", said(N_("Edition")), print_forms.NUMBER, rank=1),
        TableColumn("day", said(N_("Date")), print_forms.DAY, rank=1),
        TableColumn("purpose", said(N_("Issued for"))),
        TableColumn("by", said(N_("Issued by"))),
        TableColumn("changes", said(N_("What it changed")), print_forms.LONG, 2.0),
        TableColumn("state", said(N_("Status"))),
    )
    rows = tuple((r.edition, r.day, r.purpose, r.by, r.changes, r.state) for r in revisions)
    return TableBlock("revisions-of-pack", said(N_("Revisions")), columns, rows, len(rows))


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
