"""What a file is, and whether a system would run it, is told by its first bytes and its true suffix."""

from __future__ import annotations

import pytest

from handover.file_types import is_shown, media_type, program_suffix


@pytest.mark.parametrize(
    ("head", "name", "media"),
    [
        (b"%PDF-1.7\n", "manual.bin", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n", "photo", "image/png"),
        (b"\xff\xd8\xff\xe0", "photo.png", "image/jpeg"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "photo.webp", "image/webp"),
        (b"plain", "photo.png", "application/octet-stream"),
        (b"plain", "manual.pdf", "application/octet-stream"),
        (b"plain", "notes.txt", "text/plain"),
        (b"", "", "application/octet-stream"),
    ],
)
def test_media_type_is_told_by_the_bytes_before_the_name(head: bytes, name: str, media: str) -> None:
    assert media_type(head, name) == media
    assert is_shown(media) == (media.startswith("image/") or media == "application/pdf")


@pytest.mark.parametrize(
    ("name", "suffix"),
    [
        ("setup.exe", ".exe"),
        ("Report.PDF.EXE", ".exe"),
        ("macro.vbs", ".vbs"),
        ("photo.jpg .scr", ".scr"),
        ("tool.bat.", ".bat"),
        ("start.desktop", ".desktop"),
        ("update.msi", ".msi"),
        ("app.jar", ".jar"),
        ("run.sh", ".sh"),
        ("link.lnk", ".lnk"),
        ("manual.pdf", ""),
        ("exe", ""),
        ("drawing.dwg", ""),
        ("notes.exe.txt", ""),
    ],
)
def test_program_is_told_by_its_true_suffix(name: str, suffix: str) -> None:
    assert program_suffix(name) == suffix


@pytest.mark.parametrize("head", [b"MZ\x90\0", b"\x7fELF\x02", b"#!/bin/sh\n"])
def test_program_is_told_by_its_first_bytes_whatever_it_is_called(head: bytes) -> None:
    assert program_suffix("manual.pdf", head) == ".pdf"
    assert program_suffix("manual", head) == "?"
