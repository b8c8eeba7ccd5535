"""Sets the page that is signed: what is confirmed, what is bound to it, who signs for whom, what each chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from handover.i18n import N_
from handover.pack.blocks.signing import Party, SignatureLine, SignOff
from handover.pack.outline import numbered
from handover.pack.pdf.lines import lines_of
from handover.pack.pdf.page import Press
from handover.pack.pdf.style import (
    ACCENT,
    INK,
    LEFT,
    LINE,
    MUTED,
    PALE,
    SMALL,
    SMALL_LEADING,
    TEXT,
    TEXT_LEADING,
)
from handover.wording import Words, said

_GAP = 24.0
_HEAD = 58.0
_NAME = 12.0
#: The heights within a signatory's field: role, name, position and date, signature.
_ROLE, _FIELD, _SIGNATURE, _AFTER = 15.0, 20.0, 32.0, 8.0
_SIGNATORY = _ROLE + 3 * _FIELD + _SIGNATURE + _AFTER
_REMARK, _SEAL = 20.0, 56.0
#: The QR code, and the tick that stands before a choice.
_QR, _TICK, _CHOICE = 74.0, 8.0, 13.0
_FINE = SMALL - 0.5
_LABELS = (N_("Name (in print)"), N_("Position held"), N_("Signature"), N_("Date signed"))


def sign_off(press: Press, block: SignOff) -> None:
    """The parties side by side, two in a line; on one page where a page can hold it."""
    while block.remarks and height_of(press, block) > press.room:  # it stays under its heading
        block = replace(block, remarks=block.remarks - 1)
    press.need(height_of(press, block))
    if block.declaration:
        press.down(press.pen.lines(LEFT, press.y, _declaration(press, block), TEXT, TEXT_LEADING))
        press.down(10)
    if block.identified:
        _identity(press, block)
    if block.passes:
        press.down(press.pen.lines(LEFT, press.y, _passes(press, block), TEXT, TEXT_LEADING, INK, True) + 8)
    for at in range(0, len(block.parties), 2):
        _pair(press, block.parties[at : at + 2], block)


def height_of(press: Press, block: SignOff) -> float:
    """The height of the whole block in points."""
    height = len(_declaration(press, block)) * TEXT_LEADING + 10 if block.declaration else 0.0
    height += _QR + 10 if block.identified else 0.0
    height += len(_passes(press, block)) * TEXT_LEADING + 8 if block.passes else 0.0
    for at in range(0, len(block.parties), 2):
        height += _pair_height(press, block.parties[at : at + 2], block)
    return height


def _passes(press: Press, block: SignOff) -> Sequence[str]:
    return lines_of(press.show(block.passes, "\n"), press.breadth, TEXT, True)


def _identity(press: Press, block: SignOff) -> None:
    """What is signed: number, edition and the files that belong to it, by their checksums, also as a QR code."""
    outline, pen, top = press.outline, press.pen, press.y
    pen.box(LEFT, top, press.breadth, _QR, fill=PALE, radius=3)
    left = LEFT + 10
    number = press.show(numbered(outline), " ")
    edition = said(N_("Edition {edition}"), edition=outline.edition)
    name = number if outline.draft else f"{number}   {press.show(edition, ' · ')}"
    pen.text(left, top + 9, press.cut(name, press.breadth - _QR - 20, TEXT + 1, True), TEXT + 1, INK, True)
    y = top + 27
    if not block.bound:
        words = said(N_("No other file is bound to this page."))
        pen.text(left, y, press.cut(press.show(words, "  "), press.breadth - _QR - 20, SMALL), SMALL, MUTED)
    for mark in block.bound[:3]:
        room = press.breadth - _QR - 20
        pen.text(left, y, press.cut(f"{press.show(mark.what, ' ')}: {mark.name}", room, SMALL), SMALL, MUTED)
        pen.text(left, y + 10, f"SHA-256 {mark.short} …", SMALL, INK)
        y += 22
    pen.qr(press.right - _QR, top, _QR, _coded(outline.number, outline.edition, block))
    press.down(_QR + 10)


def _coded(number: str, edition: int, block: SignOff) -> str:
    """What the QR code holds: the number, the edition and the full checksums."""
    return "\n".join((f"{number} / {edition}", *(f"{mark.name[:80]} {mark.sha256}" for mark in block.bound[:3])))


def _declaration(press: Press, block: SignOff) -> Sequence[str]:
    return lines_of(press.show(block.declaration, "\n"), press.breadth, TEXT)


def _pair_height(press: Press, parties: Sequence[Party], block: SignOff) -> float:
    most = max(len(party.signatories) for party in parties)
    return _HEAD + _choices_height(press, block) + most * _SIGNATORY + _foot(block.remarks) + 14


def _choice_lines(press: Press, block: SignOff) -> list[Sequence[str]]:
    width = (press.breadth - _GAP) / 2
    return [lines_of(press.show(choice, "  "), width - _TICK - 6, SMALL) for choice in block.choices]


def _choices_height(press: Press, block: SignOff) -> float:
    return sum(len(lines) * _CHOICE for lines in _choice_lines(press, block)) + (6 if block.choices else 0)


def _choices(press: Press, block: SignOff, x: float) -> None:
    """What a party chooses from, each with a box to tick."""
    y = press.y
    for lines in _choice_lines(press, block):
        press.pen.box(x, y + 2, _TICK, _TICK, stroke=INK, line_width=0.8)
        press.pen.lines(x + _TICK + 6, y, lines, SMALL, _CHOICE)
        y += len(lines) * _CHOICE


def _foot(remarks: int) -> float:
    return _SEAL + (18 + remarks * _REMARK if remarks else 0.0)


def _pair(press: Press, parties: Sequence[Party], block: SignOff) -> None:
    width, remarks = (press.breadth - _GAP) / 2, block.remarks
    press.need(_HEAD + _choices_height(press, block) + _SIGNATORY)
    for i, party in enumerate(parties):
        _head(press, party, LEFT + i * (width + _GAP), width)
    press.down(_HEAD)
    if block.choices:
        for i in range(len(parties)):
            _choices(press, block, LEFT + i * (width + _GAP))
        press.down(_choices_height(press, block))
    for n in range(max(len(party.signatories) for party in parties)):
        press.need(_SIGNATORY)
        for i, party in enumerate(parties):
            if n < len(party.signatories):
                _signatory(press, party.signatories[n], LEFT + i * (width + _GAP), width)
        press.down(_SIGNATORY)
    press.need(_foot(remarks))
    for i in range(len(parties)):
        _remarks_and_seal(press, remarks, LEFT + i * (width + _GAP), width)
    press.down(_foot(remarks) + 14)


def _head(press: Press, party: Party, x: float, width: float) -> None:
    pen, top = press.pen, press.y
    pen.box(x, top, width, _HEAD - 8, fill=PALE)
    pen.rule(x, x + width, top, ACCENT, 1.4)
    pen.text(x + 8, top + 7, press.cut(press.show(party.side, " "), width - 16, SMALL), SMALL, MUTED)
    lines = lines_of(press.show(party.organisation), width - 16, TEXT + 1, True)
    kept = [*lines[:1], *(press.cut(" ".join(lines[1:]), width - 16, TEXT + 1, True) for _ in lines[1:2])]
    pen.lines(x + 8, top + 20, kept, TEXT + 1, _NAME, INK, True)


def _signatory(press: Press, signatory: SignatureLine, x: float, width: float) -> None:
    top = press.y + 3
    press.pen.text(x, top, press.cut(press.show(signatory.role, " "), width, TEXT, True), TEXT, INK, True)
    bottom = top + _ROLE
    labels = [said(x) for x in _LABELS]
    start = max(press.pen.width(line, _FINE) for label in labels for line in press.show(label).split("\n")) + 6
    start = min(start, width * 0.6)
    heights = (_FIELD, _FIELD, _SIGNATURE, _FIELD)
    position = ", ".join(filter(None, (signatory.position, signatory.organisation)))
    signed = press.show(signatory.name) if signatory.signed_on is not None and not signatory.strokes else ""
    day = f"{signatory.signed_on:%Y-%m-%d}" if signatory.signed_on is not None else ""
    values = (signatory.name, position, signed, day)
    for label, value, height in zip(labels, values, heights, strict=True):
        bottom += height
        _field(press, label, value, x, bottom, start, width)
        if height == _SIGNATURE and signatory.signed_on is None:
            who = " – ".join(filter(None, (press.show(signatory.role, " / "), signatory.name)))
            press.to_sign(x + start, bottom - height + 2, width - start, height - 2, who)
        if height == _SIGNATURE:
            _drawn(press, signatory, x + start + 2, bottom, width - start - 4)


def _field(press: Press, label: Words, value: str, x: float, bottom: float, start: float, width: float) -> None:
    """A line to write on with its label before it; in both languages the labels stand under each other."""
    lines = [press.cut(line, start - 4, _FINE) for line in press.show(label).split("\n")]
    pitch = SMALL_LEADING - 2.5
    press.pen.lines(x, bottom - len(lines) * pitch, lines, _FINE, pitch, MUTED)
    if value:
        room = width - start - 2
        press.pen.text(x + start + 2, bottom - TEXT - 3, press.cut(press.show(value), room, TEXT), TEXT, INK)
    press.pen.rule(x + start, x + width, bottom, INK, 0.6)


def _drawn(press: Press, signatory: SignatureLine, x: float, bottom: float, room: float) -> None:
    """A signature as it was drawn, over its line; its field is four times as broad as it is high."""
    scale = min(room, (_SIGNATURE - 4) * 4)
    top = bottom - scale / 4 - 1
    for stroke in signatory.strokes:
        points = [(x + px * scale, top + py * scale) for px, py in stroke]
        press.pen.path(points if len(points) > 1 else [*points, (points[0][0] + 0.5, points[0][1])], INK, 1.0)


def _remarks_and_seal(press: Press, remarks: int, x: float, width: float) -> None:
    pen, top = press.pen, press.y
    if remarks:
        words = press.cut(press.show(said(N_("Remarks and reservations")), " "), width, SMALL)
        pen.text(x, top + 4, words, SMALL, MUTED)
        for n in range(remarks):
            pen.rule(x, x + width, top + 18 + (n + 1) * _REMARK - 2, LINE, 0.6)
        top += 18 + remarks * _REMARK
    pen.box(x, top + 10, width, _SEAL - 10, stroke=LINE, radius=3)
    pen.text(x + 8, top + 17, press.cut(press.show(said(N_("Company seal")), " "), width - 16, SMALL), SMALL, MUTED)
