"""What a text file of tags is: MS Project's XML, a web page in disguise, or XML that isn't for us."""

from __future__ import annotations

import re
from pathlib import Path
from xml.parsers import expat

from handover.errors import UnusableFile
from handover.i18n import N_

_PROJECT = "http://schemas.microsoft.com/project"
#: A web page by its first tag, after comments and declarations; Excel opens even bare tables as workbooks.
_HTML = re.compile(
    rb"\W{0,4}(?:<\?[^>]*\?>|<!--.*?-->|\s)*<\s*(?:!doctype\s+html|html|head|body|table|meta|style)\b",
    re.IGNORECASE | re.DOTALL,
)


class _Found(Exception):
    """The root element, reached."""


def looks_like_markup(head: bytes) -> bool:
    """True when the first thing in the file is a tag, in any of the usual encodings."""
    for bom, width in ((b"\xef\xbb\xbf", 1), (b"\xff\xfe", 2), (b"\xfe\xff", 2)):
        if head.startswith(bom):
            return head[len(bom) :].replace(b"\0", b"" if width == 2 else b"\0").lstrip().startswith(b"<")
    return head.lstrip().startswith(b"<")


def kind_of_markup(path: Path, head: bytes) -> str:
    """``mspdi`` for MS Project's XML.

    Raises:
        UnusableFile: anything else that consists of tags, with what it is.
    """
    plain = head.replace(b"\0", b"")
    if _HTML.match(plain[:4096]):
        raise UnusableFile(
            N_(
                "{file} is a web page that only calls itself a workbook. "
                "Open it in Excel, save it as .xlsx and import that."
            ),
            file=path.name,
        )
    if b"<!DOCTYPE" in plain or b"<!ENTITY" in plain:
        raise UnusableFile(
            N_("{file} declares a document type or entities, as MS Project's XML never does; it isn't opened."),
            file=path.name,
        )
    root = _root(path)
    space, _, name = root.rpartition("}")
    if name == "Project" and (not space or space.startswith(_PROJECT)):
        return "mspdi"
    if space == "urn:schemas-microsoft-com:office:spreadsheet":
        raise UnusableFile(
            N_("{file} is a workbook of Excel 2003 in XML. Open it in Excel, save it as .xlsx and import that."),
            file=path.name,
        )
    if name == "APIBusinessObjects":
        raise UnusableFile(N_("{file} is Primavera's XML. Export the project from P6 as XER or Excel."), file=path.name)
    raise UnusableFile(
        N_("{file} is XML, but not a plan of MS Project: its outermost element is {root}."), file=path.name, root=name
    )


def _root(path: Path) -> str:
    """The name of the outermost element, its namespace before it and joined by a brace."""
    found = ""

    def start(name: str, _attributes: dict[str, str]) -> None:
        nonlocal found
        found = name
        raise _Found

    def refuse(*_: object) -> None:
        raise _Found

    parser = expat.ParserCreate(namespace_separator="}")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        with path.open("rb") as file:
            while data := file.read(65_536):
                parser.Parse(data, False)
            parser.Parse(b"", True)
    except _Found:
        pass
    except expat.ExpatError as error:
        raise UnusableFile(
            N_("{file} is damaged XML (line {line}). Export it anew."),
            file=path.name,
            line=error.lineno,
            detail=str(error),
        ) from error
    if not found:
        raise UnusableFile(
            N_("{file} declares a document type or entities, as MS Project's XML never does; it isn't opened."),
            file=path.name,
        )
    return found
