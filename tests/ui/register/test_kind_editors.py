"""Every kind of field has its editor."""

import pytest

from handover.registers.catalogue import registers
from handover.registers.kinds import every_kind
from handover.registers.kinds.kind import FieldKind
from ui.register.grid.day_line import DayLine
from ui.register.grid.kind_editors import editor_of
from ui.register.grid.long_field import LongField
from ui.rich_text.field import RichField


@pytest.mark.parametrize("kind", every_kind(), ids=lambda kind: kind.key)
def test_editor_fits_what_is_typed(kind: FieldKind) -> None:
    field = next((f for each in registers() for f in each.fields if f.kind is kind), None)
    if field is None:
        pytest.skip("no register has one")
    made = editor_of(field)

    assert (made.in_form in (LongField, RichField)) == kind.roomy
    assert (made.in_form is DayLine) == kind.dated
