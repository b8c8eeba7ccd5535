"""What a text file of tags is: MS Project's XML, a web page in disguise, or XML that isn't for us."""

from __future__ import annotations

import codecs
import re
from io import BytesIO
from pathlib import Path
from typing import IO
from xml.parsers import expat

from handover.errors import UnusableFile
from handover.exchange.reading.foreign_plans import by_root
from handover.i18n import N_

_PROJECT = "http://schemas.microsoft.com/project"
#: What a web page begins with, after comments and declarations; Excel opens even bare tables as workbooks.
_PAGE = re.compile(rb"<\s{0,20}(?:!doctype\s{1,20}html|html|head|body|table|meta|style)\b", re.IGNORECASE)
_BLANK = re.compile(rb"\s*")

_DECLARED = re.compile(rb"""\s{0,20}<\?xml[^<>]{0,150}?\bencoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})["']""")
#: The encodings that the XML parser reads by itself.
_PARSED = ("utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "latin-1")
#: GB 2312 and GBK are parts of GB 18030, and files that claim the one often hold the other.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030"}
#: Marks of Unicode at the start of a file, which are right whatever the file declares.
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


class _Found(Exception):
    """The root element, reached."""


def looks_like_markup(head: bytes) -> bool:
    """True when the first thing in the file is a tag, in any of the usual encodings."""
    for bom, width in ((b"\xef\xbb\xbf", 1), (b"\xff\xfe", 2), (b"\xfe\xff", 2)):
        if head.startswith(bom):
            return head[len(bom) :].replace(b"\0", b"" if width == 2 else b"\0").lstrip().startswith(b"<")
    return head.lstrip().startswith(b"<")


def opened(source: Path | bytes, called: str) -> tuple[IO[bytes], str | None]:
    """A document to be parsed, and the encoding in which it is, where that isn't the one that it declares.

    The parser knows no encoding of several bytes but Unicode's own; what Chinese and Japanese programs declare is
    turned into UTF-8 here.

    Raises:
        UnusableFile: it declares an encoding that nobody knows, or isn't text in it.
        OSError: it can't be read.
    """
    file: IO[bytes] = source.open("rb") if isinstance(source, Path) else BytesIO(source)
    head = file.read(200)
    file.seek(0)
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return file, encoding
    declared = _DECLARED.match(head)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    if name in _PARSED:
        return file, None
    with file:
        try:
            text = codecs.decode(file.read(), _WIDER.get(name, name))
            return BytesIO(text.encode("utf-8")), "utf-8"
        except (LookupError, ValueError, AttributeError, TypeError) as error:
            raise UnusableFile(
                N_("{file} says that its text is in {encoding}, but it can't be read so. Export it anew in UTF-8."),
                file=called, encoding=name, detail=str(error),
            ) from error  # fmt: skip


def _is_web_page(head: bytes) -> bool:
    """Whether the first tag is one of a web page, comments and declarations before it passed over."""
    head = head.lstrip(b"\xef\xbb\xbf\xff\xfe")
    at = 0
    while True:
        blank = _BLANK.match(head, at)
        at = blank.end() if blank else at
        for begin, end in ((b"<!--", b"-->"), (b"<?", b"?>")):
            if head.startswith(begin, at):
                found = head.find(end, at + len(begin))
                at = found + len(end) if found >= 0 else len(head)
                break
        else:
            return _PAGE.match(head, at) is not None


def kind_of_markup(path: Path, head: bytes) -> str:
    """``mspdi`` for MS Project's XML, or the kind of another program's plan.

    Raises:
        UnusableFile: anything else that consists of tags, with what it is.
    """
    plain = head.replace(b"\0", b"")
    if _is_web_page(plain):
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
    root, attributes = _root(path)
    space, _, name = root.rpartition("}")
    if name == "Project" and (not space or space.startswith(_PROJECT)):
        return "mspdi"
    if space == "urn:schemas-microsoft-com:office:spreadsheet":
        raise UnusableFile(
            N_("{file} is a workbook of Excel 2003 in XML. Open it in Excel, save it as .xlsx and import that."),
            file=path.name,
        )
    if program := by_root(root, attributes):
        return program
    raise UnusableFile(
        N_("{file} is XML, but not a plan of MS Project: its outermost element is {root}."),
        file=path.name,
        root=name[:80],
    )


def _root(path: Path) -> tuple[str, dict[str, str]]:
    """The name of the outermost element, its namespace before it and joined by a brace, and its attributes."""
    found = ""
    told: dict[str, str] = {}

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal found, told
        found, told = name, attributes
        raise _Found

    def refuse(*_: object) -> None:
        raise _Found

    file, encoding = opened(path, path.name)
    parser = expat.ParserCreate(encoding, namespace_separator="}")
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    try:
        with file:
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
    return found, told
