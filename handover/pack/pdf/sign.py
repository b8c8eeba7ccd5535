"""Sets the page that both sides sign: what is confirmed, who signs for whom, and room for remarks and a seal."""

from __future__ import annotations

from collections.abc import Sequence

from handover.i18n import N_
from handover.pack.outline import Party, SignatureLine, SignOff
from handover.pack.pdf.lines import cut_to, lines_of
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
_ROLE, _FIELD, _SIGNATURE, _AFTER = 16.0, 22.0, 38.0, 13.0
_SIGNATORY = _ROLE + 3 * _FIELD + _SIGNATURE + _AFTER
_REMARK, _SEAL = 22.0, 76.0
_FINE = SMALL - 0.5
_LABELS = (N_("Name (in print)"), N_("Position held"), N_("Signature"), N_("Date signed"))


def sign_off(press: Press, block: SignOff) -> None:
    """The parties side by side, two in a line; on one page where a page can hold it."""
    press.need(height_of(press, block))
    if block.declaration:
        press.down(press.pen.lines(LEFT, press.y, _declaration(press, block), TEXT, TEXT_LEADING))
        press.down(12)
    for at in range(0, len(block.parties), 2):
        _pair(press, block.parties[at : at + 2], block.remarks)


def height_of(press: Press, block: SignOff) -> float:
    """The height of the whole block in points."""
    height = len(_declaration(press, block)) * TEXT_LEADING + 12 if block.declaration else 0.0
    for at in range(0, len(block.parties), 2):
        height += _pair_height(block.parties[at : at + 2], block.remarks)
    return height


def _declaration(press: Press, block: SignOff) -> Sequence[str]:
    return lines_of(press.show(block.declaration, "\n"), press.breadth, TEXT)


def _pair_height(parties: Sequence[Party], remarks: int) -> float:
    most = max(len(party.signatories) for party in parties)
    return _HEAD + most * _SIGNATORY + _foot(remarks) + 14


def _foot(remarks: int) -> float:
    return _SEAL + (18 + remarks * _REMARK if remarks else 0.0)


def _pair(press: Press, parties: Sequence[Party], remarks: int) -> None:
    width = (press.breadth - _GAP) / 2
    press.need(_HEAD + _SIGNATORY)
    for i, party in enumerate(parties):
        _head(press, party, LEFT + i * (width + _GAP), width)
    press.down(_HEAD)
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
    pen.text(x + 8, top + 7, cut_to(press.show(party.side, " "), width - 16, SMALL), SMALL, MUTED)
    lines = lines_of(press.show(party.organisation), width - 16, TEXT + 1, True)
    kept = [*lines[:1], *(cut_to(" ".join(lines[1:]), width - 16, TEXT + 1, True) for _ in lines[1:2])]
    pen.lines(x + 8, top + 20, kept, TEXT + 1, _NAME, INK, True)


def _signatory(press: Press, signatory: SignatureLine, x: float, width: float) -> None:
    top = press.y + 3
    press.pen.text(x, top, cut_to(press.show(signatory.role, " "), width, TEXT, True), TEXT, INK, True)
    bottom = top + _ROLE
    labels = [said(x) for x in _LABELS]
    start = max(press.pen.width(line, _FINE) for label in labels for line in press.show(label).split("\n")) + 6
    start = min(start, width * 0.6)
    heights = (_FIELD, _FIELD, _SIGNATURE, _FIELD)
    signed = press.show(signatory.name) if signatory.signed_on is not None and not signatory.strokes else ""
    day = f"{signatory.signed_on:%Y-%m-%d}" if signatory.signed_on is not None else ""
    values = (signatory.name, signatory.position, signed, day)
    for label, value, height in zip(labels, values, heights, strict=True):
        bottom += height
        _field(press, label, value, x, bottom, start, width)
        if height == _SIGNATURE:
            _drawn(press, signatory, x + start + 2, bottom, width - start - 4)


def _field(press: Press, label: Words, value: str, x: float, bottom: float, start: float, width: float) -> None:
    """A line to write on with its label before it; in both languages the labels stand under each other."""
    lines = [cut_to(line, start - 4, _FINE) for line in press.show(label).split("\n")]
    pitch = SMALL_LEADING - 2.5
    press.pen.lines(x, bottom - len(lines) * pitch, lines, _FINE, pitch, MUTED)
    if value:
        room = width - start - 2
        press.pen.text(x + start + 2, bottom - TEXT - 3, cut_to(press.show(value), room, TEXT), TEXT, INK)
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
        words = cut_to(press.show(said(N_("Remarks and reservations")), " "), width, SMALL)
        pen.text(x, top + 4, words, SMALL, MUTED)
        for n in range(remarks):
            pen.rule(x, x + width, top + 18 + (n + 1) * _REMARK - 2, LINE, 0.6)
        top += 18 + remarks * _REMARK
    pen.box(x, top + 10, width, _SEAL - 10, stroke=LINE, radius=3)
    pen.text(x + 8, top + 17, cut_to(press.show(said(N_("Company seal")), " "), width - 16, SMALL), SMALL, MUTED)
