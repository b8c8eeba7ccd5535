"""The views of a register that its user saved: filters, order and columns under a name."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from handover.errors import NotValid
from handover.i18n import N_
from ui.register.arrange import Arrangement
from ui.register.narrowing.filtering import Filtering
from ui.shell.page import Context

#: What of the rows in view belongs to a view.
_ROWS = ("view", "text", "where", "sort")
LONGEST = 60


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view under its name; ``rows`` is what ``Filtering.restore`` understands, ``columns`` what ``ColumnLayout.take``
    does."""

    name: str
    rows: dict[str, Any]  # Any: what JSON can hold
    columns: dict[str, Any]


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
        self, context: Context, register: str, filtering: Filtering, arrangement: Arrangement, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._settings = context.settings
        self._key = f"project/{context.project.id}/views/{register}"
        self._filtering, self._arrangement = filtering, arrangement
        self.all = [SavedView(**kept) for kept in self._settings.get(self._key, [])]
        self.current = ""
        filtering.changed.connect(self.changed)
        arrangement.changed.connect(self.changed)

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
        self._filtering.restore({**view.rows, "bin": False})
        self.changed.emit()

    def leave(self) -> None:
        """Show all rows again and use no view."""
        self.current = ""
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
        return SavedView(name, {key: state[key] for key in _ROWS}, dict(self._arrangement.columns.kept()))

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
        # As they will come back: what JSON makes of them is what is compared.
        self.all = [SavedView(**kept) for kept in self._settings.get(self._key, [])]
        self.current = current
        self.changed.emit()
