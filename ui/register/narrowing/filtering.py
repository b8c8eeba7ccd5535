"""Which rows of a register are wanted and in which order: held once, for the page and for its menus."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from handover.registers.declare import Register
from handover.registers.grouping import DEEPEST, GroupPath, groupable
from handover.registers.query import IDENTITY, Condition, Query
from ui.register.narrowing import filters

Sort = tuple[tuple[str, bool], ...]


class Filtering(QObject):
    """The query in force.

    Signals:
        changed: other rows are wanted, or in another order.
        fold_changed: other groups show their heads alone.
    """

    changed = Signal()
    fold_changed = Signal()

    def __init__(self, register: Register, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._register = register
        self._query = Query()
        #: The groups whose rows are out of sight.
        self.folded: frozenset[GroupPath] = frozenset()
        #: What the rows of a list are called that somebody was led to, such as the file that they came from.
        self.called = ""

    @property
    def query(self) -> Query:
        """The rows that are wanted and their order."""
        return self._query

    def given(self) -> dict[str, Any]:  # Any: a value of the field, as the register reads it
        """What the filters say of every row in view, by field: a new row takes it over."""
        return {
            c.field: c.values[0]
            for c in self._query.where
            if c.operator == "is" and len(c.values) == 1 and c.field in self._register
        }

    # -- changing -----------------------------------------------------------------------------------------------------

    def search(self, text: str) -> None:
        """Want the rows in which a text occurs."""
        if text != self._query.text:
            self._want(self._query.narrowed(text))

    def choose_view(self, key: str) -> None:
        """Want the rows of a view of the register; of none with an empty key."""
        self._want(replace(self._query, view=key))

    def add_filter(self, condition: Condition) -> None:
        """Narrow the rows by one more condition; one like it on the same field is replaced."""
        others = tuple(c for c in self._query.where if (c.field, c.operator) != (condition.field, condition.operator))
        self._want(replace(self._query, where=(*others, condition)))

    def remove_filter(self, condition: Condition) -> None:
        """Take a condition away."""
        self._want(replace(self._query, where=tuple(c for c in self._query.where if c != condition)))

    def clear(self) -> None:
        """Take all filters away; order and groups stay."""
        self._want(Query(sort=self._query.sort, groups=self._query.groups))

    def switch_bin(self) -> None:
        """Want the rows in the bin, or again those that are not; the order stays."""
        self._want(Query(bin=not self._query.bin, sort=self._query.sort))

    def sort_by(self, sort: Sort) -> None:
        """Put the rows in an order: fields with whether they descend."""
        self._want(replace(self._query, sort=sort))

    def turn(self, field: str, *, add: bool) -> None:
        """Sort by a field: ascending, descending, not at all, in turn.

        Args:
            add: within the order that there is, instead of in its place.
        """
        before = self._query.sort
        now = dict(before)
        if field not in now:
            self.sort_by((*(before if add else ()), (field, False)))
        elif not now[field]:
            self.sort_by(tuple((k, True if k == field else d) for k, d in before if add or k == field))
        else:
            self.sort_by(tuple((k, d) for k, d in before if add and k != field))

    def end_sort(self, field: str) -> None:
        """Take a field out of the order."""
        self.sort_by(tuple((key, descends) for key, descends in self._query.sort if key != field))

    def group_by(self, *fields: str) -> None:
        """Group the rows by the values of fields, one within another; of none, not at all."""
        self.folded = frozenset()
        self._want(replace(self._query, groups=self._grouping(fields)))

    def fold(self, paths: Collection[GroupPath]) -> None:
        """Show of these groups the heads alone, of all others the rows, too."""
        self.folded = frozenset(paths)
        self.fold_changed.emit()

    def _grouping(self, fields: Collection[str]) -> tuple[str, ...]:
        known = [key for key in dict.fromkeys(fields) if key in self._register and groupable(self._register[key])]
        return tuple(known[:DEEPEST])

    def _want(self, query: Query) -> None:
        self._query = query
        self.changed.emit()

    # -- for the history ----------------------------------------------------------------------------------------------

    def state(self) -> dict[str, Any]:  # Any: what JSON can hold
        """Filters and order as plain values."""
        return {
            "view": self._query.view,
            "text": self._query.text,
            "where": filters.plain(self._query.where),
            "sort": [list(s) for s in self._query.sort],
            "bin": self._query.bin,
            "grouped": list(self._query.groups),
            "folded": sorted(map(list, self.folded)),
            **({"called": self.called} if self.called and any(c.field in IDENTITY for c in self._query.where) else {}),
        }

    def restore(self, state: Mapping[str, Any]) -> None:  # Any: as above
        """Want what ``state`` says. A state without filters keeps those in force, one without order the order."""
        query = self._query
        if {"view", "text", "where", "bin"} & set(state):
            self.called = str(state.get("called") or "")
            views = {v.key for v in self._register.views}
            query = replace(
                query,
                view=state.get("view", "") if state.get("view", "") in views else "",
                text=str(state.get("text") or ""),
                where=filters.conditions(self._register, state.get("where") or ()),
                bin=bool(state.get("bin")),
            )
        if "sort" in state:
            query = replace(query, sort=filters.order(self._register, state["sort"]))
        if "grouped" in state:
            query = replace(query, groups=self._grouping(filters.texts(state["grouped"])))
            self.folded = filters.paths(state.get("folded"))
        self._want(query)
