"""Pages and texts are drawn in a child: what is damaged, locked, too large or deadly is told and harms nobody."""

from __future__ import annotations

import io
import time
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from handover.errors import Cancelled, UnusableFile
from handover.preview import pages
from handover.preview.pages import File, page, pictures, texts


def a_pdf(path: Path, *words: str, password: str = "") -> File:
    canvas = Canvas(str(path), encrypt=StandardEncryption(password) if password else None)
    for word in words:
        canvas.drawString(100, 700, word)
        canvas.showPage()
    canvas.save()
    return File(path.name, path, "application/pdf")


def a_picture(path: Path, size: tuple[int, int], mode: str = "RGB", **more: object) -> File:
    Image.new(mode, size, 255 if mode == "L" else (200, 30, 30, 255)[: len(mode)]).save(path, **more)
    return File(path.name, path, f"image/{path.suffix[1:]}")


def drawn(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png))


def test_page_of_a_pdf_is_drawn_as_wide_as_wanted(tmp_path: Path) -> None:
    file = a_pdf(tmp_path / "a.pdf", "One", "Two", "Three")

    found = page(file, 1, 500)

    assert (found.number, found.count) == (1, 3)
    assert drawn(found.png).width == 500
    assert page(file, 99, 100).number == 2


def test_text_of_a_pdf_comes_page_by_page(tmp_path: Path) -> None:
    file = a_pdf(tmp_path / "a.pdf", "Valve V-101", "Pump P-7")

    assert list(texts([file])) == [(file, ["Valve V-101", "Pump P-7"])]


@pytest.mark.parametrize(("name", "mode"), [("a.png", "RGBA"), ("a.jpeg", "RGB"), ("a.webp", "RGB"), ("a.bmp", "RGB"),
                                            ("a.gif", "P"), ("a.tiff", "L")])  # fmt: skip
def test_picture_is_drawn_no_larger_than_it_is(tmp_path: Path, name: str, mode: str) -> None:
    path = tmp_path / name
    Image.new(mode, (64, 32)).save(path)
    file = File(name, path, f"image/{path.suffix[1:]}")

    assert drawn(page(file, 0, 500).png).size == (64, 32)
    assert drawn(page(file, 0, 16).png).size == (16, 8)
    assert drawn(page(file, 0, 100, 8).png).size == (16, 8)


def test_photo_that_lies_on_its_side_is_turned(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by 90 degrees
    file = a_picture(tmp_path / "a.jpeg", (60, 20), exif=exif)

    assert drawn(page(file, 0, 500).png).size == (20, 60)


def test_pages_of_a_tiff_are_its_pictures(tmp_path: Path) -> None:
    path = tmp_path / "fax.tiff"
    images = [Image.new("L", (10 * n, 10)) for n in (1, 2, 3)]
    images[0].save(path, save_all=True, append_images=images[1:])

    found = page(File("fax.tiff", path, "image/tiff"), 2, 500)

    assert (found.count, drawn(found.png).width) == (3, 30)


def test_small_pictures_of_many_files_pass_over_the_bad_ones(tmp_path: Path) -> None:
    good, bad = a_pdf(tmp_path / "a.pdf", "One"), File("bad.pdf", tmp_path / "bad.pdf", "application/pdf")
    bad.path.write_bytes(b"%PDF-1.7 no more")
    text = File("a.txt", tmp_path / "a.txt", "text/plain")

    found = list(pictures([good, bad, text, a_picture(tmp_path / "b.png", (300, 200))], 64))

    assert [(f.name, isinstance(p, bytes)) for f, p in found] == [("a.pdf", True), ("bad.pdf", False), ("b.png", True)]
    assert drawn(found[2][1]).size == (64, 43)  # type: ignore[arg-type]


# -- what is hostile


def test_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7\n%%EOF")
    with pytest.raises(UnusableFile, match="damaged"):
        page(File("a.pdf", tmp_path / "a.pdf", "application/pdf"), 0, 100)
    ((_, said),) = texts([File("a.pdf", tmp_path / "a.pdf", "application/pdf")])
    assert isinstance(said, UnusableFile)
    assert "damaged" in str(said)


def test_locked_pdf_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="protected with a password"):
        page(a_pdf(tmp_path / "a.pdf", "One", password="secret"), 0, 100)


def test_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="isn't there"):
        page(File("a.png", tmp_path / "a.png", "image/png"), 0, 100)


def test_file_of_another_kind_is_told_without_a_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "Child", None)
    with pytest.raises(UnusableFile, match="no preview"):
        page(File("a.dwg", tmp_path / "a.dwg", "image/vnd.dwg"), 0, 100)


def a_bomb(path: Path, side: int) -> File:
    """A PNG of a few hundred bytes that says it has so many pixels a side."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    head = side.to_bytes(4, "big") * 2 + b"\x08\x02\0\0\0"
    path.write_bytes(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)))
    return File(path.name, path, "image/png")


def test_picture_of_too_many_pixels_is_told_before_it_is_unpacked(tmp_path: Path) -> None:
    with pytest.raises(UnusableFile, match="too many pixels"):
        page(a_bomb(tmp_path / "bomb.png", 60_000), 0, 100)


def test_huge_page_of_a_pdf_is_drawn_smaller(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(14_000, 14_000))
    canvas.showPage()
    canvas.save()
    found = page(File("a.pdf", tmp_path / "a.pdf", "application/pdf"), 0, 100_000)
    assert drawn(found.png).width <= 4_000


def draw_by_odd_child(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.setattr(pages, "_MODULE", "tests.odd_child")
    monkeypatch.setenv("ODD_CHILD", what)


@pytest.mark.parametrize("what", ["abort", "segfault", "leave"])
def test_child_that_dies_is_a_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    file = a_picture(tmp_path / "a.png", (10, 10))
    draw_by_odd_child(monkeypatch, what)
    with pytest.raises(UnusableFile, match="memory or time"):
        page(file, 0, 100)


def test_others_are_drawn_after_a_child_died(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "_MODULE", "tests.preview.deadly_child")
    files = [a_picture(tmp_path / name, (10, 10)) for name in ("a.png", "deadly.png", "b.png")]

    found = [isinstance(picture, bytes) for _, picture in pictures(files, 64)]

    assert found == [True, False, True]


def test_child_that_hangs_is_stopped_in_time_and_by_cancel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = a_picture(tmp_path / "a.png", (10, 10))
    draw_by_odd_child(monkeypatch, "hang")
    monkeypatch.setattr(pages, "_MOST_BEATS", 2)
    with pytest.raises(UnusableFile, match="memory or time"):
        page(file, 0, 100)
    monkeypatch.setattr(pages, "_MOST_BEATS", 1000)
    before = time.process_time()
    with pytest.raises(Cancelled):
        page(file, 0, 100, progress=lambda *_: False)
    assert time.process_time() - before < 5


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_any_damage_to_a_pdf_gives_a_page_or_a_refusal(tmp_path: Path, data: st.DataObject) -> None:
    file = a_pdf(tmp_path / "a.pdf", "One")
    whole = bytearray(file.path.read_bytes())
    for _ in range(data.draw(st.integers(1, 20))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    file.path.write_bytes(whole[: data.draw(st.integers(1, len(whole)))])
    try:
        assert page(file, 0, 100).png
    except UnusableFile as error:
        assert str(error)
