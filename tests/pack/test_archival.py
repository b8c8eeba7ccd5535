"""Packs are PDF/A-2b: faces embedded, colours defined, XMP that agrees with the entries; nothing of who made them."""

from __future__ import annotations

import getpass
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from PIL import ImageCms
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from handover.pack.pdf.document import write_pdf
from tests.pack.sample import a_pack

DC = "{http://purl.org/dc/elements/1.1/}"
AID = "{http://www.aiim.org/pdfa/ns/id/}"
ZONE = timezone(timedelta(hours=8))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    path = tmp_path_factory.mktemp("pack") / "p.pdf"
    write_pdf(replace(a_pack(), made_at=datetime(2026, 6, 21, 9, 30, tzinfo=ZONE)), path)
    return PdfReader(io.BytesIO(path.read_bytes()), strict=True)


def objects(reader: PdfReader) -> Iterator[Any]:
    """Everything that the file holds."""
    seen: set[int] = set()

    def walk(value: Any) -> Iterator[Any]:
        if isinstance(value, IndirectObject):
            if value.idnum in seen:
                return
            seen.add(value.idnum)
            value = value.get_object()
        yield value
        if isinstance(value, DictionaryObject):
            for each in value.values():
                yield from walk(each)
        elif isinstance(value, ArrayObject):
            for each in value:
                yield from walk(each)

    yield from walk(reader.trailer)


def dictionaries(reader: PdfReader, kind: str) -> list[DictionaryObject]:
    return [each for each in objects(reader) if isinstance(each, DictionaryObject) and each.get("/Type") == kind]


def xmp(reader: PdfReader) -> ElementTree.Element:
    stream = reader.trailer["/Root"]["/Metadata"]
    assert isinstance(stream, StreamObject)
    assert "/Filter" not in stream
    return ElementTree.fromstring(stream.get_data())


def test_it_says_that_it_is_pdf_a_2b(reader: PdfReader) -> None:
    told = xmp(reader)
    assert reader.pdf_header == "%PDF-1.7"
    assert [told.findtext(f".//{AID}{name}") for name in ("part", "conformance")] == ["2", "B"]


def test_xmp_and_entries_agree(reader: PdfReader) -> None:
    told, info = xmp(reader), reader.metadata
    assert info is not None
    assert "".join(told.find(f".//{DC}title").itertext()) == info.title
    assert "".join(told.find(f".//{DC}description").itertext()) == info.subject == "NEV-YC-HP-003"
    made = told.findtext(".//{http://ns.adobe.com/xap/1.0/}CreateDate")
    assert made == "2026-06-21T09:30:00+08:00"
    assert info.creation_date_raw == "D:20260621093000+08'00'"


def test_every_face_is_embedded_and_symbolic_without_an_encoding(reader: PdfReader) -> None:
    fonts = dictionaries(reader, "/Font")
    assert fonts
    for font in fonts:
        assert "/FontFile2" in font["/FontDescriptor"], font
        assert font["/FontDescriptor"]["/Flags"] & 4
        assert "/Encoding" not in font
        assert "/ToUnicode" in font
        assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])


def test_faces_that_pages_use_are_those_that_are_embedded(reader: PdfReader) -> None:
    for page in reader.pages:
        used = set(re.findall(rb"/(F\d+\+?\d*) [\d.]+ Tf", page.get_contents().get_data()))
        assert {name.decode() for name in used} <= {name[1:] for name in page["/Resources"]["/Font"]}


def test_colours_are_defined_by_a_profile(reader: PdfReader) -> None:
    (intent,) = reader.trailer["/Root"]["/OutputIntents"]
    assert intent["/S"] == "/GTS_PDFA1"
    profile = intent["/DestOutputProfile"]
    assert profile["/N"] == 3
    ImageCms.ImageCmsProfile(io.BytesIO(profile.get_data()))
    for page in reader.pages:
        content = page.get_contents().get_data()
        assert not re.search(rb"(?m)^[\d. ]+ [kK]$", content)  # no inks of a printing press


def test_links_are_printed_and_nothing_acts(reader: PdfReader) -> None:
    notes = [each for each in objects(reader) if isinstance(each, DictionaryObject) and "/Rect" in each]
    assert notes
    assert all(each["/F"] == 4 for each in notes)
    names = {str(key) for each in objects(reader) if isinstance(each, DictionaryObject) for key in each}
    assert not names & {"/JS", "/JavaScript", "/Launch", "/AA", "/OpenAction", "/Encrypt", "/EmbeddedFiles"}
    assert len(reader.trailer["/ID"]) == 2


def test_it_doesn_t_tell_who_made_it_or_where(tmp_path: Path) -> None:
    write_pdf(a_pack(5, 5), tmp_path / "p.pdf")
    data = (tmp_path / "p.pdf").read_bytes()
    assert str(tmp_path).encode() not in data
    assert b"/Author" not in data
    user = getpass.getuser()
    assert f"({user})".encode() not in data


def test_a_title_with_signs_of_markup_stays_one(tmp_path: Path) -> None:
    outline = a_pack(5, 5)
    title = 'Line <b>1</b> & "2" ]]> ﻿Łukasz'
    write_pdf(replace(outline, cover=replace(outline.cover, project=title)), tmp_path / "p.pdf")
    told = xmp(PdfReader(tmp_path / "p.pdf"))
    assert 'Line <b>1</b> & "2" ]]>' in "".join(told.find(f".//{DC}title").itertext())
