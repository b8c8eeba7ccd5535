"""The sample's files: small PDFs with a title block and a few paragraphs, and pictures, drawn from its rows."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from sqlalchemy import select

from handover.file_names import safe_name
from handover.model.documents.document import Document
from handover.model.documents.revision import Revision
from handover.model.documents.states import DOCUMENT_PURPOSE
from handover.model.people import Organisation, Person
from handover.model.picks.pick import Pick
from handover.model.system import System
from handover.pack.pdf.fonts import draw_line, faces, legible
from handover.resource import resource
from handover.sample.files import folder
from handover.sample.filling import SampleFilling

_MARGIN, _LINE = 56.0, 15.0
_BODY, _HEADING = 10.5, 12.0


class Papers:
    """Writes files for revisions into a folder."""

    def __init__(self, filling: SampleFilling, to: Path) -> None:
        self._filling, self._to = filling, to
        self._words = tomllib.loads((folder(filling.language) / "papers.toml").read_text(encoding="utf-8"))

    def write(self, revision: str, kind: str) -> Path:
        """Write the file of a revision; returns where it lies."""
        facts = self._facts(revision)
        name = safe_name(f"{facts['number']}_{facts['code']}.{kind}", "file")
        path = self._to / name
        if kind == "png":
            self._picture(path, facts)
        else:
            self._pdf(path, facts)
        return path

    def _facts(self, revision: str) -> dict[str, str]:
        wanted = (
            select(Document.number, Document.title, Pick.word.label("doc_type"), Revision.code, Revision.revision_on,
                   Revision.purpose, Person.name.label("author"), Organisation.name.label("company"),
                   System.code.label("system"))
            .select_from(Revision).join(Document, Document.id == Revision.document_id)
            .outerjoin(Person, Person.id == Document.holder_id)
            .outerjoin(Organisation, Organisation.id == Document.originator_id)
            .outerjoin(System, System.id == Document.system_id)
            .outerjoin(Pick, Pick.id == Document.doc_type_id)
            .where(Revision.id == revision)
        )  # fmt: skip
        with self._filling.workspace.read() as connection:
            row = connection.execute(wanted).one()._asdict()
        row["purpose"] = DOCUMENT_PURPOSE.label(row["purpose"]) if row["purpose"] else None
        return {key: str(value) if value is not None else "–" for key, value in row.items()}

    def _pdf(self, path: Path, facts: dict[str, str]) -> None:
        from reportlab.lib.pagesizes import A4
        from reportlab.pdfgen.canvas import Canvas

        regular = faces()[0]
        canvas = Canvas(str(path), pagesize=A4, invariant=1)
        canvas.setTitle(f"{facts['number']} {facts['title']}")
        sections = self._words.get(facts["doc_type"]) or self._words["other"]
        pages = [list(sections.items())[:2], list(sections.items())[2:]]
        for number, said in enumerate(pages, 1):
            top = self._title_block(canvas, A4, facts, number, len(pages))
            for heading, paragraph in said:
                _line(canvas, _MARGIN, top, heading, _HEADING, strong=True)
                top -= 1.4 * _LINE
                for line in _wrapped(paragraph, A4[0] - 2 * _MARGIN, regular):
                    _line(canvas, _MARGIN, top, line, _BODY)
                    top -= _LINE
                top -= _LINE
            if facts["doc_type"] in self._words["drawn"] and number == 1:
                _layout(canvas, facts["system"], top - 2 * _LINE)
            canvas.showPage()
        canvas.save()

    def _title_block(self, canvas: Any, size: tuple[float, float], facts: dict[str, str], n: int, of: int) -> float:
        """The frame with number, title and revision; returns where the text begins. Any: reportlab's canvas."""
        bold = faces()[1]
        width, height = size
        top, bottom = height - _MARGIN, height - _MARGIN - 92
        canvas.setLineWidth(0.8)
        canvas.rect(_MARGIN, bottom, width - 2 * _MARGIN, top - bottom)
        canvas.line(_MARGIN, bottom + 32, width - _MARGIN, bottom + 32)
        right = width - _MARGIN - 8
        _line(canvas, _MARGIN + 8, top - 16, facts["company"])
        _line(canvas, right, top - 16, f"{self._words['system']}: {facts['system']}", ends=True)
        for k, line in enumerate(_wrapped(facts["title"], width - 2 * _MARGIN - 16, bold, 12)[:2]):
            _line(canvas, _MARGIN + 8, top - 34 - 15 * k, line, 12, strong=True)
        _line(canvas, _MARGIN + 8, bottom + 18, facts["number"])
        said = [f"{self._words['revision']}: {facts['code']}", f"{self._words['date']}: {facts['revision_on']}",
                f"{self._words['prepared']}: {facts['author']}"]  # fmt: skip
        _line(canvas, _MARGIN + 8, bottom + 6, "    ".join(said))
        _line(canvas, right, bottom + 18, facts["purpose"], ends=True)
        _line(canvas, right, bottom + 6, self._words["page"].format(n=n, of=of), ends=True)
        return float(bottom - 32)

    def _picture(self, path: Path, facts: dict[str, str]) -> None:
        """A station with its robots and its name plate, as a phone would take it."""
        from PIL import Image, ImageDraw, ImageFont

        picture = Image.new("RGB", (960, 640), (196, 204, 210))
        draw = ImageDraw.Draw(picture)
        draw.rectangle((0, 440, 960, 640), fill=(128, 132, 136))
        for x in range(60, 960, 180):
            draw.line((x, 440, x - 90, 640), fill=(214, 182, 60), width=6)
        for x in (170, 520, 780):
            draw.rectangle((x, 400, x + 90, 470), fill=(70, 74, 80))
            draw.line((x + 45, 400, x + 20, 270, x + 130, 210), fill=(236, 120, 30), width=26, joint="curve")
            draw.ellipse((x + 116, 196, x + 144, 224), fill=(60, 60, 60))
        draw.rectangle((330, 60, 900, 150), fill=(250, 250, 246), outline=(40, 40, 40), width=3)
        face = ImageFont.truetype(str(resource("fonts", "NotoSansSC-Regular.ttf")), 24)
        draw.text((350, 72), facts["number"], fill=(20, 20, 20), font=face)
        draw.text((350, 106), self._words["photo"].format(number=facts["system"]), fill=(20, 20, 20), font=face)
        picture.save(path)


def _line(
    canvas: Any, x: float, y: float, text: str, size: float = 9.0, *, strong: bool = False, ends: bool = False
) -> None:
    """A line that begins at ``x`` or ends there. Any: reportlab's canvas."""
    text = legible(text)[0]
    draw_line(canvas, x - faces()[strong].width(text, size) if ends else x, y, text, size, strong)


def _layout(canvas: Any, system: str, top: float) -> None:
    """The stations of a line beside its conveyor, with their numbers. Any: reportlab's canvas."""
    across, height = 78.0, 46.0
    canvas.setLineWidth(0.8)
    for row, (bottom, first) in enumerate(((top - height, 10), (top - 3 * height, 60))):
        for n in range(5):
            left = _MARGIN + 10 + n * (across + 14)
            canvas.rect(left, bottom, across, height)
            name = f"{system}-{first + 10 * n}"
            _line(canvas, left + (across - faces()[0].width(name, 8)) / 2, bottom + height / 2 - 3, name, 8)
            canvas.circle(left + 14, bottom + (8 if row == 0 else height - 8), 4)
    middle = top - 1.5 * height
    for y in (middle - 6, middle + 6):
        canvas.line(_MARGIN, y, _MARGIN + 5 * (across + 14) + 10, y)


def _wrapped(text: str, width: float, face: Any, size: float = _BODY) -> list[str]:  # Any: a Face of the pack
    """Lines of a text that fit; words of letters stay whole, Chinese breaks anywhere."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and face.width(line + piece.rstrip(), size) > width:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return [*lines, line.rstrip()]


def _pieces(text: str) -> list[str]:
    found = [""]
    for char in text:
        if char == " " or ord(char) > 0x2E80:
            found[-1] += char
            found.append("")
        else:
            found[-1] += char
    return found
