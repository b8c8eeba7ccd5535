"""Names that are made of what users wrote are safe on every system."""

from __future__ import annotations

import pytest

from handover.file_names import safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("NEV-HP-003 移交包.pdf", "NEV-HP-003 移交包.pdf"),
        ("../../etc/passwd", "-.-etc-passwd"),
        ("C:\\Windows\\x", "C--Windows-x"),
        ("con.pdf", "_con.pdf"),
        ("LPT1", "_LPT1"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("  .hidden. ", "hidden"),
        ("???", "handover"),
        ("", "handover"),
    ],
)
def test_names_are_safe_on_every_system(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_keeps_its_suffix() -> None:
    name = safe_name("移交" * 200 + ".xlsx")
    assert name.endswith(("移.xlsx", "交.xlsx"))
    assert len(name.encode()) <= 180
