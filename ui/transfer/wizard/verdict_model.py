"""The rows of a file with what would become of each, for a table view: only the rows in view are worked out."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import SheetsDryRun, runs_of
from handover.exchange.dry_run.verdict import Verdict, outcome_name
from handover.exchange.importing.session import Choices, Intake
from handover.exchange.rows.outcome import Outcome
from handover.i18n import tr
from handover.registers.declare import Field
from handover.values.cells import Cell, as_text, shown
from ui.theme import tokens
from ui.transfer.outcomes import REMARKED

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole

#: SHEET and WHICH count only where several sheets are shown at once, whose fields differ.
TAKE, ROW, VERDICT, WHY, SHEET, WHICH = range(6)
FIXED = 6
#: On a cell of VERDICT: the outcome's key.
OUTCOME = _Role.UserRole + 1
_KEPT = 400
#: So many places lie between the first ones of two sheets.
_SPAN = 1 << 32


class VerdictModel(QAbstractTableModel):
    """Shows a dry run; says what the user corrects or leaves out, and writes nothing itself.

    Signals:
        corrected: sheet and row of the file, field, text in place of the cell.
        left_out: rows of the file with their sheets, and whether they are left out.
    """

    corrected = Signal(str, int, str, str)
    left_out = Signal(object, bool)

    def __init__(self, intake: Intake, parent: Any = None) -> None:  # Any: a QObject
        super().__init__(parent)
        self._intake = intake
        self._runs: Sequence[DryRun] = ()
        self._together = False
        self._fields: list[Field] = []
        #: Places of the dry runs in the order of the file; -1-n for the n-th row that isn't part of the list. Those of
        #: the next sheet are a span further on.
        self._all: array[int] = array("q")
        self._shown: array[int] = array("q")
        self._known: OrderedDict[int, tuple[Verdict, dict[str, str]]] = OrderedDict()
        self._words: dict[int, list[str]] = {}
        self.sheet = ""
        self.outcome: str | None = None
        self.text = ""

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show(self, run: DryRun | SheetsDryRun) -> None:
        """Show another dry run, or those of several sheets, with the filter in force."""
        self.beginResetModel()
        self._runs, self._together = runs_of(run), isinstance(run, SheetsDryRun)
        self._all = array("q")
        for n, each in enumerate(self._runs):
            made = each.found.incoming.made
            places = [n * _SPAN + p for p in range(len(each.found.keys)) if p not in made]
            left = [n * _SPAN - 1 - m for m in range(len(each.left))]
            self._all.extend(sorted([*places, *left], key=self._row_of) if left else places)
        self._known.clear()
        self._words.clear()
        if self.sheet not in {each.file.sheet for each in self._runs}:
            self.sheet = ""
        self._settle()
        self.endResetModel()

    def filter(self, outcome: str | None, text: str, sheet: str = "") -> None:
        """Show only rows of an outcome, or with a remark (all where None), that contain a text, of a sheet if named."""
        if (outcome, text, sheet) == (self.outcome, self.text, self.sheet):
            return
        self.beginResetModel()
        self.outcome, self.text, self.sheet = outcome, text, sheet
        self._settle()
        self.endResetModel()

    def _settle(self) -> None:
        one = next((r for r in self._runs if len(self._runs) == 1 or r.file.sheet == self.sheet), None)
        self._fields = self._fields_of(one) if one is not None else []
        self._shown = self._filtered()

    def _fields_of(self, run: DryRun) -> list[Field]:
        keys = [m.field for m in run.mapping.columns]
        if self._together:  # what other sheets say of its rows stands in no column of its own
            given = {key for key, column in run.found.incoming.values.items() if any(v is not None for v in column)}
            return [field for field in run.register.fields if field.field in given.union(keys)]
        return [run.register[key] for key in dict.fromkeys(keys) if key in run.register]

    def _filtered(self) -> array[int]:
        found = self._all
        if self.sheet:
            found = array("q", (p for p in found if self._at(p)[0].file.sheet == self.sheet))
        if self.outcome == REMARKED:
            some = [set(run.with_remark) for run in self._runs]
            found = array("q", (p for p in found if p % _SPAN in some[p // _SPAN]))
        elif self.outcome is not None:
            found = array("q", (p for p in found if self._outcome(p) == self.outcome))
        for word in self.text.casefold().split():
            found = array("q", (p for p in found if word in self._search(p)))
        return found

    def _search(self, place: int) -> str:
        """What can be searched in a place."""
        run, own = self._at(place)
        if id(run) not in self._words:
            parts: list[list[str]] = [[str(r)] for r in run.found.incoming.rows]
            for key, column in run.found.incoming.values.items():
                if key in run.register:
                    for place, value in enumerate(column):
                        if isinstance(value, str):
                            parts[place].append(value)
            place_of = {row: place for place, row in enumerate(run.found.incoming.rows)}
            for (row, _), text in self._choices(place).corrections.items():
                if row in place_of:
                    parts[place_of[row]].append(text)
            for noted in (run.found.incoming.faults, run.found.incoming.remarks):
                for place, faults in noted.items():
                    parts[place] += [str(f) for f in faults]
            left = [[str(row), reason] for row, reason in run.left]
            # Negative places count from the end.
            self._words[id(run)] = ["\n".join(p).casefold() for p in [*parts, *reversed(left)]]
        return self._words[id(run)][own]

    def _at(self, place: int) -> tuple[DryRun, int]:
        """The dry run of a place, and the place in it."""
        n = (place + _SPAN // 2) // _SPAN
        return self._runs[n], place - n * _SPAN

    def _choices(self, place: int) -> Choices:
        return self._intake.choices_of(self._at(place)[0].file.sheet)

    def _row_of(self, place: int) -> int:
        run, own = self._at(place)
        return run.left[-1 - own][0] if own < 0 else run.found.incoming.rows[own]

    def _outcome(self, place: int) -> Outcome:
        run, own = self._at(place)
        return "skipped" if own < 0 else run.found.judgement.outcomes[own]

    def _is_left(self, place: int) -> bool:
        """True for a row that isn't part of the list."""
        return self._at(place)[1] < 0

    def _entry(self, place: int) -> tuple[Verdict, dict[str, str]]:
        known = self._known.get(place)
        if known is None:
            run, own = self._at(place)
            if own < 0:
                row, reason = run.left[-1 - own]
                known = Verdict(row, "skipped", reason=reason), {}
            else:
                known = run.verdict(own), run.cells(own)
            self._known[place] = known
            if len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return known

    # -- what others ask ----------------------------------------------------------------------------------------------

    @property
    def total(self) -> int:
        """How many rows there are without a filter."""
        return len(self._all)

    def verdict(self, index: Index) -> Verdict:
        """What becomes of the row of an index."""
        return self._entry(self._shown[index.row()])[0]

    def key(self, index: Index) -> str:
        """The key of the row that it changes or becomes; empty for one that isn't taken."""
        run, own = self._at(self._shown[index.row()])
        return run.row_key(own) if own >= 0 else ""

    def sheet_of(self, index: Index) -> str:
        """The sheet of a row, empty where only one is shown."""
        return self._at(self._shown[index.row()])[0].file.sheet if len(self._runs) > 1 else ""

    def position(self, row: int, sheet: str = "") -> int:
        """Where a row of the file stands in the table, -1 when it isn't shown."""
        there = (n for n, p in enumerate(self._shown) if self._row_of(p) == row)
        return next((n for n in there if not sheet or self._at(self._shown[n])[0].file.sheet == sheet), -1)

    def first_of(self, outcome: Outcome) -> int:
        """Where the first row of an outcome stands in the table, -1 when none is shown."""
        return next((n for n, place in enumerate(self._shown) if self._outcome(place) == outcome), -1)

    def first_remarked(self) -> int:
        """Where the first row with a remark stands in the table, such as a cell that isn't taken; -1 for none."""
        some = [set(run.with_remark) for run in self._runs]
        places = (n for n, place in enumerate(self._shown) if place >= 0 and place % _SPAN in some[place // _SPAN])
        return next(places, -1) if any(some) else -1

    def column(self, field_key: str) -> int:
        """The column of a field, -1 when the file doesn't fill it."""
        return next((FIXED + n for n, f in enumerate(self._fields) if f.field == field_key), -1)

    def field(self, column: int) -> Field | None:
        """The field that a column shows."""
        return self._fields[column - FIXED] if column >= FIXED else None

    def take(self, indexes: list[QModelIndex], taken: bool) -> None:
        """Ask for rows to be left out or taken again."""
        places = sorted({self._shown[i.row()] for i in indexes})
        rows = [(self._at(p)[0].file.sheet, self._row_of(p)) for p in places if not self._is_left(p)]
        if rows:
            self.left_out.emit(rows, not taken)

    # -- Qt's side ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() or not self._runs else FIXED + len(self._fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role != _Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        if section < FIXED:
            return (tr("Take"), tr("Row"), tr("What happens"), tr("Why"), tr("Sheet"), tr("Which"))[section]
        return self._fields[section - FIXED].label if section - FIXED < len(self._fields) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._is_left(self._shown[index.row()]):
            return flags
        if index.column() == TAKE:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        if index.column() >= FIXED:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # Any: Qt's variant
        if not index.isValid():
            return None
        place = self._shown[index.row()]
        column = index.column()
        if role == _Role.CheckStateRole and column == TAKE:
            return None if self._is_left(place) else self._checked(place)
        if role == OUTCOME:
            return self._outcome(place)
        if role == _Role.DisplayRole:
            return self._text(place, column)
        if role == _Role.EditRole and column >= FIXED:
            return self._as_typed(place, self._fields[column - FIXED].field)
        if role == _Role.ToolTipRole:
            return self._tip(place, column)
        if role == _Role.AccessibleTextRole and column == TAKE:
            return tr("Taken") if self._checked(place) is Qt.CheckState.Checked else tr("Left out")
        if role == _Role.BackgroundRole and column >= FIXED:
            return self._ground(place, self._fields[column - FIXED].field)
        if role == _Role.ForegroundRole:
            return self._ink(place, column)
        return None

    def setData(self, index: Index, value: Any, role: int = _Role.EditRole) -> bool:  # Any: as above
        place = self._shown[index.row()]
        sheet, row = self._at(place)[0].file.sheet, self._row_of(place)
        if role == _Role.CheckStateRole and index.column() == TAKE and not self._is_left(place):
            self.left_out.emit([(sheet, row)], Qt.CheckState(value) is not Qt.CheckState.Checked)
            return True
        if role != _Role.EditRole or index.column() < FIXED or self._is_left(place):
            return False
        key = self._fields[index.column() - FIXED].field
        if str(value) == self._as_typed(place, key):
            return False
        self.corrected.emit(sheet, row, key, str(value))
        self._known.pop(place, None)
        self.dataChanged.emit(index, index)
        return True

    # -- cells --------------------------------------------------------------------------------------------------------

    def _checked(self, place: int) -> Qt.CheckState:
        out = self._is_left(place) or self._row_of(place) in self._choices(place).left_out
        return Qt.CheckState.Unchecked if out else Qt.CheckState.Checked

    def _text(self, place: int, column: int) -> str:
        if column == TAKE:
            return ""
        if column == ROW:
            row = self._row_of(place)
            return str(row) if row else ""
        verdict, cells = self._entry(place)
        if column == VERDICT:
            return outcome_name(verdict.outcome)
        if column == WHY:
            return verdict.why
        if column == SHEET:
            return self._at(place)[0].file.sheet
        if column == WHICH:
            names = dict.fromkeys(cells[k] for k in self._at(place)[0].register.display if k in cells)
            return " ".join([*([verdict.ref] if verdict.ref else []), *(names or [verdict.name])])
        key = self._fields[column - FIXED].field
        row = self._row_of(place)
        corrections = self._choices(place).corrections
        if (row, key) in corrections:
            return corrections[row, key]
        if key in cells:
            return cells[key]
        return shown(self._raw(place, key))

    def _raw(self, place: int, key: str) -> Cell:
        return self._intake.raw(self._row_of(place), key, self._at(place)[0].file.sheet)

    def _as_typed(self, place: int, key: str) -> str:
        """What stands in the editor: the correction, else what the file holds."""
        corrected = self._choices(place).corrections.get((self._row_of(place), key))
        if corrected is not None:
            return corrected
        if self._intake.is_plan:  # its cells have no text of their own
            return self._entry(place)[1].get(key, "")
        return as_text(self._raw(place, key))

    def _faulty(self, place: int, key: str) -> list[str]:
        if self._is_left(place):
            return []
        return [str(f) for f in self._entry(place)[0].faults if f.field == key]

    def _remarked(self, place: int, key: str) -> list[str]:
        return [str(r) for r in self._entry(place)[0].remarks if r.field == key]

    def _tip(self, place: int, column: int) -> str | None:
        if column < FIXED:
            return self._text(place, column) or None
        key = self._fields[column - FIXED].field
        if faults := self._faulty(place, key) or self._remarked(place, key):
            return "\n".join(faults)
        changes = [str(c) for c in self._entry(place)[0].changes if c.field == key]
        return "\n".join(changes) or self._text(place, column) or None

    def _ground(self, place: int, key: str) -> Any:  # Any: a colour or nothing
        if self._faulty(place, key):
            return tokens.colour("danger_soft")
        verdict = self._entry(place)[0]
        if key in verdict.conflicts or self._remarked(place, key):
            return tokens.colour("warning_soft")
        if verdict.outcome in ("changed", "conflict") and any(c.field == key for c in verdict.changes):
            return tokens.colour("info_soft")
        return None

    def _ink(self, place: int, column: int) -> Any:  # Any: as above
        if column >= FIXED and self._faulty(place, self._fields[column - FIXED].field):
            return tokens.colour("danger")
        if self._outcome(place) in ("skipped", "unchanged") or column in (ROW, SHEET):
            return tokens.colour("secondary")
        return None
