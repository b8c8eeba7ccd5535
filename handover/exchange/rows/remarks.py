"""What isn't taken of a row's cells, kept in its notes: a line for each, ``Finish: TBC``, in the row's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from handover.exchange.rows.outcome import Fault
from handover.i18n import in_language, tr
from handover.registers.declare import Register
from handover.values.cells import ERROR_VALUES, as_text

#: Where a row's notes stand, in every register that has any.
NOTES = "notes"
_HAN = re.compile("[\u3400-\u9fff]")


def lines_for(register: Register, remarks: Iterable[Fault], values: Mapping[str, Any]) -> list[str]:
    """The lines that a row's notes get for its remarks, each field once.

    Args:
        values: the columns of the row, whose names tell its language.
    """
    told = {r.field: as_text(r.text) for r in remarks if r.field in register and r.field != NOTES}
    told = {key: text for key, text in told.items() if text and text not in ERROR_VALUES}
    if NOTES not in register or not told:
        return []
    with in_language(_language(register, values, told.values())):
        return [tr("{field}: {text}", field=register[key].label, text=text) for key, text in told.items()]


def with_lines(notes: str | None, lines: Iterable[str]) -> str | None:
    """The notes with those of the lines that they don't have yet."""
    held = notes or ""
    for line in lines:
        if line not in held:
            held = f"{held}\n{line}" if held else line
    return held or None


def _language(register: Register, values: Mapping[str, Any], texts: Iterable[str]) -> str:
    """Chinese for a row that is called by Chinese words; where its name has none of any language, its cells tell."""
    called = [v for k in register.naming if isinstance(v := values.get(k), str)]
    words = [text for text in called if any(ch.isalpha() for ch in text)] or texts
    return "zh" if any(_HAN.search(text) for text in words) else "en"
