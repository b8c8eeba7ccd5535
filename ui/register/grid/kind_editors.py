"""The editors of fields by the names under which their kinds ask for them."""

from __future__ import annotations

from dataclasses import dataclass

from handover.registers.declare import Field
from ui.register.grid.day_line import DayLine
from ui.register.grid.editors import LineEdit, LongEdit
from ui.register.grid.long_field import LongField
from ui.rich_text.field import RichField


@dataclass(frozen=True, slots=True)
class KindEditor:
    """What a value is typed in: in a cell of a table, and in a form."""

    in_cell: type[LineEdit | LongEdit]
    in_form: type[LineEdit | LongField | RichField]


_EDITORS = {
    "line": KindEditor(LineEdit, LineEdit),
    "lines": KindEditor(LongEdit, LongField),
    "rich": KindEditor(LongEdit, RichField),
    "day": KindEditor(LineEdit, DayLine),
}


def use_editor(name: str, editor: KindEditor) -> None:
    """Have kinds that ask for a name edited so."""
    _EDITORS[name] = editor


def editor_of(field: Field) -> KindEditor:
    """The editor of a field."""
    return _EDITORS[field.kind.editor]
