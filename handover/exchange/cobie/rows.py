"""What COBie says of a row elsewhere than in its cells: who lists it, what it refers to, in which unit it counts."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.rows.incoming import Lines
from handover.exchange.rows.judgement import taken_places
from handover.exchange.tables.heading_text import plain
from handover.i18n import N_
from handover.registers.catalogue import register
from handover.values.cells import Cell, as_text, folded, is_nothing
from handover.values.durations import unit_of

#: Why a row isn't taken that says the same as one above it, by its place.
Repeated = Mapping[int, str]

_LISTED = re.compile(r"[,;\n\r]+")
_SAME_SYSTEM = N_("It is the same system as above, with another component.")
_SAME_DOCUMENT = N_("It is the same document as above, for another row.")


@dataclass
class References:
    """The rows that the sheets have brought so far, by what other sheets call them.

    Attributes:
        keys: the key of a row by its sheet and its folded name.
        listed: for each system (folded) the texts in which it lists its components.
        types: for each type (folded) the keys of its components.
        parents: the key of the system of a component, by the component's key.
    """

    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    listed: dict[str, list[str]] = field(default_factory=dict)
    types: dict[str, list[str]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)

    def find(self, sheet: str, name: Cell) -> str | None:
        """The key of the system or component that stands for a row of a sheet; a type is where its components are."""
        key = (sheet.casefold(), folded(as_text(name)))
        if is_nothing(name):
            return None
        if key[0] == "type":
            return self._in_common(self.types.get(key[1], []))
        return self.keys.get(key) if key[0] in ("system", "component") else None

    def person(self, email: Cell) -> str | None:
        """The key of the person with this address."""
        return self.keys.get(("contact", folded(as_text(email))))

    def _in_common(self, components: Sequence[str]) -> str | None:
        if len(components) == 1:
            return components[0]
        systems = {self.parents.get(c) for c in components}
        return systems.pop() if len(systems) == 1 else None

    def common(self, found: Sequence[str]) -> str | None:
        """The one row that several references mean: the row itself, or the system of all of them."""
        rows = list(dict.fromkeys(found))
        return self._in_common(rows) if rows else None

    def learn(self, sheet: str, run: DryRun, cells: Columns, places: Sequence[int], stored: bool) -> None:
        """Remember which rows a sheet brings.

        Args:
            places: for each place of the dry run its place in the sheet.
            stored: false when the sheet isn't taken: only rows that we have already count then.
        """
        names = cells.of("Email" if sheet == "Contact" else "Name")
        for place in taken_places(run.found.judgement):
            key, name = run.found.keys[place], names[places[place]]
            if is_nothing(name) or not (stored or run.found.matched[place]):
                continue
            self.keys.setdefault((sheet.casefold(), folded(as_text(name))), key)
            if sheet == "Component":
                self.types.setdefault(folded(as_text(cells.of("TypeName")[places[place]])), []).append(key)
                parent = run.found.incoming.values["parent"][place]
                if isinstance(parent, str):
                    self.parents[key] = parent


@dataclass(frozen=True, slots=True)
class Columns:
    """The cells of a sheet by heading."""

    cells: Mapping[str, Sequence[Cell]]
    count: int

    def of(self, *headings: str) -> Sequence[Cell]:
        """The cells under the first of some headings that there is; nothing in every row where there is none."""
        return next((self.cells[p] for h in headings if (p := plain(h)) in self.cells), [None] * self.count)


def columns_by_heading(cells: Mapping[str, Sequence[Cell]], count: int) -> Columns:
    """The cells of a sheet as they are looked up."""
    return Columns({plain(heading): column for heading, column in cells.items()}, count)


def settle(sheet: str, lines: Lines, cells: Columns, known: References) -> Repeated:
    """Fill in what a sheet says in the way of COBie; returns the rows that repeat others.

    Cells that the user corrected stay as they are: only what stands in the file is filled in or replaced.
    """
    return _SETTLE[sheet](lines, cells, known)


def without(lines: Lines, left: Repeated) -> list[int]:
    """Take rows out of the lines; returns the places that stay."""
    kept = [p for p in range(len(lines.rows)) if p not in left]
    lines.rows = [lines.rows[p] for p in kept]
    lines.cells = {key: [column[p] for p in kept] for key, column in lines.cells.items()}
    lines.ids = [(heading, [column[p] for p in kept]) for heading, column in lines.ids]
    return kept


# -- sheet by sheet ---------------------------------------------------------------------------------------------------


def _contact(lines: Lines, cells: Columns, _known: References) -> Repeated:
    given, family = cells.of("GivenName"), cells.of("FamilyName")
    emails, names = _column(lines, "email"), _column(lines, "name")
    for place, name in enumerate(names):
        if name is None:
            parts = [as_text(p) for p in (given[place], family[place]) if not is_nothing(p)]
            names[place] = " ".join(parts) or emails[place]
    _long_to_notes(lines, "people")
    return {}


def _system(lines: Lines, cells: Columns, known: References) -> Repeated:
    names = cells.of("Name")
    repeated: dict[int, str] = {}
    for place, (name, components) in enumerate(zip(names, cells.of("ComponentNames", "ComponentName"), strict=True)):
        word = folded(as_text(name))
        if is_nothing(name):
            continue
        if word in known.listed:
            repeated[place] = _SAME_SYSTEM
        texts = known.listed.setdefault(word, [])
        if not is_nothing(components):
            texts.append(as_text(components))
    _code_from(lines, _column(lines, "name"), _identifiers(cells))
    _long_to_notes(lines, "systems")
    return repeated


def _component(lines: Lines, cells: Columns, known: References) -> Repeated:
    _only_unique(lines, "code")
    _code_from(lines, _column(lines, "name"), _identifiers(cells))
    names = [folded(as_text(name)) for name in cells.of("Name")]
    part_of = _part_of(known, frozenset(names))
    parents, levels = _column(lines, "parent"), _column(lines, "level")
    for place, name in enumerate(names):
        parents[place] = part_of.get(name) if parents[place] is None else parents[place]
        levels[place] = "tag" if levels[place] is None else levels[place]
    _long_to_notes(lines, "systems")
    return {}


def _part_of(known: References, names: frozenset[str]) -> dict[str, Cell]:
    """The key of the system that lists a component, by the component's name; the first one where several do."""
    by_pieces = {tuple(_pieces(name)): name for name in names}
    found: dict[str, Cell] = {}
    for system, texts in known.listed.items():
        key = known.keys.get(("system", system))
        for text in texts if key else ():
            for name in _names_in(_pieces(folded(text)), by_pieces):
                found.setdefault(name, key)
    return found


def _pieces(text: str) -> list[str]:
    return [piece for p in _LISTED.split(text) if (piece := p.strip())]


def _names_in(pieces: list[str], names: Mapping[tuple[str, ...], str]) -> Iterator[str]:
    """The names that a list holds, those with commas in them among them."""
    at = 0
    while at < len(pieces):
        ends = range(min(at + _MOST_COMMAS + 1, len(pieces)), at, -1)
        end = next((e for e in ends if tuple(pieces[at:e]) in names), None)
        if end is not None:
            yield names[tuple(pieces[at:end])]
        at = end or at + 1


def _document(lines: Lines, cells: Columns, known: References) -> Repeated:
    folders = cells.of("Directory")
    groups: dict[tuple[str, ...], list[int]] = {}
    same = (cells.of("Name"), folders, cells.of("File"), cells.of("Reference"))
    for place in range(len(lines.rows)):
        words = tuple("" if is_nothing(column[place]) else folded(as_text(column[place])) for column in same)
        # Without a file or a number nothing says that rows of the same name are the same document.
        groups.setdefault(words if words[2] or words[3] else (str(place),), []).append(place)
    repeated = {place: _SAME_DOCUMENT for places in groups.values() for place in places[1:]}
    _only_unique(lines, "number", repeated)
    files, stated = _column(lines, "location"), cells.of("File")
    lines.cells["location"] = [_path(folders[n], file) if file == stated[n] else file for n, file in enumerate(files)]
    _fill(lines, "holder", cells.of("CreatedBy"), lambda _, email: known.person(email) or email)
    sheets, rows = cells.of("SheetName"), cells.of("RowName")
    systems: dict[int, str | None] = {}
    for places in groups.values():
        found = [known.find(as_text(sheets[p]), rows[p]) for p in places]
        common = systems[places[0]] = known.common([key for key in found if key])
        stated_rows = [(p, key) for p, key in zip(places, found, strict=True) if not is_nothing(rows[p])]
        unplaced = [p for p, key in stated_rows if key is None or common is None]
        said = dict.fromkeys(f"{as_text(sheets[p])}: {as_text(rows[p])}" for p in unplaced)
        _note(lines, places[0], *list(said)[:_MOST_NOTES])
    _fill(lines, "system", rows, lambda place, _: systems.get(place))
    _long_to_notes(lines, "documents")
    return repeated


def _job(lines: Lines, cells: Columns, known: References) -> Repeated:
    types = cells.of("TypeName")
    _fill(lines, "system", types, lambda _, name: known.find("Type", name))
    for place, name in enumerate(types):
        if lines.cells["system"][place] is None and not is_nothing(name):
            _note(lines, place, f"Type: {as_text(name)}")
    _fill(lines, "percent", cells.of("Status"), lambda _, word: "100%" if plain(as_text(word)) == "completed" else None)
    _counted(lines, "duration", cells.of("Duration"), cells.of("DurationUnit"))
    starts, units = cells.of("Start"), cells.of("TaskStartUnit")
    _fill(lines, "start", starts, lambda _, start: start if _is_day(start) else None)
    for place, start in enumerate(starts):
        if not is_nothing(start) and not _is_day(start):
            _note(lines, place, f"Start: {_amount(start, units[place])}")
    for place, (often, unit) in enumerate(zip(cells.of("Frequency"), cells.of("FrequencyUnit"), strict=True)):
        if not is_nothing(often):
            _note(lines, place, f"Frequency: {_amount(often, unit)}")
    for place, kind in enumerate(cells.of("Category")):
        if not is_nothing(kind):
            _note(lines, place, f"Category: {as_text(kind)}")
    _name_priors(lines, cells)
    _only_unique(lines, "source_id")  # a number counts within its type
    _long_to_notes(lines, "tasks")
    return {}


def _name_priors(lines: Lines, cells: Columns) -> None:
    """Name the jobs before by their rows: numbers count within a job or a type, and repeat elsewhere as names do."""
    types, numbers, names = (cells.of(h) for h in ("TypeName", "TaskNumber", "Name"))
    books: list[dict[tuple[str, ...], set[int]]] = [{}, {}, {}, {}, {}]
    for place in range(len(lines.rows)):
        kind, number, name = (folded(as_text(column[place])) for column in (types, numbers, names))
        ways = ((kind, name, number), (kind, number), (kind, name), (number,), (name,))
        for book, key in zip(books, ways, strict=True):
            if key[-1]:
                book.setdefault(key, set()).add(place)
    lines.ids.append(("row", [f"row{row}" for row in lines.rows]))

    def named(place: int, cell: Cell) -> Cell:
        if is_nothing(cell):
            return None
        kind, name = folded(as_text(types[place])), folded(as_text(names[place]))

        def row(text: str) -> str | None:
            word = folded(text.removesuffix(".0"))
            for book, key in zip(books, ((kind, name, word), *[(kind, word)] * 2, *[(word,)] * 2), strict=True):
                if len(found := book.get(key, set())) == 1:
                    return f"row{lines.rows[next(iter(found))]}"
            return None

        whole = as_text(cell).strip("\"'")
        if found := row(whole):
            return found
        return ";".join(row(piece) or piece for piece in _pieces(whole))

    _fill(lines, "predecessors", cells.of("Priors"), named)


# -- cells ------------------------------------------------------------------------------------------------------------

#: So many references of a document that have no place here are noted.
_MOST_NOTES = 20
#: Names of components have no more commas than these.
_MOST_COMMAS = 3


def _column(lines: Lines, key: str) -> list[Cell]:
    return lines.cells.setdefault(key, [None] * len(lines.rows))


def _fill(lines: Lines, key: str, stated: Sequence[Cell], meaning: Callable[[int, Cell], Cell]) -> None:
    """Put what the cells of the file mean in their place; what the user typed instead stays."""
    column = _column(lines, key)
    for place, cell in enumerate(stated):
        if column[place] == cell:
            column[place] = None if is_nothing(cell) else meaning(place, cell)


def _only_unique(lines: Lines, key: str, repeated: Collection[int] = ()) -> None:
    """Leave out numbers that several rows share: they tell no row from another."""
    column = _column(lines, key)
    often = Counter(folded(as_text(cell)) for place, cell in enumerate(column) if place not in repeated)
    lines.cells[key] = [None if often[folded(as_text(cell))] > 1 else cell for cell in column]


def _identifiers(cells: Columns) -> Sequence[Cell]:
    return cells.of("ExtIdentifier", "ExternalIdentifier")


def _code_from(lines: Lines, names: Sequence[Cell], identifiers: Sequence[Cell]) -> None:
    """A row without a number of its own is numbered by its name; by its key in the model where the name is too long."""
    limit = register("systems")["code"].limit or 0
    codes = _column(lines, "code")
    for place, code in enumerate(codes):
        if is_nothing(code):
            fitting = (c for c in (names[place], identifiers[place]) if not is_nothing(c) and len(as_text(c)) <= limit)
            codes[place] = next(fitting, names[place])


def _path(folder: Cell, file: Cell) -> Cell:
    """Folder and file as one path."""
    if is_nothing(file) or is_nothing(folder):
        return folder if is_nothing(file) else file
    path, name = as_text(folder), as_text(file)
    if name.startswith(path) or "://" in name:
        return name
    parting = "\\" if "\\" in path and "/" not in path else "/"
    return path.rstrip("/\\") + parting + name.lstrip("/\\")


def _amount(amount: Cell, unit: Cell) -> str:
    return as_text(amount) if is_nothing(unit) else f"{as_text(amount)} {as_text(unit)}"


def _counted(lines: Lines, key: str, amounts: Sequence[Cell], units: Sequence[Cell]) -> None:
    """Read an amount in the unit that stands beside it; one in no unit of time goes to the notes."""

    def counted(place: int, amount: Cell) -> Cell:
        if is_nothing(units[place]):
            return amount
        if unit_of(as_text(units[place])):
            return _amount(amount, units[place])
        _note(lines, place, f"Duration: {_amount(amount, units[place])}")
        return None

    _fill(lines, key, amounts, counted)


def _is_day(cell: Cell) -> bool:
    return isinstance(cell, dt.date) or (isinstance(cell, str) and bool(re.match(r"\d{4}-\d\d-\d\d", cell)))


def _note(lines: Lines, place: int, *said: str) -> None:
    notes = _column(lines, "notes")
    parts = [as_text(notes[place])] if not is_nothing(notes[place]) else []
    notes[place] = "\n".join([*parts, *said]) or None


def _long_to_notes(lines: Lines, key: str) -> None:
    """Put what is too long for its field into the notes, with its heading; what a row is called stays and is blamed."""
    target = register(key)
    called = {*target.display, "name", "title", "notes"}
    for name, column in list(lines.cells.items()):
        limit = target[name].limit if name in target and target[name].names_rows else None
        if name in called or not limit:
            continue
        for place, cell in enumerate(column):
            if isinstance(cell, str) and len(cell) > limit:
                _note(lines, place, f"{lines.headings.get(name, name)}: {cell}")
                column[place] = None


_SETTLE: Mapping[str, Callable[[Lines, Columns, References], Repeated]] = {
    "Contact": _contact,
    "System": _system,
    "Component": _component,
    "Document": _document,
    "Job": _job,
}
