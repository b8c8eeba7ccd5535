"""Somebody who tries every act on rows of any register; ``any_act PATH SEED`` goes on doing so for ever.

Values are taken from what other rows hold, so that a chapter is reached by being registered. As a program it prints the
number of acts and what the file holds each time an act is stored, so that whoever kills it knows what must be there.
"""

from __future__ import annotations

import hashlib
import random
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import select

from handover.errors import HandoverError
from handover.model import Project
from handover.registers.acts import editing, taking
from handover.registers.catalogue import registers
from handover.registers.declare import Field, Register
from handover.store import Workspace
from tests.domain import contents

TEXTS = ("", "=1+1", "氧气管 ", "a\nb", "x" * 300, "’; DROP TABLE task; --")


def digest(path: Path) -> str:
    return hashlib.blake2b(repr(contents(path)).encode("utf-8", "surrogatepass")).hexdigest()


class Hands:
    """Somebody who tries everything on the rows of a workspace."""

    def __init__(self, workspace: Workspace, chance: random.Random) -> None:
        self.workspace, self.chance = workspace, chance
        with workspace.read() as connection:
            self.project: str = connection.execute(select(Project.id)).scalars().first() or ""
        self.acts: tuple[Callable[[Register], object], ...] = (
            self.add, self.change, self.duplicate, self.step, self.delete, self.restore
        )  # fmt: skip
        #: How many acts were stored in each register, and what was refused.
        self.done: dict[str, int] = {}

    def number(self) -> int:
        """How many acts there have been."""
        with self.workspace.read() as connection:
            return int(connection.exec_driver_sql("SELECT count(*) FROM act").scalar_one())

    def try_all(self, register: Register) -> int:
        """Try every act on rows of a register; how many were stored."""
        stored = 0
        for act in self.acts:
            before = self.number()
            try:
                act(register)
            except HandoverError:
                assert self.number() == before, f"{register.key}: what was refused left an act"
            stored += self.number() - before
        self.done[register.key] = stored
        return stored

    # -- acts ---------------------------------------------------------------------------------------------------------

    def add(self, register: Register) -> None:
        editing.add_many(self.workspace, register, self.project, [self.values(register) for _ in range(2)])

    def change(self, register: Register) -> None:
        fields = [f for f in register.entered if f.attr in register.table.columns]
        if fields and (key := self.one(register)):
            field = self.chance.choice(fields)
            editing.change(self.workspace, register, self.project, {key: {field.field: self.value(register, field)}})

    def duplicate(self, register: Register) -> None:
        if key := self.one(register):
            editing.duplicate(self.workspace, register, self.project, [key])

    def step(self, register: Register) -> None:
        key = self.one(register)
        offers = taking.offers(self.workspace, register, self.project, [key]) if key else []
        if offers:
            step = self.chance.choice(offers).step
            answers = {f.field: self.value(register, f, filled=True) for f in taking.asked(register, step)}
            taking.take(self.workspace, register, self.project, [key], step, answers)

    def delete(self, register: Register) -> None:
        if key := self.one(register):
            editing.delete(self.workspace, register, self.project, [key])

    def restore(self, register: Register) -> None:
        if key := self.one(register, binned=True):
            editing.restore(self.workspace, register, self.project, [key])

    # -- rows and values ----------------------------------------------------------------------------------------------

    def one(self, register: Register, *, binned: bool = False) -> str:
        """The key of a row, empty where there is none."""
        model = register.model
        gone = model.deleted_at.is_not(None) if binned else model.deleted_at.is_(None)
        with self.workspace.read() as connection:
            found = connection.execute(select(model.id).where(model.project_id == self.project, gone)).scalars().all()
        return str(self.chance.choice(found)) if found else ""

    def values(self, register: Register) -> dict[str, Any]:  # Any: what fields hold
        return {
            field.field: self.value(register, field, filled=field.required)
            for field in register.entered
            if field.attr in register.table.columns and (field.required or self.chance.random() < 0.5)
        }

    def value(self, register: Register, field: Field, *, filled: bool = False) -> Any:  # Any: as above
        """What another row holds in a field; now and then nothing, or an odd text."""
        column = register.table.columns.get(field.attr)
        if column is None:
            return None
        with self.workspace.read() as connection:
            known = connection.execute(select(column).where(column.is_not(None)).distinct().limit(40)).scalars().all()
        if not filled and self.chance.random() < 0.2:
            return None
        if field.kind.wordy and self.chance.random() < 0.2:
            return self.chance.choice(TEXTS)
        return self.chance.choice(known) if known else None


def main(path: Path, seed: int) -> None:
    """Act on random registers until somebody ends it."""
    chance = random.Random(seed)
    with Workspace.open(path) as workspace:
        hands = Hands(workspace, chance)
        print(hands.number(), digest(path), flush=True)
        while True:
            register, act = chance.choice(registers()), chance.choice(hands.acts)
            before = hands.number()
            try:
                act(register)
            except HandoverError:
                continue
            if hands.number() > before:
                print(hands.number(), digest(path), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
