"""Acts on chosen rows that a chapter has of its own, beside what every register offers.

``ui.chapters.KEY`` of the chapter gives them: ``acts(context, register)``.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from handover.registers.catalogue import chapter_of
from handover.registers.declare import Register
from ui.register.row_commands import ROWS
from ui.shell.own_code import own_code
from ui.shell.page import Context
from ui.shell.shortcuts import KeyedCommand


@dataclass(frozen=True, slots=True)
class OwnAct:
    """An act on rows.

    Args:
        name: what the button says, in the language in force.
        run: is given the keys of the chosen rows and the widget over which it asks.
        writes: it is off where nothing can be written.
        keys: what reaches it on the page of the register as long as nobody wants others.
        command: with keys, its name as a key of the catalogue.
        of_rows: it is of the rows in hand, and does nothing without any.
    """

    name: str
    icon: str
    run: Callable[[Sequence[str], QWidget], object]
    writes: bool = True
    keys: tuple[str, ...] = ()
    of_rows: bool = True
    command: str = ""

    def keyed(self, register: Register) -> KeyedCommand:
        """The command of a register that keys can lead to."""
        return KeyedCommand(f"{ROWS}.{register.key}", self.command, self.command, self.keys)


def own_acts(context: Context, register: Register) -> list[OwnAct]:
    """What the chapter of a register offers for its rows, in the order of the buttons."""
    acts = getattr(own_code(chapter_of(register.key).key), "acts", None)
    return acts(context, register) if acts is not None else []
