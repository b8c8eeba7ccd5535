"""The canvas that pages are drawn on: reportlab's, with page content written straight and packed page by page.

Reportlab formats each number, escapes each text and wraps each page in ASCII85, which is half of the time that a long
register takes; and it holds all pages unpacked until the end.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from reportlab import rl_config
from reportlab.lib.colors import Color
from reportlab.pdfbase import pdfdoc
from reportlab.pdfbase.pdfmetrics import getFont
from reportlab.pdfgen.canvas import Canvas

from handover.pack.pdf.archival import Stated, make_archival
from handover.pack.pdf.form_fields import SignatureFields
from handover.pack.pdf.spacing import steps
from handover.pack.pdf.tags import ARTIFACT, END, Element, StructureTree


class _OneStream(pdfdoc.PDFFile):
    """What reportlab gathers a file in: each object is let go as it is written, where its own keeps a list of them all
    and joins them at the end, which takes a tagged register of some 50,000 rows twice."""

    def __init__(self, pdfVersion: tuple[int, int] = pdfdoc.PDF_VERSION_DEFAULT) -> None:  # noqa: N803 - as reportlab's
        self._out = BytesIO()
        super().__init__(pdfVersion)
        for begun in self.strings:
            self._out.write(begun)
        self.write = self._out.write  # type: ignore[assignment]  # nobody asks how many bytes it took

    def format(self, document: Any) -> bytes:  # Any: reportlab's document
        return self._out.getvalue()  # shares its bytes: no copy is made


pdfdoc.PDFFile = _OneStream  # type: ignore[misc]  # where reportlab looks for it

#: Of a circle's radius: how far the handles of its four curves reach.
_ROUND = 0.5523
_ESCAPED = str.maketrans({"\\": "\\\\", "(": "\\(", ")": "\\)"})
_PACKED = "FlateDecode"
#: The flag of an annotation that is on paper, too.
_PRINTED = 4

#: A code of a subset: the number of the subset, and the code in it.
_Code = tuple[int, int]


class PackCanvas(Canvas):
    """A canvas whose text is in typefaces that are embedded, and only in such.

    It draws what ``Pen`` asks for; whatever else reportlab's has works as it does there.
    """

    _code: list[str]
    _doc: Any  # its stubs don't know its document
    _fontname: str
    _fontsize: float
    _annotationrefs: list[Any]  # Any: reportlab's references

    def __init__(self, face: str, stated: Stated, **options: Any) -> None:  # Any: reportlab's own
        super().__init__(
            "",
            initialFontName=face,  # type: ignore[arg-type]  # its stubs take it for a number
            pageCompression=1,
            invariant=1,
            pdfVersion=(1, 7),
            lang=stated.language,
            **options,
        )
        make_archival(self._doc, stated)
        self._fields = SignatureFields(self._doc)
        self.tree = StructureTree(self._doc) if stated.tagged else None
        self._piece = ""
        self._codes: dict[str, dict[str, _Code]] = {}
        self._names: dict[tuple[str, int], str] = {}
        self._linked = 0

    # Structure

    def _between(self, code: str) -> None:
        """End what is marked on the page, and begin something else; empty for nothing."""
        if self._piece:
            self._code.append(END)
        if code:
            self._code.append(code)
        self._piece = code

    def begin_marks(self) -> None:
        """From here on what is drawn on the page is no content, until a piece begins."""
        if self.tree is not None:
            self._between(ARTIFACT)

    def begin_piece(self) -> None:
        """What is drawn from here on belongs to the current element of the structure."""
        if self.tree is not None:
            self._between(f"/{self.tree.current.kind} <</MCID {self.tree.mark()}>> BDC")

    def end_piece(self) -> None:
        """What is drawn from here on is no content."""
        if self.tree is not None:
            self._between(ARTIFACT)

    # Text

    def drawString(self, x: float, y: float, text: str, *_more: Any, **_named: Any) -> None:  # noqa: N802
        """A line of text from ``x`` on, its baseline on ``y``."""
        if not text:
            return
        self._show(x, y, ((self._fontname, self._fontsize, text),))

    def beginText(  # type: ignore[override]  # noqa: N802 - what Pen asks of it
        self,
        x: float = 0,
        y: float = 0,
        direction: Any = None,
    ) -> TextLine:
        """A line of text in several typefaces."""
        return TextLine(x, y)

    def drawText(self, line: TextLine) -> None:  # type: ignore[override]  # noqa: N802 - as above
        """Draw a line that was begun with ``beginText``."""
        if not line.parts:
            return
        self._show(line.x, line.y, line.parts)

    def _show(self, x: float, y: float, parts: Sequence[tuple[str, float, str]]) -> None:
        shown, at = [f"BT 1 0 0 1 {x:.2f} {y:.2f} Tm"], 0
        whole = "".join(text for _, _, text in parts) if len(parts) > 1 else parts[0][2]
        between = {} if whole.isascii() else dict(steps(whole))
        for face, size, text in parts:
            here = {n - at: step for n, step in between.items()} if between else {}
            shown += self._parts(face, size, text, here)
            at += len(text)
        shown.append("ET")
        self._code.append(" ".join(shown))

    def _parts(self, face: str, size: float, text: str, between: Mapping[int, int]) -> Iterator[str]:
        """A text by the subsets of its typeface.

        Args:
            between: before which of its characters there is more or less room than none.
        """
        coded = self._coded(face, text)
        first = coded[0][0]
        if not between and all(subset == first for subset, _ in coded):
            yield f"{self._name(face, first)} {size:g} Tf {_string(coded)} Tj"
            return
        at = 0
        while at < len(coded):
            subset, begin, pieces = coded[at][0], at, []
            while at < len(coded) and coded[at][0] == subset:
                if step := between.get(at):
                    pieces += [_string(coded[begin:at]), f"{-step}"] if at > begin else [f"{-step}"]
                    begin = at
                at += 1
            pieces.append(_string(coded[begin:at]))
            yield f"{self._name(face, subset)} {size:g} Tf " + (
                f"{pieces[0]} Tj" if len(pieces) == 1 else f"[{' '.join(pieces)}] TJ"
            )

    def _name(self, face: str, subset: int) -> str:
        """What a subset of a typeface is called in the file."""
        if (face, subset) not in self._names:
            told = getFont(face).getSubsetInternalName(subset, self._doc)  # type: ignore[attr-defined]  # not in the stubs
            self._names[face, subset] = told
        return self._names[face, subset]

    def _coded(self, face: str, text: str) -> list[_Code]:
        codes = self._codes.setdefault(face, {})
        try:
            return [codes[c] for c in text]
        except KeyError:
            font = getFont(face)
            for c in text:
                if c not in codes:
                    ((subset, code),) = font.splitString(c, self._doc)  # type: ignore[attr-defined]  # not in the stubs
                    codes[c] = subset, code[0]
            return [codes[c] for c in text]

    # Colours and lines

    def setFillColor(self, ink: Any, alpha: Any = None) -> None:  # noqa: N802
        """The colour of areas and text."""
        if isinstance(ink, Color) and alpha is None:
            self._fillColorObj = ink
            self._code.append(f"{ink.red:.4g} {ink.green:.4g} {ink.blue:.4g} rg")
        else:
            super().setFillColor(ink, alpha)

    def setStrokeColor(self, ink: Any, alpha: Any = None) -> None:  # noqa: N802
        """The colour of lines."""
        if isinstance(ink, Color) and alpha is None:
            self._strokeColorObj = ink
            self._code.append(f"{ink.red:.4g} {ink.green:.4g} {ink.blue:.4g} RG")
        else:
            super().setStrokeColor(ink, alpha)

    def setLineWidth(self, width: float) -> None:  # noqa: N802
        """The width of lines in points."""
        self._lineWidth = width
        self._code.append(f"{width:.3g} w")

    def line(self, x1: float, y1: float, x2: float, y2: float) -> None:
        """A straight line."""
        self._code.append(f"{x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def rect(self, x: float, y: float, width: float, height: float, stroke: float = 1, fill: float = 0) -> None:
        """A rectangle from its lower left corner."""
        self._code.append(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re {_painted(stroke, fill)}")

    def circle(self, x_cen: float, y_cen: float, r: float, stroke: float = 1, fill: float = 0) -> None:
        """A circle around a point."""
        self.roundRect(x_cen - r, y_cen - r, 2 * r, 2 * r, r, stroke, fill)

    def roundRect(  # noqa: N802
        self, x: float, y: float, width: float, height: float, radius: float, stroke: float = 1, fill: float = 0
    ) -> None:
        """A rectangle with round corners from its lower left one."""
        r, h = radius, radius * (1 - _ROUND)
        right, top = x + width, y + height
        self._code.append(
            f"{x + r:.2f} {y:.2f} m {right - r:.2f} {y:.2f} l "
            f"{right - h:.2f} {y:.2f} {right:.2f} {y + h:.2f} {right:.2f} {y + r:.2f} c "
            f"{right:.2f} {top - r:.2f} l "
            f"{right:.2f} {top - h:.2f} {right - h:.2f} {top:.2f} {right - r:.2f} {top:.2f} c "
            f"{x + r:.2f} {top:.2f} l "
            f"{x + h:.2f} {top:.2f} {x:.2f} {top - h:.2f} {x:.2f} {top - r:.2f} c "
            f"{x:.2f} {y + r:.2f} l "
            f"{x:.2f} {y + h:.2f} {x + h:.2f} {y:.2f} {x + r:.2f} {y:.2f} c h {_painted(stroke, fill)}"
        )

    def beginPath(self) -> StraightPath:  # type: ignore[override]  # noqa: N802 - what Pen draws is all that it has to know
        """A path of straight lines."""
        return StraightPath()

    # Pages and the whole

    def showPage(self) -> None:  # noqa: N802
        """Close the page; what it holds is packed at once."""
        self._between("")
        super().showPage()
        page = self._doc.Pages.pages[-1]
        if self.tree is not None:
            self.tree.page_done(page)
        packed = pdfdoc.PDFDictionary({"Filter": pdfdoc.PDFName(_PACKED)})
        page.Contents = pdfdoc.PDFStream(packed, zlib.compress(page.stream.encode("ascii")))
        page.stream, page.Trans = "", None

    def signature_field(self, area: tuple[float, float, float, float], who: str) -> None:
        """A field on the page at hand in which somebody signs with a certificate."""
        key = None
        if self.tree is not None:
            key = self.tree.annotation("Form", f"{self.tree.beyond + 1} 0 R")  # its look comes between
        self._annotationrefs.append(self._fields.add(area, who, key)[1])

    @property
    def links_of_page(self) -> list[Any]:  # Any: reportlab's references
        """What leads somewhere from the page at hand; more may be added until the file is written."""
        return self._annotationrefs

    def link_to(
        self, key: str, area: tuple[float, float, float, float], told: str = "", owner: Element | None = None
    ) -> Any:  # Any: as above
        """A link from an area to a bookmark, to be added to those of a page.

        Args:
            told: where it leads, for those who have it read to them.
            owner: the element in which it stands.
        """
        name = f"web{self._linked}"
        self._linked += 1
        more: dict[str, Any] = {}  # Any: entries of an annotation
        if self.tree is not None:
            # The annotation gets the number that is free next; the element is written behind it.
            more["StructParent"] = self.tree.annotation("Link", f"{self.tree.beyond} 0 R", owner)
        self.linkAbsolute(told or key, key, area, addtopage=0, name=name, Border="[0 0 0]", **more)
        return self._doc.refAnnotation(name)

    def linkAbsolute(self, *given: Any, **named: Any) -> Any:  # noqa: N802, Any: as reportlab's
        """As reportlab's; links are printed, which archives ask for."""
        return super().linkAbsolute(*given, **{"F": _PRINTED, **named})

    def drawImage(self, *given: Any, **named: Any) -> Any:  # noqa: N802
        """As reportlab's, without ASCII85."""
        with _binary():
            return super().drawImage(*given, **named)

    def whole(self) -> bytes:
        """The bytes of the file, of which there is no second copy; nothing can be drawn after it."""
        self._fields.finish()
        if self.tree is not None:
            if self._code:
                self.showPage()
            self.tree.finish()
        with _binary():
            content: bytes = self.getpdfdata()  # type: ignore[no-untyped-call]  # its stubs say nothing of it
        return content


class TextLine:
    """A line of text in several typefaces, on its way to a canvas."""

    def __init__(self, x: float, y: float) -> None:
        self.x, self.y = x, y
        self.parts: list[tuple[str, float, str]] = []
        self._face: tuple[str, float] = ("", 0.0)

    def setFont(self, face: str, size: float, *_leading: float) -> None:  # noqa: N802 - as reportlab's
        """The typeface of what follows."""
        self._face = face, size

    def textOut(self, text: str) -> None:  # noqa: N802 - as reportlab's
        """Go on with a text."""
        if text:
            self.parts.append((*self._face, text))


class StraightPath:
    """A path of straight lines."""

    def __init__(self) -> None:
        self._code: list[str] = []

    def moveTo(self, x: float, y: float) -> None:  # noqa: N802 - as reportlab's
        """Begin at a point."""
        self._code.append(f"{x:.2f} {y:.2f} m")

    def lineTo(self, x: float, y: float) -> None:  # noqa: N802 - as reportlab's
        """Go straight to a point."""
        self._code.append(f"{x:.2f} {y:.2f} l")

    def close(self) -> None:
        """Go back to where it began."""
        self._code.append("h")

    def getCode(self) -> str:  # noqa: N802 - as reportlab's
        """As page content."""
        return " ".join(self._code)


def _painted(stroke: float, fill: float) -> str:
    return {(True, True): "B", (True, False): "S", (False, True): "f"}.get((bool(stroke), bool(fill)), "n")


def _string(coded: Sequence[_Code]) -> str:
    """A string of page content: readable where it can be, else in hexadecimal digits."""
    codes = bytes(code for _, code in coded)
    text = codes.decode("latin-1")
    if text.isascii() and text.isprintable():
        return f"({text.translate(_ESCAPED)})"
    return f"<{codes.hex()}>"


@contextmanager
def _binary() -> Iterator[None]:
    """Within the block reportlab packs streams without wrapping them in ASCII85, which is for mail of the nineties."""
    before = rl_config.useA85
    rl_config.useA85 = 0
    try:
        yield
    finally:
        rl_config.useA85 = before
