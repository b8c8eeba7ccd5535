"""How the commands speak: lines for people, JSON for scripts, progress where somebody watches."""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path
from typing import Any

import typer

from handover.i18n import trn
from handover.jobs import Progress, unattended

_EVERY = 0.1
_UNESCAPED = re.compile("[\x7f-\x9f]")


#: What a terminal takes for an order, or what turns the direction of what follows, as signs that can be seen.
_ORDERS = {n: chr(0x2400 + n) for n in range(0x20) if chr(n) not in "\t\n"} | {0x7F: "\u2421"}
_ORDERS |= dict.fromkeys([*range(0x80, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F], "\ufffd")


def visible(text: str) -> str:
    """The text without anything that a terminal would obey; texts of a workspace may come from anybody."""
    return text if text.isascii() and text.isprintable() else text.translate(_ORDERS)


def line(text: str = "") -> None:
    """A line for people."""
    typer.echo(visible(text))


def aside(text: str) -> None:
    """A line for people that is no part of what a script reads."""
    typer.echo(visible(text), err=True)


def data(value: Any) -> None:  # Any: JSON's own values
    """A value for scripts, as JSON in UTF-8; JSON writes most control characters as escapes, and so are the others."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    typer.echo(_UNESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", text))


def progress() -> Progress:
    """Progress on the terminal's error stream; nothing where nobody watches."""
    return _Meter() if sys.stderr.isatty() else unattended


class _Meter:
    def __init__(self) -> None:
        self._last = 0.0

    def __call__(self, done: int, total: int, what: str) -> bool:
        now = time.monotonic()
        if now - self._last >= _EVERY:
            self._last = now
            share = f" {done * 100 // total} %" if total else ""
            sys.stderr.write(f"\r\x1b[K{visible(what)}{share}")
            sys.stderr.flush()
        return True


def table(headings: list[str], rows: list[list[str]]) -> None:
    """Rows under headings, in columns as wide as their texts; Chinese characters count twice."""
    widths = [max(_width(r[i]) for r in [headings, *rows]) for i in range(len(headings))]
    for row in [headings, *rows]:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        line("  ".join(padded).rstrip())


def _width(text: str) -> int:
    import unicodedata

    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def shown_path(path: Path) -> str:
    """A path as the user knows it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def counted(rows: int) -> str:
    """How many rows, in words."""
    return trn("{n} row", "{n} rows", rows)
