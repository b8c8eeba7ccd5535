"""The registers of the program and where to find one."""

from __future__ import annotations

from handover.errors import NotFound
from handover.i18n import LANGUAGES, N_, in_language
from handover.registers.declare import Register
from handover.registers.documents import DOCUMENTS
from handover.registers.groups import GROUPS, MEMBERS
from handover.registers.knowledge import KNOWLEDGE
from handover.registers.people import ORGANISATIONS, PEOPLE
from handover.registers.systems import SYSTEMS
from handover.registers.tasks import TASKS
from handover.values.cells import folded

_REGISTERS: dict[str, Register] = {}


def declare(register: Register) -> Register:
    """Take a register into the catalogue: from here on every part of the program offers it."""
    _REGISTERS[register.key] = register
    return register


def withdraw(key: str) -> None:
    """Take a register out again."""
    _REGISTERS.pop(key, None)


for _each in (TASKS, DOCUMENTS, KNOWLEDGE, SYSTEMS, PEOPLE, ORGANISATIONS, GROUPS, MEMBERS):
    declare(_each)


def registers() -> tuple[Register, ...]:
    """All registers, in the order in which they are offered."""
    return tuple(_REGISTERS.values())


def register(name: str) -> Register:
    """The register of a key, an alias or a title in either language. Raises NotFound, naming those that there are."""
    wanted = folded(name.replace("_", " ").replace("-", " "))
    for each in registers():
        names = [each.key, *each.aliases]
        for code in LANGUAGES:
            with in_language(code):
                names.append(each.label)
        if wanted in {folded(n.replace("_", " ")) for n in names}:
            return each
    keys = ", ".join(_REGISTERS)
    raise NotFound(N_("There is no register {name}. There are: {keys}."), name=name, keys=keys)


def plan_register() -> Register:
    """The register of the plan: its rows are a tree and wait for each other."""
    return next(each for each in registers() if each.outline and each.links)


def of_table(table: str) -> Register | None:
    """The register that lists the rows of a table."""
    return next((r for r in registers() if r.table.name == table), None)
