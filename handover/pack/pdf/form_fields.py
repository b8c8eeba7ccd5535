"""Fields of a PDF in which somebody signs with a certificate; empty ones, each with a look as archives ask for it."""

from __future__ import annotations

from typing import Any

from reportlab.pdfbase import pdfdoc

#: The flag of an annotation that is on paper, too.
_PRINTED = 4

Area = tuple[float, float, float, float]


class SignatureFields:
    """The fields for signatures of a document, in the order in which they were placed."""

    def __init__(self, document: Any) -> None:  # Any: reportlab's document
        self._doc = document
        self._fields: list[Any] = []  # Any: reportlab's references

    def add(self, area: Area, who: str, key: int | None = None) -> tuple[str, Any]:  # Any: as above
        """A field on a page; returns its name, and the annotation to be added to that page.

        Args:
            who: who is to sign there, as programs read it out.
            key: by which the structure of the document finds it.
        """
        name = f"signature_{len(self._fields) + 1}"
        left, low, right, high = area
        look = pdfdoc.PDFStream(
            pdfdoc.PDFDictionary(
                {
                    "Type": pdfdoc.PDFName("XObject"),
                    "Subtype": pdfdoc.PDFName("Form"),
                    "BBox": pdfdoc.PDFArray([0, 0, f"{right - left:.2f}", f"{high - low:.2f}"]),
                    "Resources": pdfdoc.PDFDictionary({}),
                }
            ),
            b" ",
        )
        widget = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Annot"),
                "Subtype": pdfdoc.PDFName("Widget"),
                "FT": pdfdoc.PDFName("Sig"),
                "T": pdfdoc.PDFString(name),
                "TU": pdfdoc.PDFString(who),
                "F": _PRINTED,
                "Rect": pdfdoc.PDFArray([f"{edge:.2f}" for edge in area]),
                "P": self._doc.thisPageRef(),
                **({} if key is None else {"StructParent": key}),
                "AP": pdfdoc.PDFDictionary({"N": self._doc.Reference(look, f"look_{name}")}),
            }
        )
        reference = self._doc.Reference(widget, f"field_{name}")
        self._fields.append(reference)
        return name, reference

    def finish(self) -> None:
        """Tell the document of them."""
        if self._fields:
            form = pdfdoc.PDFDictionary({"Fields": pdfdoc.PDFArray(self._fields)})
            self._doc.Catalog.AcroForm = self._doc.Reference(form, "AcroForm")
