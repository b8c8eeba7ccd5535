"""The rows of a file with what would become of each, for a table view: only the rows in view are worked out."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from handover.exchange.prospect import DryRun
from handover.exchange.values import as_text, shown
from handover.exchange.verdict import Outcome, Verdict, outcome_name
from handover.i18n import tr
from handover.registers.declare import Field
from ui.theme import tokens
from ui.transfer.intake import Intake

Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole

TAKE, ROW, VERDICT, WHY = range(4)
FIXED = 4
#: On a cell of VERDICT: the outcome's key.
OUTCOME = _Role.UserRole + 1
_KEPT = 400


class VerdictModel(QAbstractTableModel):
    """Shows a dry run; says what the user corrects or leaves out, and writes nothing itself.

    Signals:
        corrected: row of the file, field, text in place of the cell.
        left_out: rows of the file, and whether they are left out.
    """

    corrected = Signal(int, str, str)
    left_out = Signal(object, bool)

    def __init__(self, intake: Intake, parent: Any = None) -> None:  # Any: a QObject
        super().__init__(parent)
        self._intake = intake
        self._run: DryRun | None = None
        self._fields: list[Field] = []
        #: Places of the dry run in the order of the file; -1-n for the n-th row that isn't part of the list.
        self._all: array[int] = array("q")
        self._shown: array[int] = array("q")
        self._known: OrderedDict[int, tuple[Verdict, dict[str, str]]] = OrderedDict()
        self._words: list[str] | None = None
        self.outcome: Outcome | None = None
        self.text = ""

    # -- what is shown ------------------------------------------------------------------------------------------------

    def show(self, run: DryRun) -> None:
        """Show another dry run with the filter in force."""
        self.beginResetModel()
        self._run = run
        mapped = dict.fromkeys(m.field for m in run.mapping.columns if m.field in run.register)
        self._fields = [run.register[key] for key in mapped]
        made = run.found.incoming.made
        places = [p for p in range(len(run.found.keys)) if p not in made]
        left = [-1 - n for n in range(len(run.left))]
        self._all = array("q", sorted([*places, *left], key=self._row_of) if left else places)
        self._known.clear()
        self._words = None
        self._shown = self._filtered()
        self.endResetModel()

    def filter(self, outcome: Outcome | None, text: str) -> None:
        """Show only rows of an outcome (all where None) that contain a text."""
        if (outcome, text) == (self.outcome, self.text):
            return
        self.beginResetModel()
        self.outcome, self.text = outcome, text
        self._shown = self._filtered()
        self.endResetModel()

    def _filtered(self) -> array[int]:
        found = self._all
        if self.outcome is not None:
            found = array("q", (p for p in found if self._outcome(p) == self.outcome))
        for word in self.text.casefold().split():
            words = self._search()
            found = array("q", (p for p in found if word in words[p]))
        return found

    def _search(self) -> list[str]:
        """For each place what can be searched in it; negative places count from the end."""
        if self._words is None:
            run = self._run
            assert run is not None
            parts: list[list[str]] = [[str(r)] for r in run.found.incoming.rows]
            for key, column in run.found.incoming.values.items():
                if key in run.register:
                    for place, value in enumerate(column):
                        if isinstance(value, str):
                            parts[place].append(value)
            place_of = {row: place for place, row in enumerate(run.found.incoming.rows)}
            for (row, _), text in self._intake.choices.corrections.items():
                if row in place_of:
                    parts[place_of[row]].append(text)
            for place, faults in run.found.incoming.faults.items():
                parts[place] += [str(f) for f in faults]
            left = [[str(row), reason] for row, reason in run.left]
            self._words = ["\n".join(p).casefold() for p in [*parts, *reversed(left)]]
        return self._words

    def _row_of(self, place: int) -> int:
        run = self._run
        assert run is not None
        return run.left[-1 - place][0] if place < 0 else run.found.incoming.rows[place]

    def _outcome(self, place: int) -> Outcome:
        assert self._run is not None
        return "skipped" if place < 0 else self._run.found.judgement.outcomes[place]

    def _entry(self, place: int) -> tuple[Verdict, dict[str, str]]:
        known = self._known.get(place)
        if known is None:
            run = self._run
            assert run is not None
            if place < 0:
                row, reason = run.left[-1 - place]
                known = Verdict(row, "skipped", reason=reason), {}
            else:
                known = run.verdict(place), run.cells(place)
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
        place = self._shown[index.row()]
        return self._run.found.keys[place] if place >= 0 and self._run is not None else ""

    def position(self, row: int) -> int:
        """Where a row of the file stands in the table, -1 when it isn't shown."""
        return next((n for n, p in enumerate(self._shown) if self._row_of(p) == row), -1)

    def column(self, field_key: str) -> int:
        """The column of a field, -1 when the file doesn't fill it."""
        return next((FIXED + n for n, f in enumerate(self._fields) if f.field == field_key), -1)

    def field(self, column: int) -> Field | None:
        """The field that a column shows."""
        return self._fields[column - FIXED] if column >= FIXED else None

    def take(self, indexes: list[QModelIndex], taken: bool) -> None:
        """Ask for rows to be left out or taken again."""
        places = {self._shown[i.row()] for i in indexes}
        rows = sorted(self._row_of(p) for p in places if p >= 0)
        if rows:
            self.left_out.emit(rows, not taken)

    # -- Qt's side ----------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as above
        return 0 if parent.isValid() or self._run is None else FIXED + len(self._fields)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole) -> Any:
        if role != _Role.DisplayRole or orientation is not Qt.Orientation.Horizontal:
            return None
        if section < FIXED:
            return (tr("Take"), tr("Row"), tr("What happens"), tr("Why"))[section]
        return self._fields[section - FIXED].label if section - FIXED < len(self._fields) else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._shown[index.row()] < 0:
            return flags
        if index.column() == TAKE:
            return flags | Qt.ItemFlag.ItemIsUserCheckable
        if index.column() >= FIXED and not self._intake.is_plan:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: Index, role: int = _Role.DisplayRole) -> Any:  # Any: Qt's variant
        if not index.isValid():
            return None
        place = self._shown[index.row()]
        column = index.column()
        if role == _Role.CheckStateRole and column == TAKE:
            return None if place < 0 else self._checked(place)
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
        row = self._row_of(place)
        if role == _Role.CheckStateRole and index.column() == TAKE and place >= 0:
            self.left_out.emit([row], Qt.CheckState(value) is not Qt.CheckState.Checked)
            return True
        if role != _Role.EditRole or index.column() < FIXED or place < 0:
            return False
        key = self._fields[index.column() - FIXED].field
        if str(value) == self._as_typed(place, key):
            return False
        self.corrected.emit(row, key, str(value))
        self._known.pop(place, None)
        self.dataChanged.emit(index, index)
        return True

    # -- cells --------------------------------------------------------------------------------------------------------

    def _checked(self, place: int) -> Qt.CheckState:
        out = self._row_of(place) in self._intake.choices.left_out
        return Qt.CheckState.Unchecked if out or place < 0 else Qt.CheckState.Checked

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
        key = self._fields[column - FIXED].field
        row = self._row_of(place)
        if (row, key) in self._intake.choices.corrections:
            return self._intake.choices.corrections[row, key]
        if key in cells:
            return cells[key]
        return shown(self._intake.raw(row, key))

    def _as_typed(self, place: int, key: str) -> str:
        """What stands in the editor: the correction, else what the file holds."""
        row = self._row_of(place)
        corrected = self._intake.choices.corrections.get((row, key))
        return corrected if corrected is not None else as_text(self._intake.raw(row, key))

    def _faulty(self, place: int, key: str) -> list[str]:
        if place < 0:
            return []
        return [str(f) for f in self._entry(place)[0].faults if f.field == key]

    def _tip(self, place: int, column: int) -> str | None:
        if column < FIXED:
            return self._text(place, column) or None
        key = self._fields[column - FIXED].field
        if faults := self._faulty(place, key):
            return "\n".join(faults)
        changes = [str(c) for c in self._entry(place)[0].changes if c.field == key]
        return "\n".join(changes) or self._text(place, column) or None

    def _ground(self, place: int, key: str) -> Any:  # Any: a colour or nothing
        if self._faulty(place, key):
            return tokens.colour("danger_soft")
        verdict = self._entry(place)[0]
        if key in verdict.conflicts:
            return tokens.colour("warning_soft")
        if verdict.outcome in ("changed", "conflict") and any(c.field == key for c in verdict.changes):
            return tokens.colour("info_soft")
        return None

    def _ink(self, place: int, column: int) -> Any:  # Any: as above
        if column >= FIXED and self._faulty(place, self._fields[column - FIXED].field):
            return tokens.colour("danger")
        if self._outcome(place) in ("skipped", "unchanged") or column == ROW:
            return tokens.colour("secondary")
        return None
