"""How the commands speak: lines for people, JSON for scripts, progress where somebody watches."""

from __future__ import annotations

import json
import sys
import time
import unicodedata
from pathlib import Path
from typing import Any

import typer

from handover.i18n import trn
from handover.jobs import Progress, unattended

_EVERY = 0.1


def plain(text: str) -> str:
    """A text as a terminal may have it: signs by which it is commanded, or its order bent, are shown and not obeyed."""
    return text.translate(_SHOWN)


class _Plain(dict[int, str]):
    """For each sign itself, or what is shown in its place."""

    def __missing__(self, code: int) -> str:
        self[code] = _shown(code)
        return self[code]


def _shown(code: int) -> str:
    sign = chr(code)
    if code < 0x20 and sign not in "\n\t":
        return chr(0x2400 + code)  # the pictures of control characters
    if code == 0x7F:
        return "\u2421"
    return f"\\u{code:04x}" if unicodedata.category(sign) in ("Cc", "Cf") and sign not in _HARMLESS else sign


#: What steers nothing but the line: its end, the tab, joiners of letters, and the soft hyphen.
_HARMLESS = "\n\t\u200c\u200d\u00ad"
_SHOWN = _Plain()


def line(text: str = "") -> None:
    """A line for people."""
    typer.echo(plain(text))


def aside(text: str) -> None:
    """A line for people that is no part of what a script reads."""
    typer.echo(plain(text), err=True)


def data(value: Any) -> None:  # Any: JSON's own values
    """A value for scripts, as JSON in UTF-8; what a terminal would obey is written as JSON escapes it."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    typer.echo("".join(f"\\u{ord(c):04x}" if "\x7f" <= c <= "\x9f" else c for c in text))


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
            sys.stderr.write(f"\r\x1b[K{plain(what)}{share}")
            sys.stderr.flush()
        return True


def table(headings: list[str], rows: list[list[str]]) -> None:
    """Rows under headings, in columns as wide as their texts; Chinese characters count twice."""
    rows = [[plain(cell).replace("\n", " ") for cell in row] for row in rows]
    widths = [max(_width(r[i]) for r in [headings, *rows]) for i in range(len(headings))]
    for row in [headings, *rows]:
        padded = (cell + " " * (width - _width(cell)) for cell, width in zip(row, widths, strict=True))
        line("  ".join(padded).rstrip())


def _width(text: str) -> int:
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
