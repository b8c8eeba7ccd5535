"""Which fields of a row can't be changed in the state that it is in, told from its values alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from handover.errors import Reason
from handover.model import locks
from handover.registers import parts
from handover.registers.catalogue import owner_of
from handover.registers.declare import Field, Register
from handover.registers.linked import Linked


class HeldRows:
    """What locks the rows of a register: their own state, and that of the row that they are parts of.

    Attributes:
        fields: what must be read of a row for it, besides what is shown.
    """

    def __init__(self, register: Register) -> None:
        self._register = register
        self._state = next((f for f in register.fields if f.lifecycle is not None), None)
        self._owner = owner_of(register)
        self._part_of = register.part_of
        self._owner_state = parts.owner_state(register, self._owner) if self._owner is not None else None
        of_owner = (self._part_of, self._owner_state) if self._owner_state is not None else ()
        self.fields: tuple[Field, ...] = tuple(f for f in (self._state, *of_owner) if f is not None)

    def against(
        self, field: Field | None, ref: str, values: Mapping[str, Any]
    ) -> Reason | None:  # Any: what fields hold
        """Why a field of a row can't be changed, or the row not be deleted where none is named; None if it can.

        Args:
            values: of ``fields`` at least, by field.
        """
        return self._by_owner(values) or self._by_state(field, ref, values)

    def _by_owner(self, values: Mapping[str, Any]) -> Reason | None:  # Any: as above
        if self._owner is None or self._owner_state is None or self._part_of is None:
            return None
        owner = values.get(self._part_of.field)
        if not isinstance(owner, Linked):
            return None
        return locks.of_parts(self._owner.model, owner.ref, values.get(self._owner_state.field), self._register.model)

    def _by_state(self, field: Field | None, ref: str, values: Mapping[str, Any]) -> Reason | None:  # Any: as above
        if self._state is None or self._state.lifecycle is None:
            return None
        state = values.get(self._state.field)
        if state not in self._state.lifecycle.locked:
            return None
        row = {"ref": ref, self._state.attr: state}
        return locks.refusal(self._register.model, row, row, {field.attr if field is not None else "deleted_at"})
