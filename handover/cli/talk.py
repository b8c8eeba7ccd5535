"""How the commands speak: lines for people, JSON for scripts, progress where somebody watches."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

import typer

from handover.i18n import trn
from handover.jobs import Progress, unattended

_EVERY = 0.1


def line(text: str = "") -> None:
    """A line for people."""
    typer.echo(text)


def aside(text: str) -> None:
    """A line for people that is no part of what a script reads."""
    typer.echo(text, err=True)


def data(value: Any) -> None:  # Any: JSON's own values
    """A value for scripts, as JSON in UTF-8."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


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
            sys.stderr.write(f"\r\x1b[K{what}{share}")
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
