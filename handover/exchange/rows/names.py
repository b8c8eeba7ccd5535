"""The rows that names in a file mean: people, organisations, systems, entries of lists; new ones are made with it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from handover.errors import NotFound, NotValid
from handover.i18n import N_, tr
from handover.model.base import Row, new_id
from handover.model.picks.pick import pick_list
from handover.registers import picks
from handover.registers.called import called_by_others
from handover.registers.catalogue import of_table
from handover.registers.declare import Field, Register
from handover.values.cells import as_text, folded, normal, shown
from handover.values.workbook_text import without_illegal

#: What an import makes when a file names it and the project hasn't got it.
_MADE = ("person", "organisation", "system", "milestone")
#: What stands for a name that nobody knows yet, and for one that there won't be.
_NOT_YET = frozenset(
    {
        "tbc", "tbd", "tba", "tobeconfirmed", "tobedetermined", "tobedecided", "tobeadvised", "tobenamed",
        "tobeagreed", "待商定", "待确认", "待落实", "待指定", "待明确", "待补充", "另行通知",
    }
)  # fmt: skip
_NOBODY = frozenset(
    {
        "asap", "ongoing", "unknown", "notknown", "notyetknown", "unassigned", "notassigned", "nobody", "noone",
        "vacant", "持续", "长期", "视情况", "未知", "不明", "未指定", "尽快", "空缺",
    }
)  # fmt: skip
_REF_AT_END = re.compile(r"[(（]\s*([A-Z]{2,5}-\d{1,9})\s*[)）]\s*$")


@dataclass(frozen=True, slots=True)
class Created:
    """A person, organisation, system, milestone or entry of a list that comes into being with an import."""

    table: str
    id: str
    name: str
    values: dict[str, Any]  # Any: values of its columns

    @property
    def said(self) -> str:
        """The name as it is told: that of an entry with its list."""
        key = self.values.get("list")
        return self.name if key is None else tr("{list}: {word}", list=pick_list(key).label, word=self.name)


class Coming(NamedTuple):
    """A row that another sheet of the same file brings or changes: its targets, its key and what people call it."""

    targets: str
    id: str
    name: str
    words: tuple[str, ...]


class NoSuchName(Exception):
    """A name that can't be resolved: the sentence (a catalogue key) and what fills it."""

    def __init__(self, message: str, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values


@dataclass(slots=True)
class Names:
    """The rows of one table, or the entries of one ``pick`` list, by everything that people call them."""

    register: Register
    pick: str = ""
    ids: dict[str, list[str]] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    created: dict[str, Created] = field(default_factory=dict)

    def knows(self, text: str) -> bool:
        """True when a row is called so as the text stands, or when it is the key of one."""
        return folded(text) in self.ids or folded(text) in self.created or text in self.names

    def resolve(self, text: str) -> str:
        """The key of the row that a text names; a person, company, system, milestone or entry that is new gets one.

        Raises:
            NoSuchName: several rows are called so, or none is and none may be made.
        """
        plain = normal(text)
        if plain in self.names:
            return plain
        if match := _REF_AT_END.search(plain):
            found = self.ids.get(folded(match[1]))
            if found:
                return found[0]
        found = self.ids.get(folded(plain), [])
        if len(found) == 1:
            return found[0]
        if found:
            raise NoSuchName(
                N_("“{text}” fits several rows of {register}. Write the reference."),
                text=shown(plain),
                register=self.register.label,
            )
        if self._names_nothing(plain):
            raise NoSuchName(N_("{register} has no row “{text}”."), register=self.register.label, text=shown(plain))
        if self.pick:
            return self._enter(plain)
        if self.register.table.name not in _MADE and not self.register.brought:
            raise NoSuchName(N_("{register} has no row “{text}”."), register=self.register.label, text=shown(plain))
        return self._make(plain)

    def _names_nothing(self, text: str) -> bool:
        """True for a mark, a number in place of a person, and what stands for a name that nobody knows yet."""
        word = folded(text).strip("?？.!！()（）")
        if self.pick:
            return word in _NOT_YET or not any(ch.isalnum() for ch in word)
        in_words = self.register.table.name in ("person", "organisation")
        return word in _NOT_YET | _NOBODY or not any(ch.isalpha() if in_words else ch.isalnum() for ch in word)

    def _make(self, name: str) -> str:
        known = self.created.get(folded(name))
        if known is None:
            display = self.register.display
            keys = tuple(key for key in display if self.register[key].required) or display[:1]
            for key in keys:
                limit = self.register[key].limit
                if limit and len(name) > limit:
                    raise NoSuchName(
                        N_("The text has {length} characters; at most {limit} fit."), length=len(name), limit=limit
                    )
            known = Created(self.register.table.name, new_id(), name, dict.fromkeys(keys, name))
            self.created[folded(name)] = known
            self.names[known.id] = name
        return known.id

    def _enter(self, word: str) -> str:
        """A new entry of the list."""
        known = self.created.get(folded(word))
        if known is None:
            try:
                taken = {folded(each.values["code"]) for each in self.created.values()} | self.ids.keys()
                values = picks.new_entry(self.pick, word, taken)
            except NotValid as error:
                raise NoSuchName(error.message, **error.values) from error
            known = Created(self.register.table.name, new_id(), word, values)
            self.created[folded(word)] = known
            self.names[known.id] = word
        return known.id

    def add(self, coming: Coming) -> None:
        """Know a row that comes with the same file."""
        self.names.setdefault(coming.id, coming.name)
        for word in {folded(as_text(w)) for w in (coming.name, *coming.words) if w}:
            known = self.ids.setdefault(word, [])
            if coming.id not in known:
                known.append(coming.id)

    def label(self, key: str | None) -> str:
        """The name of a row by its key."""
        return self.names.get(key or "", "")


def targets_key(table: str, pick: str | None) -> str:
    """What names the targets that are rows of a table, or the entries of one list."""
    return f"{table}:{pick}" if pick else table


def load_targets(connection: Connection, project_id: str, table: str) -> Names:
    """All rows of a table that a name can mean. Raises NotFound when no register lists the table."""
    register = of_table(table)
    if register is None:
        raise NotFound(N_("There is no register for {table}."), table=table)
    targets = Names(register)
    texts = calling(register)
    columns = [getattr(register.model, attr) for attr in texts]
    model: type[Row] = register.model
    rows = connection.execute(
        select(model.id, model.ref, *columns).where(model.project_id == project_id, model.deleted_at.is_(None))
    )
    shown_first = len([d for d in register.display if d in texts])
    for row in rows:
        key, ref, *words = row
        name = " ".join(str(w) for w in words[:shown_first] if w)
        targets.names[key] = name or ref
        for word in {f for w in (ref, name, *words) if w for f in _forms(w)}:
            targets.ids.setdefault(word, []).append(key)
    for key, called in called_by_others(connection, register, list(targets.names)).items():
        targets.names[key] = called.name
        for word in {folded(w) for w in (called.name, *called.shorter)}:
            if key not in targets.ids.setdefault(word, []):
                targets.ids[word].append(key)
    return targets


def load_entries(connection: Connection, project_id: str, key: str) -> Names:
    """All entries of a list that a word can mean; retired ones, too, since a file tells of the past."""
    register = of_table("pick")
    if register is None:
        raise NotFound(N_("There is no register for {table}."), table="pick")
    known = picks.entries(connection, project_id, key)
    targets = Names(register, key, names={each.id: each.word for each in known})
    targets.ids = {}
    for word, each in picks.by_word(known).items():
        for form in _forms(word):
            targets.ids.setdefault(form, [each.id])
    return targets


def _forms(word: str) -> set[str]:
    """A word as it is compared: as it stands, and as it is read from a workbook, which can't hold every character."""
    return {folded(word)} if word.isprintable() else {folded(word), folded(as_text(without_illegal(word)))}


def calling(register: Register) -> list[str]:
    """The text attributes by which rows are called: those that are shown first, then codes, short names, addresses."""
    keys = [*register.display, *(k for match in register.match if len(match) == 1 for k in match), "short_name"]
    keys = [k for k in dict.fromkeys(keys) if k in register]
    return [k for k in keys if register[k].names_rows and k not in ("source_id", "wbs")]


@dataclass(slots=True)
class NamesOfTables:
    """The targets of a project, loaded table by table as they are needed.

    Attributes:
        coming: rows that other sheets of the same file bring.
    """

    connection: Connection
    project_id: str
    coming: Iterable[Coming] = ()
    tables: dict[str, Names] = field(default_factory=dict)

    def of(self, table: str) -> Names:
        """The rows of a table by name."""
        if table not in self.tables:
            self.tables[table] = load_targets(self.connection, self.project_id, table)
            for each in self.coming:
                if each.targets == table:
                    self.tables[table].add(each)
        return self.tables[table]

    def of_field(self, target: Field) -> Names:
        """What a field that names other rows can name."""
        if not target.pick:
            return self.of(target.target)
        place = targets_key(target.target, target.pick)
        if place not in self.tables:
            self.tables[place] = load_entries(self.connection, self.project_id, target.pick)
            for each in self.coming:
                if each.targets == place:
                    self.tables[place].add(each)
        return self.tables[place]

    def created(self) -> list[Created]:
        """Everything that comes into being with the import."""
        return [made for targets in self.tables.values() for made in targets.created.values()]

    def keep(self, named: Set[str]) -> None:
        """Let nothing come into being but what these keys name: what only rows in error name isn't made."""
        for targets in self.tables.values():
            targets.created = {word: made for word, made in targets.created.items() if made.id in named}
