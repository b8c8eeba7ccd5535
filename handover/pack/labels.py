"""Labels for boxes and papers as a sheet to print: what the thing is called, in words and as a QR code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from handover.errors import NotLawful, NotValid
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.pack.pdf.fonts import draw_line, faces, legible
from handover.pack.pdf.lines import lines_of
from handover.pack.pdf.qr import draw_qr
from handover.registers import show
from handover.registers.declare import Register
from handover.registers.query import Condition, Query, ShownRow, every
from handover.replacing import replacing
from handover.store.workspace import Workspace

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_MM = 72 / 25.4
#: Characters of a code that a label can hold so that a scanner still reads it.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class LabelSheet:
    """A sheet of labels as it is bought; all measures in millimetres of an A4 page."""

    key: str
    across: int
    down: int
    width: float
    height: float
    left: float
    top: float
    between: float = 0.0

    @property
    def labels(self) -> int:
        """How many labels it has."""
        return self.across * self.down


#: The sheets that are sold everywhere, by how many labels they have.
LABEL_SHEETS = (
    LabelSheet("14", 2, 7, 99.1, 38.1, 4.65, 15.15, 2.5),
    LabelSheet("8", 2, 4, 99.1, 67.7, 4.65, 13.1, 2.5),
    LabelSheet("24", 3, 8, 70.0, 37.0, 0.0, 0.5),
)


@dataclass(frozen=True, slots=True)
class PaperLabel:
    """What a label says: its code, which the QR code holds, the name, and small print."""

    code: str
    name: str
    lines: tuple[str, ...] = ()


def label_sheet(key: str) -> LabelSheet:
    """A sheet by its key. Raises NotValid, naming those that there are."""
    for sheet in LABEL_SHEETS:
        if sheet.key == key:
            return sheet
    keys = ", ".join(sheet.key for sheet in LABEL_SHEETS)
    raise NotValid(N_("“{value}” is not one of: {allowed}."), value=key, allowed=keys)


def labels_of(
    workspace: Workspace, register: Register, project_id: str, ids: Sequence[str] | None = None
) -> list[PaperLabel]:
    """The labels of rows by their keys, in the order of the register; of all rows with None.

    Raises:
        NotLawful: rows of the register have no labels.
    """
    if not register.on_label:
        raise NotLawful(N_("Rows of {register} have no labels."), register=register.label)
    fields = [register[key] for key in register.on_label]
    where = () if ids is None else (Condition("id", "is", tuple(ids)),)
    with workspace.read() as connection:
        return [_label(register, row) for row in every(connection, register, project_id, Query(where=where), fields)]


def write_labels(
    labels: Sequence[PaperLabel],
    path: Path,
    sheet: LabelSheet = LABEL_SHEETS[0],
    *,
    first: int = 1,
    progress: Progress = unattended,
) -> int:
    """Write labels as a PDF of A4 sheets; returns how many sheets.

    Args:
        first: the place on the first sheet that the first label takes, where others were used before.

    Raises:
        NotValid: there are no labels, no such place, or a code too long for a label.
        HandoverError: the file can't be written. Cancelled: the user stopped it.
    """
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    if not labels:
        raise NotValid(N_("There is nothing to print a label for."))
    if not 1 <= first <= sheet.labels:
        raise NotValid(N_("This sheet has {n} labels; begin with one of them."), n=sheet.labels)
    for label in labels:
        if len(label.code) > _LONGEST:
            raise NotValid(N_("“{code}” is too long for a label."), code=label.code[:60])
    with replacing(path) as part:
        canvas = Canvas(str(part), pagesize=A4, invariant=1)
        canvas.setTitle(tr("Labels"))
        for at, label in enumerate(labels, first - 1):
            step(progress, at, len(labels), tr("Writing {file}", file=path.name))
            if at >= sheet.labels and at % sheet.labels == 0:
                canvas.showPage()
            _draw(canvas, label, sheet, at % sheet.labels, A4[1])
        canvas.showPage()
        canvas.save()
    return (first - 1 + len(labels) + sheet.labels - 1) // sheet.labels


def _label(register: Register, row: ShownRow) -> PaperLabel:
    fields = [register[key] for key in register.on_label]
    texts = ["" if value is None else show.text(field, value) for field, value in zip(fields, row.values, strict=True)]
    small = " · ".join(f"{field.label} {text}" for field, text in zip(fields[2:], texts[2:], strict=True) if text)
    return PaperLabel(texts[0] or row.ref, texts[1], tuple(filter(None, (small, row.ref if texts[0] else ""))))


def _draw(canvas: Canvas, label: PaperLabel, sheet: LabelSheet, at: int, high: float) -> None:
    """One label: its QR code at the left, its words beside it."""
    down, across = divmod(at, sheet.across)
    left = (sheet.left + across * (sheet.width + sheet.between)) * _MM
    top = high - (sheet.top + down * sheet.height) * _MM
    side = min(sheet.height - 8, sheet.width * 0.36) * _MM
    bottom = top - sheet.height * _MM + (sheet.height * _MM - side) / 2
    draw_qr(canvas, label.code, left + 4 * _MM, bottom, side)
    bold = faces()[1]
    room = sheet.width * _MM - side - 11 * _MM
    x, y = left + side + 7 * _MM, bottom + side - 12
    size = next((s for s in (13.0, 11.0, 9.0, 7.5) if bold.width(label.code, s) <= room), 6.5)
    for line in lines_of(legible(label.code)[0], room, size, strong=True)[:2]:
        draw_line(canvas, x, y, line, size, strong=True)
        y -= size * 1.3
    for text, height in ((label.name, 8.5), *((line, 7.0) for line in label.lines)):
        for line in lines_of(legible(text)[0], room, height)[:3]:
            if y < bottom:
                return
            draw_line(canvas, x, y, line, height)
            y -= height * 1.35
