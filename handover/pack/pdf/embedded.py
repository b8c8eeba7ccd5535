"""Files within a PDF, such as the workbook of the same contents: PDF/A-3 (ISO 19005-3) says how each belongs to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.pdfbase import pdfdoc


@dataclass(frozen=True, slots=True)
class EmbeddedFile:
    """A file to stand in a PDF.

    Args:
        what: what it is, for who reads the PDF.
        relation: how it belongs to the PDF, in the words of the norm: ``Source``, ``Data``, ``Supplement``.
    """

    name: str
    content: bytes
    media_type: str
    what: str
    relation: str = "Data"


def embed(document: Any, files: Sequence[EmbeddedFile], made_at: dt.datetime) -> None:  # Any: reportlab's document
    """Put files into a document."""
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "AF"]
    made = f"D:{made_at:%Y%m%d%H%M%S}"
    references, names = [], []
    for n, file in enumerate(files):
        described = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("EmbeddedFile"),
                "Subtype": pdfdoc.PDFName(file.media_type.replace("/", "#2F")),
                "Params": pdfdoc.PDFDictionary({"Size": len(file.content), "ModDate": pdfdoc.PDFString(made)}),
            }
        )
        stream = pdfdoc.PDFStream(described, file.content, [pdfdoc.PDFZCompress])
        held = document.Reference(stream, f"embedded{n}")
        entry = pdfdoc.PDFDictionary(
            {
                "Type": pdfdoc.PDFName("Filespec"),
                "F": pdfdoc.PDFString(file.name),
                "UF": pdfdoc.PDFString(file.name),
                "Desc": pdfdoc.PDFString(file.what),
                "AFRelationship": pdfdoc.PDFName(file.relation),
                "EF": pdfdoc.PDFDictionary({"F": held, "UF": held}),
            }
        )
        reference = document.Reference(entry, f"filespec{n}")
        references.append(reference)
        names.append((file.name, reference))
    listed: list[Any] = []  # Any: strings and reportlab's references
    for name, reference in sorted(names, key=lambda pair: pair[0].encode("utf-16-be")):
        listed += [pdfdoc.PDFString(name), reference]
    catalog.AF = pdfdoc.PDFArray(references)
    tree = pdfdoc.PDFDictionary({"EmbeddedFiles": pdfdoc.PDFDictionary({"Names": pdfdoc.PDFArray(listed)})})
    catalog.Names = document.Reference(tree, "NamesOfFiles")
