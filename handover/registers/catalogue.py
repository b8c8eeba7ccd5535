"""The chapters and registers of the program and where to find one; each module of ``chapters`` brings its own."""

from __future__ import annotations

import importlib
import pkgutil

from handover.errors import NotFound
from handover.i18n import LANGUAGES, N_, in_language
from handover.registers import chapters as _folder
from handover.registers import parts
from handover.registers.chapter import Chapter, PaperKind
from handover.registers.declare import Register
from handover.values.cells import folded

_CHAPTERS: dict[str, Chapter] = {}
_REGISTERS: dict[str, Register] = {}
_BY_TABLE: dict[str, Register] = {}


def declare(chapter: Chapter) -> Chapter:
    """Take a chapter into the catalogue: from here on every part of the program offers it and its registers."""
    _CHAPTERS[chapter.key] = chapter
    _order()
    return chapter


def withdraw(key: str) -> None:
    """Take a chapter out again."""
    _CHAPTERS.pop(key, None)
    _order()


def _order() -> None:
    in_order = sorted(_CHAPTERS.values(), key=lambda chapter: chapter.order)
    _CHAPTERS.clear()
    _CHAPTERS.update((chapter.key, chapter) for chapter in in_order)
    _REGISTERS.clear()
    _REGISTERS.update((each.key, each) for chapter in in_order for each in chapter.registers)
    _BY_TABLE.clear()
    _BY_TABLE.update((str(each.table.name), each) for each in _REGISTERS.values())
    for each in _REGISTERS.values():
        each.show_counts(parts.count_of(each, part) for part in parts_of(each))


def parts_of(owner: Register) -> tuple[Register, ...]:
    """The registers whose rows are parts of the rows of a register, in their order."""
    table = str(owner.table.name)
    return tuple(each for each in _REGISTERS.values() if each.part_of is not None and each.part_of.target == table)


def owner_of(part: Register) -> Register | None:
    """The register of the rows that the rows of a register are parts of, None where they stand for themselves."""
    return _BY_TABLE.get(part.part_of.target) if part.part_of is not None else None


_CHAPTERS.update(
    (chapter.key, chapter)
    for found in pkgutil.iter_modules(_folder.__path__)
    for chapter in [importlib.import_module(f"{_folder.__name__}.{found.name}").CHAPTER]
)
_order()


def chapters() -> tuple[Chapter, ...]:
    """All chapters in their order."""
    return tuple(_CHAPTERS.values())


def chapter_of(register_key: str) -> Chapter:
    """The chapter of a register. Raises NotFound."""
    for chapter in _CHAPTERS.values():
        if any(each.key == register_key for each in chapter.registers):
            return chapter
    raise NotFound(N_("There is no register {name}. There are: {keys}."), name=register_key, keys=", ".join(_REGISTERS))


def papers() -> tuple[PaperKind, ...]:
    """The kinds of paper that the chapters issue."""
    return tuple(paper for chapter in _CHAPTERS.values() for paper in chapter.papers)


def paper(key: str) -> PaperKind:
    """The kind of paper of a key. Raises NotFound, naming those that there are."""
    for each in papers():
        if each.key == key:
            return each
    raise NotFound(N_("There is no series {key}. There are: {keys}."), key=key, keys=", ".join(p.key for p in papers()))


def registers() -> tuple[Register, ...]:
    """All registers, in the order in which they are offered."""
    return tuple(_REGISTERS.values())


def by_hand() -> tuple[Register, ...]:
    """The registers to which people add rows, by typing, pasting and importing."""
    return tuple(each for each in _REGISTERS.values() if each.by_hand)


def register(name: str) -> Register:
    """The register of a key, an alias or a title in either language. Raises NotFound, naming those that there are."""
    if name in _REGISTERS:
        return _REGISTERS[name]
    wanted = folded(name.replace("_", " ").replace("-", " "))
    for each in registers():
        names = [each.key, *each.aliases]
        for code in LANGUAGES:
            with in_language(code):
                names.append(each.label)
        if wanted in {folded(n.replace("_", " ")) for n in names}:
            return each
    raise NotFound(N_("There is no register {name}. There are: {keys}."), name=name, keys=", ".join(_REGISTERS))


def plan_register() -> Register:
    """The register of the plan: its rows are a tree and wait for each other."""
    return next(each for each in registers() if each.outline and each.links)


def of_table(table: str) -> Register | None:
    """The register that lists the rows of a table."""
    return _BY_TABLE.get(table)


def in_filling_order() -> tuple[Register, ...]:
    """All registers so that a row can point only at rows of its own or of an earlier one."""
    tables = next(iter(_REGISTERS.values())).model.metadata.sorted_tables if _REGISTERS else []
    return tuple(_BY_TABLE[table.name] for table in tables if table.name in _BY_TABLE)
