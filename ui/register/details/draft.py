"""A row that is being made: it enters the register once all that it can't be without is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from handover.errors import HandoverError, NotValid
from handover.registers.acts import editing
from handover.registers.declare import Register
from ui.register.details.fieldbox import RowFieldBox
from ui.register.grid.typed import stored
from ui.shell.page import Context


def add_from(
    context: Context,
    register: Register,
    boxes: Sequence[RowFieldBox],
    given: Mapping[str, Any],  # Any: what each field holds
    after: str | None,
) -> str | None:
    """Add the row that stands in the boxes; None, with the reasons beside the fields, when it can't be added yet.

    Raises:
        HandoverError: for a reason that belongs to no field.
    """
    values = dict(given)
    wrong: list[RowFieldBox] = []
    for box in boxes:
        if box.field.computed:
            continue
        try:
            value = stored(context, box.field, box.typed())
        except HandoverError as error:
            box.refuse(str(error))
            wrong.append(box)
            continue
        if value not in (None, [], ""):
            values[box.field.field] = value
        elif box.text() == "" and box.field.field in values:
            del values[box.field.field]
    if wrong:
        wrong[0].editor.setFocus()
        return None
    try:
        return editing.add(context.workspace, register, context.project.id, values, after=after)
    except NotValid as error:
        box_of = {box.field.field: box for box in boxes}
        if error.field not in box_of:
            raise
        box_of[error.field].refuse(str(error))
        box_of[error.field].editor.setFocus()
        return None


def initial(register: Register, given: Mapping[str, Any]) -> dict[str, Any]:  # Any: what each field holds
    """What a new row starts with: what is given, else what its model says of a row of which nothing is known."""
    known = {field.field: value for field in register.entered if (value := field.at_first) is not None}
    return {**known, **given}
