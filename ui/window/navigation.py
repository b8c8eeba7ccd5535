"""The navigation at the left: the project on top, sections and pages below, icons alone where it is narrow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from handover.i18n import tr
from ui.shell.chapters import SectionEntry
from ui.shell.page import Context, ProjectInHand
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.style import role
from ui.theme.tokens import SPACE
from ui.window.section_tree import Foot, SectionTree

_WIDE, _NARROW = 260, 56
#: Which sections the user folded, and which page of each section was visited last.
_FOLDED, _LAST = "navigation/folded", "navigation/last"


class Navigation(QWidget):
    """The tree of sections and the project switcher.

    Args:
        sections: gives the sections, in the language in force when they are shown.
        foot: pages and actions that stand below all sections.

    Signals:
        wanted: the key of a page that was chosen.
        project_wanted: the id of a project that was chosen.
        new_project_wanted, properties_wanted: from the switcher's menu.
    """

    wanted = Signal(str)
    project_wanted = Signal(str)
    new_project_wanted = Signal()
    properties_wanted = Signal()

    def __init__(
        self,
        context: Context,
        sections: Callable[[], Sequence[SectionEntry]],
        foot: Sequence[Foot] = (),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._sections = sections
        self._foot = foot
        self._projects: tuple[ProjectInHand, ...] = ()
        self._folded: dict[str, bool] = context.settings.get(_FOLDED, {})
        self._last: dict[str, str] = context.settings.get(_LAST, {})
        role(self, "navigation")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._make_switcher()
        self.tree = SectionTree(self)
        self.tree.keys_of = lambda n: context.shortcuts.hint(f"window.section_{n}", f"Ctrl+{n}")
        self.tree.page_wanted.connect(self.wanted)
        self.tree.section_wanted.connect(lambda key: self.wanted.emit(self._page_in(key)))
        self.tree.folded.connect(self._remember_fold)
        for action in foot:
            if isinstance(action, QAction):
                action.changed.connect(self.tree.show_actions)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, SPACE * 2, 0, SPACE * 2)
        whole.setSpacing(SPACE * 2)
        row = QHBoxLayout()
        row.setContentsMargins(SPACE * 2, 0, SPACE * 2, 0)
        row.addWidget(self.switcher)
        whole.addLayout(row)
        whole.addWidget(self.tree, 1)
        self.narrow = False
        self.set_narrow(False)
        self.retranslate()

    def _make_switcher(self) -> None:
        self.switcher = QToolButton(self)
        role(self.switcher, "switcher")
        self.switcher.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.switcher.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.switcher.setIcon(icon("factory", "accent"))
        self.switcher.setIconSize(QSize(tokens.ICON, tokens.ICON))
        self.switcher.setMinimumHeight(40)
        self.switcher.setMenu(QMenu(self.switcher))

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons with names."""
        self.narrow = narrow
        self.setFixedWidth(_NARROW if narrow else _WIDE)
        role(self.switcher, "" if narrow else "switcher")
        self.switcher.style().unpolish(self.switcher)
        self.switcher.style().polish(self.switcher)
        self.switcher.setToolButtonStyle(
            Qt.ToolButtonStyle.ToolButtonIconOnly if narrow else Qt.ToolButtonStyle.ToolButtonTextBesideIcon
        )
        self._name_switcher()
        self.tree.set_narrow(narrow, self._folded)

    def retranslate(self) -> None:
        """Name everything in the language in force."""
        self.tree.setAccessibleName(tr("Navigation"))
        self.tree.fill(self._sections(), self._foot, self._folded)
        self.show_projects(self._projects)

    # -- pages --------------------------------------------------------------------------------------------------------

    @property
    def current(self) -> str:
        """The key of the page that is marked."""
        return self.tree.current

    def show_current(self, key: str) -> None:
        """Mark the entry of a page, and remember it as the last of its section."""
        self.tree.show_current(key)
        section = next((s.key for s in self._sections() if any(page.key == key for page in s.pages)), "")
        if section and self._last.get(section) != key:
            self._last[section] = key
            self._context.settings.put(_LAST, self._last)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """Show how many open rows each page has, by key."""
        self.tree.show_counts(counts)

    def page_of(self, number: int) -> str:
        """The page to which Ctrl and a number lead: that visited last in the section, or its first; empty for none."""
        return next((self._page_in(each.key) for each in self._sections() if each.number == number), "")

    def _page_in(self, section: str) -> str:
        pages = next((each.pages for each in self._sections() if each.key == section), ())
        keys = [page.key for page in pages]
        last = self._last.get(section, "")
        return last if last in keys else keys[0] if keys else ""

    @Slot(str, bool)
    def _remember_fold(self, section: str, folded: bool) -> None:
        self._folded[section] = folded
        self._context.settings.put(_FOLDED, self._folded)

    # -- projects -----------------------------------------------------------------------------------------------------

    def show_projects(self, projects: tuple[ProjectInHand, ...]) -> None:
        """Offer the projects of the workspace."""
        self._projects = projects
        menu = self.switcher.menu()
        menu.clear()
        here = self._context.project.id if self._context.has_project else ""
        for project in projects:
            action = menu.addAction(tr("{code}  {name}", code=project.code, name=project.name).replace("&", "&&"))
            action.setCheckable(True)
            action.setChecked(project.id == here)
            action.triggered.connect(lambda _=False, key=project.id: self.project_wanted.emit(key))
        menu.addSeparator()
        properties = menu.addAction(icon("pencil"), tr("Project properties…"), self.properties_wanted.emit)
        properties.setEnabled(bool(here))
        menu.addAction(icon("plus"), tr("New project…"), self.new_project_wanted.emit).setEnabled(
            not self._context.read_only
        )
        self._name_switcher()

    def _name_switcher(self) -> None:
        name = self._context.project.name if self._context.has_project else tr("No project")
        room = _WIDE - 92
        self.switcher.setText(
            self.switcher.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, room).replace("&", "&&")
        )
        self.switcher.setToolTip(tr("Project: {name}", name=name))
        self.switcher.setAccessibleName(tr("Project: {name}", name=name))
