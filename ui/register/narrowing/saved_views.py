"""The views of a register that its user saved: filters, order, groups, columns and colours under a name."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from handover.errors import NotValid
from handover.i18n import N_
from handover.registers.declare import Register
from ui.register.arrange import Arrangement
from ui.register.narrowing import filters
from ui.register.narrowing.colour_rules import ColourRules
from ui.register.narrowing.filtering import Filtering
from ui.shell.page import Context

#: What of the rows in view belongs to a view.
_ROWS = ("view", "text", "where", "sort", "grouped", "folded")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view under its name; ``rows`` is what ``Filtering.restore`` understands, ``columns`` what ``ColumnLayout.take``
    does, ``colours`` what ``filters.rules_kept`` does."""

    name: str
    rows: dict[str, Any]  # Any: what JSON can hold
    columns: dict[str, Any]
    colours: list[Any] = field(default_factory=list)


class SavedViews(QObject):
    """The views of one register in one project; they change no data.

    Attributes:
        all: in the order in which they were saved.
        current: the name of the one that is used; empty for none.

    Signals:
        changed: there are others, another one is used, or it differs from what was saved.
    """

    changed = Signal()

    def __init__(
        self,
        context: Context,
        register: Register,
        filtering: Filtering,
        arrangement: Arrangement,
        colours: ColourRules,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._settings, self._register = context.settings, register
        self._key = f"project/{context.project.id}/views/{register.key}"
        self._filtering, self._arrangement, self.colours = filtering, arrangement, colours
        self.all = self._kept()
        self.current = ""
        for each in (filtering.changed, filtering.fold_changed, arrangement.changed, colours.changed):
            each.connect(self.changed)

    @property
    def altered(self) -> bool:
        """Whether rows or columns are no longer those of the view that is used."""
        view = self._named(self.current)
        return view is not None and self._now(self.current) != view

    def save(self, name: str) -> None:
        """Save rows and columns as they are. Raises NotValid: there is no name, or another view has it."""
        view = self._now(self._checked(name, besides=""))
        self._keep([*self.all, view], view.name)

    def save_changes(self) -> None:
        """Save rows and columns as they are under the name that is used."""
        now = self._now(self.current)
        self._keep([now if each.name == now.name else each for each in self.all], now.name)

    def use(self, name: str) -> None:
        """Show the rows and columns of a view."""
        view = self._named(name)
        if view is None:
            return
        self.current = name
        self._arrangement.take(view.columns)
        self._filtering.restore({"grouped": [], **view.rows, "bin": False})
        self.colours.put(filters.rules_kept(self._register, view.colours))
        self.changed.emit()

    def leave(self) -> None:
        """Show all rows again and use no view."""
        self.current = ""
        self._filtering.group_by()
        self._filtering.clear()

    def rename(self, name: str) -> None:
        """Give the view that is used another name. Raises NotValid as ``save`` does."""
        name = self._checked(name, besides=self.current)
        self._keep([replace(v, name=name) if v.name == self.current else v for v in self.all], name)

    def remove(self) -> None:
        """Forget the view that is used; rows and columns stay as they are."""
        self._keep([each for each in self.all if each.name != self.current], "")

    def _now(self, name: str) -> SavedView:
        state = self._filtering.state()
        rows = {key: state[key] for key in _ROWS}
        return SavedView(name, rows, dict(self._arrangement.columns.kept()), filters.rules_plain(self.colours.all))

    def _named(self, name: str) -> SavedView | None:
        return next((each for each in self.all if each.name == name), None)

    def _checked(self, name: str, *, besides: str) -> str:
        name = name.strip()
        if not name:
            raise NotValid(N_("A view needs a name."), field="name")
        if any(each.name.casefold() == name.casefold() and each.name != besides for each in self.all):
            raise NotValid(N_("There is a view “{name}” already."), field="name", name=name)
        return name

    def _keep(self, views: list[SavedView], current: str) -> None:
        self._settings.put(self._key, [asdict(each) for each in views])
        self.all = self._kept()  # as they will come back: what JSON makes of them is what is compared
        self.current = current
        self.changed.emit()

    def _kept(self) -> list[SavedView]:
        """The views of the settings; what isn't one, or has the name of another, is left out."""
        found: dict[str, SavedView] = {}
        for each in self._settings.get(self._key, []):
            view = _view(each)
            if view is not None:
                found.setdefault(view.name.casefold(), view)
        return list(found.values())


def _view(kept: Any) -> SavedView | None:  # Any: what JSON can hold
    """A view from the settings, which may hold anything; one of an earlier version has neither groups nor colours."""
    if not isinstance(kept, dict):
        return None
    name, rows, columns, colours = (kept.get(key) for key in ("name", "rows", "columns", "colours"))
    if not isinstance(name, str) or not name.strip() or not isinstance(rows, dict) or not isinstance(columns, dict):
        return None
    whole = {"view": "", "text": "", "where": [], "sort": [], "grouped": [], "folded": []}
    known = {key: rows[key] if isinstance(rows.get(key), type(usual)) else usual for key, usual in whole.items()}
    return SavedView(name.strip()[:LONGEST], known, columns, colours if isinstance(colours, list) else [])
