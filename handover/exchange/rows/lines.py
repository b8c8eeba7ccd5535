"""From a table and its mapping to the cells of each field, with what the user corrected."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import islice

from handover.exchange.columns.both_dates import in_pairs, parted
from handover.exchange.columns.duration_units import unit_told
from handover.exchange.columns.headings import LEVEL, PHASE, REF
from handover.exchange.columns.mapping import ColumnMapping, MappedColumn, SheetColumn, lexicon_of
from handover.exchange.notice import Notice
from handover.exchange.progress_words import is_progress_word
from handover.exchange.question import Question
from handover.exchange.reading.grid import Grid
from handover.exchange.rows.incoming import Lines
from handover.exchange.rows.shares import as_formatted, as_shown
from handover.exchange.rows.standing_words import standing_column, state_column, words_of
from handover.exchange.rows.unit_doubts import unit_above, unit_question
from handover.exchange.tables.finding import Table
from handover.exchange.tables.heading_text import plain
from handover.exchange.tables.outline import Shown, find_outline, read_codes
from handover.i18n import N_
from handover.registers.catalogue import register
from handover.registers.declare import Field, Register
from handover.values.cells import Cell, as_text, is_nothing, normal
from handover.values.durations import unit_in_heading, unit_of

#: Corrected cells: the row as Excel shows it and the field, with the text to read in place of the cell.
Corrections = Mapping[tuple[int, str], str]


_FIRST_NAME = re.compile(r"first ?name|given names?|forename|vorname|prenom|nombre|名")
_LAST_NAME = re.compile(r"last ?name|surname|family name|nachname|nom(?: de famille)?|apellidos?|姓")
_HAN = re.compile("[\u3040-\u9fff\uac00-\ud7af]")
#: What no code holds: several words, or several characters of Chinese and its neighbours.
_WORDS = re.compile(r"[^\W\d_]{2,60}\s{1,20}[^\W\d_]{2,}|[\u3040-\u9fff\uac00-\ud7af]{2,}|^[^\W\d_]{6,}$")
_OF_MILESTONES = re.compile(r"(?i)\bmilestones?\b|里程碑")
_IS_MILESTONE = re.compile(r"(?i)\s{0,20}(?:milestone|里程碑)\s{0,20}\d{0,3}\s{0,20}[:：]")
MILESTONE = "milestone"
#: A heading is so much like one of names that it names rows that have none.
_ALIKE = 0.74
#: So many rows tell what a column holds.
_ENOUGH = 3000


def columns_of(grid: Grid, table: Table, with_hidden: bool = False) -> list[SheetColumn]:
    """The columns of a table as the mapping sees them, without drawn bars and, unless wanted, without hidden ones."""
    rows = list(islice(table.rows(), _ENOUGH))
    return [
        SheetColumn(h.column, h.parts or ((h.text,) if h.text else ()), [grid.rows[r][h.column] for r in rows])
        for h in table.headings
        if not h.timeline and (with_hidden or not h.hidden)
    ]


def lines_of(
    grid: Grid,
    table: Table,
    mapping: ColumnMapping,
    corrections: Corrections | None = None,
    hidden: frozenset[int] = frozenset(),
    unit: str | None = None,
) -> Lines:
    """The cells of every mapped field.

    Args:
        hidden: hidden rows of the grid, counted from 0, that the user wants all the same.
        unit: what bare numbers of durations count, where the user said so.
    """
    places = list(table.rows(hidden))
    lines = Lines(rows=[r + 1 for r in places], cells={}, date1904=grid.date1904)
    rows = grid.rows
    fields = register(mapping.register)
    for mapped in mapping.columns:
        if not mapped.field:
            continue
        cells: list[Cell] = [rows[r][mapped.column] for r in places]
        if table.continued:
            cells = _with_more(cells, grid, table, mapped.column, places)
        if mapped.field == PHASE:
            lines.phases.append((mapped.heading, mapped.column, cells))
            continue
        if mapped.field in ("duration", "remaining"):
            cells = _with_units(cells, grid, table, mapping, mapped.column, places, unit)
        elif mapped.field in fields and fields[mapped.field].kind.printed.share:
            cells = as_formatted(cells, places, mapped.column, grid)
        elif mapped.field == "name" and mapping.register == "people":
            cells = _with_surnames(cells, grid, mapping, mapped, places)
        elif mapped.field == REF or (mapped.field in fields and _as_shown(fields[mapped.field])):
            cells = as_shown(cells, places, mapped.column, grid)
        lines.cells[mapped.field] = cells
        lines.columns[mapped.field] = mapped.column
        lines.headings[mapped.field] = mapped.heading
    _name_beside(fields, grid, table, mapping, places, lines)
    if unit is None and _bare(lines.cells.get("duration", [])):
        _ask_unit(lines, unit_question(grid, table, mapping, places))
    if fields.outline:
        _milestones(lines)
        _outline(fields, grid, table, mapping, places, lines)
    _part_dates(fields, grid, mapping, places, lines)
    _add_standings(fields, grid, mapping, places, lines)
    _correct(lines, corrections or {})
    return lines


def _name_beside(
    fields: Register, grid: Grid, table: Table, mapping: ColumnMapping, places: list[int], lines: Lines
) -> None:
    """Rows without a name are called by the column that is called a name, too: Primary task beside Subtask."""
    key = next((f.field for f in fields.entered if f.required and f.kind.wordy and f.names_rows), "")
    cells = lines.cells.get(key)
    if cells is None or mapping.of(lines.columns[key]).why in ("user", "remembered"):
        return
    free = {m.column: m.heading for m in mapping.columns if not m.field and not m.why}
    lexicon = lexicon_of(fields)
    for heading in table.headings:
        if heading.column not in free or heading.hidden:
            continue
        if all(m.field != key or m.certainty < _ALIKE for m in lexicon.matches(heading.parts or (heading.text,))):
            continue
        named = 0
        for place, row in enumerate(places):
            said = grid.rows[row][heading.column]
            if is_nothing(cells[place]) and isinstance(said, str) and (row, heading.column) not in grid.repeats:
                cells[place], named = said, named + (not is_nothing(said))
        if named:
            said = N_("“{heading}” names rows in which “{name}” is empty.")
            lines.notices.append(Notice(said, {"heading": free[heading.column], "name": lines.headings[key]}))
            return


def _ask_unit(lines: Lines, asked: Question | None) -> None:
    """Ask what the durations count; until that is answered they are read in the likeliest unit."""
    if asked is not None:
        lines.asked.append(asked)
        lines.cells["duration"] = _in_unit(lines.cells["duration"], asked.choices[0])


def unit_asked(
    grid: Grid, table: Table, mapping: ColumnMapping, hidden: frozenset[int] = frozenset()
) -> Question | None:
    """What must be asked of the unit of a table's durations, None where it is told; ``hidden`` as in ``lines_of``."""
    column = mapping.by_field.get("duration")
    if column is None:
        return None
    places = list(islice(table.rows(hidden), _ENOUGH))
    cells = _with_units([grid.rows[r][column] for r in places], grid, table, mapping, column, places)
    return unit_question(grid, table, mapping, places) if _bare(cells) else None


def _as_shown(field: Field) -> bool:
    """Whether a cell is taken as it is shown, zeros of the number's format and all."""
    return field.kind.wordy or field.links


def _part_dates(fields: Register, grid: Grid, mapping: ColumnMapping, places: list[int], lines: Lines) -> None:
    """Take start and finish out of the column that holds both in each cell, where no other fills one of them."""
    if not {"start", "finish"} <= {f.field for f in fields.entered} or {"start", "finish"} <= lines.cells.keys():
        return
    taken = lines.cells.keys() & {"start", "finish"}
    for mapped in mapping.columns:
        if mapped.field not in (taken or {""}) or (mapped.why and not mapped.field) or mapped.why == "user":
            continue
        cells = [grid.rows[r][mapped.column] for r in places]
        if in_pairs(cells):
            for key, part in zip(("start", "finish"), parted(cells), strict=True):
                lines.cells[key], lines.columns[key], lines.headings[key] = part, mapped.column, mapped.heading
            said = N_("“{heading}” holds start and finish in one cell: both are taken.")
            lines.notices.append(Notice(said, {"heading": mapped.heading}))
            return


def _add_standings(fields: Register, grid: Grid, mapping: ColumnMapping, places: list[int], lines: Lines) -> None:
    """What a column says in words counts where no share stands, or no state."""
    if "begun" not in fields:
        _add_states(fields, grid, mapping, places, lines)
        return
    if (mapped := standing_column(grid, mapping, places)) is not None:
        words: Sequence[Cell] = words_of(grid, mapped, places)
    elif (answered := state_column(grid, mapping, places)) is not None:
        mapped, words = answered
    else:
        return
    if "percent" in lines.cells:
        lines.standings = list(words)
        if not any(isinstance(c, str) and is_progress_word(c) for c in lines.cells["percent"]):
            said = N_("“{heading}” says in words how far each row is: it counts where no percentage stands.")
            lines.notices.append(Notice(said, {"heading": mapped.heading}))
        return
    lines.cells["percent"] = list(words)
    lines.columns["percent"], lines.headings["percent"] = mapped.column, mapped.heading
    lines.notices.append(Notice(N_("“{heading}” says how far each row is."), {"heading": mapped.heading}))


def _add_states(fields: Register, grid: Grid, mapping: ColumnMapping, places: list[int], lines: Lines) -> None:
    """Whether a row is done, where no column fills the state of the register and another one says it."""
    state = next((f.field for f in fields.entered if f.lifecycle is not None), None)
    if state is None or state in lines.cells or (found := state_column(grid, mapping, places)) is None:
        return
    mapped, lines.cells[state] = found
    lines.columns[state], lines.headings[state] = mapped.column, mapped.heading
    lines.notices.append(Notice(N_("“{heading}” says how far each row is."), {"heading": mapped.heading}))


def _with_more(cells: list[Cell], grid: Grid, table: Table, column: int, places: list[int]) -> list[Cell]:
    """Texts with what the rows below go on with."""
    place_of = {row: place for place, row in enumerate(places)}
    joined = list(cells)
    for row, above in sorted(table.continued.items()):
        more = grid.rows[row][column]
        if above in place_of and isinstance(more, str):
            joined[place_of[above]] = f"{as_text(joined[place_of[above]])} {normal(more)}"
    return joined


def _with_units(
    cells: list[Cell],
    grid: Grid,
    table: Table,
    mapping: ColumnMapping,
    column: int,
    places: list[int],
    chosen: str | None = None,
) -> list[Cell]:
    """Numbers with the unit that the user said or that stands in the next column, as ``4`` and ``hrs``."""
    if chosen is not None:
        return (
            cells if chosen == "d" and unit_in_heading(mapping.of(column).heading) is None else _in_unit(cells, chosen)
        )
    beside = column + 1
    if beside not in {h.column for h in table.headings} or any(m.field and m.column == beside for m in mapping.columns):
        return _with_told_unit(cells, grid, table, mapping, column, places)
    units = [grid.rows[r][beside] for r in places]
    said = [u for u in units if not is_nothing(u)]
    if not said or sum(isinstance(u, str) and unit_of(u) is not None for u in said) < 0.9 * len(said):
        return _with_told_unit(cells, grid, table, mapping, column, places)
    return [
        f"{as_text(c)} {u}" if isinstance(c, (int, float)) and isinstance(u, str) else c
        for c, u in zip(cells, units, strict=True)
    ]


def _in_unit(cells: list[Cell], unit: str) -> list[Cell]:
    """Bare numbers with a unit behind them."""
    return [f"{as_text(c)} {unit}" if isinstance(c, (int, float)) else c for c in cells]


def _bare(cells: list[Cell]) -> bool:
    """Whether numbers stand in a column of durations to which nothing has given a unit."""
    return any(isinstance(c, (int, float)) for c in cells[:_ENOUGH])


def _with_told_unit(
    cells: list[Cell], grid: Grid, table: Table, mapping: ColumnMapping, column: int, places: list[int]
) -> list[Cell]:
    """Bare numbers with the unit that stands above the table, or by which they are finish less start."""
    if unit_in_heading(mapping.of(column).heading) is None and (above := unit_above(grid, table)):
        return cells if above == "d" else _in_unit(cells, above)
    by = mapping.by_field
    if not {"start", "finish"} <= by.keys() or by.get("duration") != column:
        return cells
    if unit_in_heading(mapping.of(column).heading) is not None:
        return cells
    starts, finishes = ([grid.rows[r][by[key]] for r in places[:_ENOUGH]] for key in ("start", "finish"))
    unit = unit_told(cells[:_ENOUGH], starts, finishes)
    return cells if unit in (None, "d") else _in_unit(cells, unit)


def _with_surnames(
    cells: list[Cell], grid: Grid, mapping: ColumnMapping, mapped: MappedColumn, places: list[int]
) -> list[Cell]:
    """First names with the last names of the column that nothing else takes, as Outlook exports them."""
    free = [mapped, *(m for m in mapping.columns if not m.field)]
    first = next((m for m in free if _FIRST_NAME.fullmatch(plain(m.heading))), None)
    last = next((m for m in free if _LAST_NAME.fullmatch(plain(m.heading))), None)
    if first is None or last is None or mapped not in (first, last):
        return cells
    joined: list[Cell] = []
    for row in places:
        parts = [as_text(c).strip() for m in (first, last) if not is_nothing(c := grid.rows[row][m.column])]
        han = any(_HAN.search(p) for p in parts)
        joined.append(("".join(reversed(parts)) if han else " ".join(parts)) or None)
    return joined


def in_one_language(lines: Lines, register: Register) -> None:
    """Take the first of two languages where an export of ours says words in both: ``是 / Yes``, ``5 天 / 5 d``."""
    for key, cells in lines.cells.items():
        if key in register and register[key].kind.worded:
            lines.cells[key] = [c.partition(" / ")[0] if isinstance(c, str) and " / " in c else c for c in cells]


def _outline(
    target: Register, grid: Grid, table: Table, mapping: ColumnMapping, places: list[int], lines: Lines
) -> None:
    """What the sheet shows of the outline, and codes that a spreadsheet took for numbers."""
    names = lines.cells.get("name")
    if names is None:
        return
    name_column = lines.columns["name"]
    others = {m.column for m in mapping.columns if m.field and m.column != name_column}
    found = find_outline(
        grid, table, name_column, lines.columns.get(LEVEL), lines.columns.get("wbs"), places, frozenset(others),
        lines.columns.get("source_id", _numbers_before(table, mapping, name_column)),
    )  # fmt: skip
    place_of = {row: place for place, row in enumerate(places)}
    if found.shown_by is not Shown.NOTHING:
        above = [found.parents.get(row) for row in places]
        lines.parents = [None if a is None else place_of[a] for a in above]
    for row, name in found.names.items():
        names[place_of[row]] = name
    for row, text in table.sections.items():
        if row in place_of and names[place_of[row]] is None:
            names[place_of[row]] = text
            _forget_code(lines, place_of[row], text)
    if found.shown_by is Shown.SECTIONS:  # a column that says nothing but the sections says nothing of their rows
        bands = {place_of[row] for row in table.sections if row in place_of}
        lines.phases = [each for each in lines.phases if not _places_of(each[2]) <= bands]
    _names_among_codes(lines, names)
    if "wbs" in lines.cells:
        cells = lines.cells["wbs"]  # a dash says nothing, and yet nobody has emptied its cell
        lines.cells["wbs"] = [
            code or (c if isinstance(c, str) else None) for code, c in zip(read_codes(cells), cells, strict=True)
        ]
    taken = {m.column for m in mapping.columns if m.field}
    lexicon = lexicon_of(target)
    for heading in table.headings:
        if heading.column not in taken and not heading.timeline:
            matches = lexicon.matches(heading.parts or (heading.text,))
            if any(m.field in ("source_id", "wbs") and m.certainty >= 0.6 for m in matches):
                lines.ids.append((heading.text, [grid.rows[r][heading.column] for r in places]))


def _numbers_before(table: Table, mapping: ColumnMapping, name_column: int) -> int | None:
    """The first column that nobody takes, in front of the names: 第一阶段, 1, 2 show an outline that way."""
    first = next((h.column for h in table.headings), name_column)
    taken = any(m.field and m.column == first for m in mapping.columns)
    return first if first < name_column and not taken else None


def _places_of(cells: Sequence[Cell]) -> set[int]:
    """The places of the cells that say something."""
    return {place for place, cell in enumerate(cells) if not is_nothing(cell)}


def _milestones(lines: Lines) -> None:
    """A list of milestones holds milestones; so does a row called ``Milestone 2: pump ready``."""
    if "kind" in lines.cells or "name" not in lines.cells:
        return
    all_are = bool(_OF_MILESTONES.search(lines.headings["name"])) and not {"duration", "start"} & lines.cells.keys()
    kinds: list[Cell] = [
        MILESTONE if (all_are and not is_nothing(c)) or (isinstance(c, str) and _IS_MILESTONE.match(c)) else None
        for c in lines.cells["name"]
    ]
    if any(kinds):
        lines.cells["kind"] = kinds


def _forget_code(lines: Lines, place: int, name: str) -> None:
    """The name of a section that stands in the column of numbers is no number."""
    for key in ("wbs", "source_id"):
        if key in lines.cells and normal(as_text(lines.cells[key][place])) == name:
            lines.cells[key][place] = None


def _names_among_codes(lines: Lines, names: list[Cell]) -> None:
    """A row without a name and with words in place of its code is called by them: a group's row, and none of ours."""
    ours = {place for place, cell in enumerate(lines.cells.get(REF, ())) if not is_nothing(cell)}
    for key in ("wbs", "source_id"):
        for place, cell in enumerate(lines.cells.get(key, ())):
            if isinstance(cell, str) and place not in ours and is_nothing(names[place]) and _WORDS.search(cell):
                names[place], lines.cells[key][place] = cell, None


def _correct(lines: Lines, corrections: Corrections) -> None:
    place_of = {row: place for place, row in enumerate(lines.rows)}
    for (row, key), text in corrections.items():
        if row in place_of:
            column = lines.cells.setdefault(key, [None] * len(lines.rows))
            column[place_of[row]] = text.strip() or None
