"""What makes a PDF one that archives take: PDF/A-2b, or with files in it PDF/A-3b (ISO 19005-2 and -3).

Its colours are defined, and it tells what it is. That no face is left out is seen to by ``PackCanvas``. The profile of
the colours is sRGB as Little CMS writes it, whose author asks for nothing in return.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from reportlab.pdfbase import pdfdoc

from handover.pack.pdf.embedded import EmbeddedFile, embed
from handover.resource import resource

_PROGRAM = "Handover"
_PROFILE = "sRGB IEC61966-2.1"

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaid:part>{part}</pdfaid:part>
<pdfaid:conformance>{level}</pdfaid:conformance>
{accessible}<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreatorTool>{program}</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate>
<xmp:ModifyDate>{made}</xmp:ModifyDate>
<xmp:MetadataDate>{made}</xmp:MetadataDate>
<pdf:Producer>{program}</pdf:Producer>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""

#: That it can be read to somebody (PDF/UA-1, ISO 14289-1); archives want to be told what this entry is.
_ACCESSIBLE = """<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
"""


@dataclass(frozen=True, slots=True)
class Stated:
    """What a PDF says of itself: neither who made it nor from which file, which are nobody's business."""

    title: str
    subject: str
    language: str
    made_at: dt.datetime
    files: tuple[EmbeddedFile, ...] = ()
    tagged: bool = False

    @property
    def part(self) -> int:
        """The part of the norm that it keeps: the third where files stand in it, which the second forbids."""
        return 3 if self.files else 2


class StatedInfo(pdfdoc.PDFInfo):
    """The entries of a PDF about itself, as its XMP has them."""

    def __init__(self, stated: Stated) -> None:
        super().__init__()
        self.title, self.subject = stated.title, stated.subject
        self.author = self.keywords = ""
        self.creator = self.producer = _PROGRAM
        self._made_at = stated.made_at

    def format(self, document: Any) -> Any:  # Any: reportlab's
        """As it stands in the file."""
        made = pdfdoc.PDFString(_pdf_date(self._made_at))
        entries = {"CreationDate": made, "ModDate": made, "Trapped": pdfdoc.PDFName("False")}
        for name, text in (("Title", self.title), ("Subject", self.subject)):
            if text:
                entries[name] = pdfdoc.PDFString(text)
        entries |= {name: pdfdoc.PDFString(_PROGRAM) for name in ("Creator", "Producer")}
        return pdfdoc.PDFDictionary(entries).format(document)


_END = b"endstream\n"


def _ended_by_a_line(stream: Any, document: Any) -> bytes:  # Any: reportlab's
    """A stream with the line end before its last word that archives ask for and reportlab leaves out."""
    told: bytes = _as_reportlab_writes(stream, document)
    return told.removesuffix(_END) + b"\n" + _END


_as_reportlab_writes = pdfdoc.PDFStream.format
pdfdoc.PDFStream.format = _ended_by_a_line  # type: ignore[method-assign,assignment]  # all its streams go this way


def make_archival(document: Any, stated: Stated) -> None:  # Any: reportlab's document
    """Give a document the entries about itself, its XMP and the definition of its colours."""
    document.info = StatedInfo(stated)
    catalog = document.Catalog
    catalog.__NoDefault__ = [*catalog.__NoDefault__, "OutputIntents"]
    catalog.Metadata = _metadata(stated)
    profile = pdfdoc.PDFStream(
        pdfdoc.PDFDictionary({"N": 3}), resource("colour", "srgb.icc").read_bytes(), [pdfdoc.PDFZCompress]
    )
    intent = pdfdoc.PDFDictionary(
        {
            "Type": pdfdoc.PDFName("OutputIntent"),
            "S": pdfdoc.PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": pdfdoc.PDFString(_PROFILE),
            "Info": pdfdoc.PDFString(_PROFILE),
            "DestOutputProfile": document.Reference(profile, "srgb"),
        }
    )
    catalog.OutputIntents = pdfdoc.PDFArray([intent])
    if stated.files:
        embed(document, stated.files, stated.made_at)


def _metadata(stated: Stated) -> Any:  # Any: reportlab's stream
    """The XMP; it isn't packed, so that any program finds it."""
    said = _XMP.format(
        title=escape(stated.title),
        subject=escape(stated.subject),
        language=escape(stated.language),
        made=_xmp_date(stated.made_at),
        program=_PROGRAM,
        part=stated.part,
        level="A" if stated.tagged else "B",
        accessible=_ACCESSIBLE if stated.tagged else "",
    )
    entries = {"Type": pdfdoc.PDFName("Metadata"), "Subtype": pdfdoc.PDFName("XML")}
    return pdfdoc.PDFStream(pdfdoc.PDFDictionary(entries), said.encode("utf-8"))


def _pdf_date(made: dt.datetime) -> str:
    zone = f"{made:%z}"[:5]  # +0800; none in a paper that was frozen without
    return f"D:{made:%Y%m%d%H%M%S}" + (f"{zone[:3]}'{zone[3:]}'" if zone else "")


def _xmp_date(made: dt.datetime) -> str:
    return made.replace(microsecond=0).isoformat()
