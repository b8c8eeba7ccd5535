"""Texts are found in PDFs and first pages read, in the child: whatever the file is, an answer or a sentence comes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from handover.confined import ChildFailed
from handover.errors import Cancelled, UnusableFile
from handover.preview import pages
from handover.preview.pages import File, FirstPage, find, first_pages, page, texts


def a_pdf(path: Path, *words: str, password: str = "", turned: int = 0) -> File:
    canvas = Canvas(str(path), pagesize=(600, 800), encrypt=StandardEncryption(password) if password else None)
    for word in words:
        canvas.setPageRotation(turned)
        canvas.drawString(60, 760, word)
        canvas.showPage()
    canvas.save()
    return File(path.name, path, "application/pdf")


def many_pages(path: Path, count: int) -> File:
    """A PDF of so many pages, each of which shows one picture."""
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
        b"2 0 obj<</Type/Pages/Count %d/Kids[%s]>>endobj\n"
        % (count, b" ".join(b"%d 0 R" % n for n in range(5, 5 + count))),
        b"3 0 obj<</Type/XObject/Subtype/Image/Width 8/Height 8/ColorSpace/DeviceGray/BitsPerComponent 8/Length 64>>"
        b"stream\n" + bytes(range(64)) + b"\nendstream endobj\n",
        b"4 0 obj<</Length 30>>stream\nq 500 0 0 700 50 50 cm /I Do Q\nendstream endobj\n",
    ]
    parts += [
        b"%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R"
        b"/Resources<</XObject<</I 3 0 R>>>>>>endobj\n" % n
        for n in range(5, 5 + count)
    ]
    data, places = bytearray(b"%PDF-1.7\n"), []
    for part in parts:
        places.append(len(data))
        data += part
    at = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1)
    data += b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(places) + 1, at)
    path.write_bytes(data)
    return File(path.name, path, "application/pdf")


def test_places_of_a_text_are_told_page_by_page_whatever_the_case(tmp_path: Path) -> None:
    file = a_pdf(tmp_path / "a.pdf", "Pump and pump", "Valve", "the PUMP")
    found = find(file, "pump")
    assert [hit.number for hit in found] == [0, 0, 2]
    (first,) = found[0].places
    assert 0.08 < first[0] < 0.12 and 0.02 < first[1] < first[3] < 0.07
    assert find(file, "nothing") == []


def test_place_on_a_turned_page_is_told_as_it_is_drawn(tmp_path: Path) -> None:
    ((place,),) = (hit.places for hit in find(a_pdf(tmp_path / "a.pdf", "Pump", turned=90), "Pump"))
    assert place[0] > 0.9  # what was above is at the right


def test_first_page_tells_head_text_and_how_many_pages_there_are(tmp_path: Path) -> None:
    file = a_pdf(tmp_path / "a.pdf", "PU-101", "second")
    ((_, said),) = first_pages([file])
    assert said == FirstPage("\nPU-101", "PU-101", 2)


def test_ten_thousand_pages_of_pictures_are_opened_at_their_end_and_have_no_text(tmp_path: Path) -> None:
    file = many_pages(tmp_path / "scan.pdf", 10_000)
    drawn = page(file, 9_999, 200)
    assert (drawn.number, drawn.count) == (9_999, 10_000)
    assert find(file, "pump") == []
    ((_, said),) = texts([file])
    assert isinstance(said, list) and not any(said)


def test_file_of_five_gigabytes_is_shown_or_told(tmp_path: Path) -> None:
    file = a_pdf(tmp_path / "a.pdf", "Pump")
    with file.path.open("r+b") as opened:
        opened.truncate(5_000_000_000)  # sparse: it takes no room
    for ask in (lambda: page(file, 0, 100), lambda: find(file, "Pump")):
        try:
            ask()
        except UnusableFile as told:
            assert "“a.pdf”" in str(told)
    ((_, said),) = first_pages([file])
    assert isinstance(said, FirstPage | UnusableFile)


def test_locked_and_broken_files_are_told_and_the_next_is_read(tmp_path: Path) -> None:
    locked = a_pdf(tmp_path / "locked.pdf", "Pump", password="secret")
    broken = File("broken.pdf", tmp_path / "broken.pdf", "application/pdf")
    broken.path.write_bytes(b"%PDF-1.7 no more")
    good = a_pdf(tmp_path / "good.pdf", "Pump")
    said = [
        str(answer) if isinstance(answer, UnusableFile) else answer.text
        for _, answer in first_pages([locked, broken, good])
        if not isinstance(answer, Cancelled)
    ]  # type: ignore[union-attr]  # one or the other
    assert "password" in said[0] and "damaged" in said[1] and said[2] == "Pump"
    with pytest.raises(UnusableFile, match="password"):
        find(locked, "Pump")


def test_picture_has_no_text_to_find(tmp_path: Path) -> None:
    assert find(File("a.png", tmp_path / "a.png", "image/png"), "Pump") == []


def test_looking_can_be_stopped(tmp_path: Path) -> None:
    file = many_pages(tmp_path / "scan.pdf", 5_000)
    with pytest.raises(Cancelled):
        find(file, "pump", lambda *_: False)


@pytest.mark.parametrize(
    "frame", [("hit", 0, "no"), ("hit", 0, (1, 2)), ("hit", 0, ((1, 2, 3, 4),)), ("hit", "0", ()), ("hit",)]
)
def test_place_that_a_child_invents_is_no_place(frame: tuple[object, ...]) -> None:
    with pytest.raises(ChildFailed):
        pages._text_found(frame)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_bytes_changed_anywhere_give_an_answer_or_a_sentence(tmp_path: Path, data: st.DataObject) -> None:
    whole = bytearray(a_pdf(tmp_path / "a.pdf", "Pump", "Valve").path.read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    path = tmp_path / "odd.pdf"
    path.write_bytes(whole)
    ((_, said),) = first_pages([File("odd.pdf", path, "application/pdf")])
    assert isinstance(said, FirstPage | UnusableFile)
