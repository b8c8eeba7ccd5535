"""The tools of a field of rich text: what each is called, its keys, its picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from handover.i18n import NC_, tr
from ui.theme.icons import icon
from ui.theme.style import role

#: The height of the line of tools above a text.
TOOL_LINE = 32


@dataclass(frozen=True, slots=True)
class RichTool:
    """One tool of the line."""

    key: str
    name: str
    picture: str
    keys: str

    @property
    def label(self) -> str:
        """Its name in the language in force."""
        return tr(self.name)


TOOLS = (
    RichTool("bold", NC_("rich text", "Bold"), "bold", "Ctrl+B"),
    RichTool("italic", NC_("rich text", "Italic"), "italic", "Ctrl+I"),
    RichTool("heading1", NC_("rich text", "Heading"), "heading-1", "Ctrl+Alt+1"),
    RichTool("heading2", NC_("rich text", "Lower heading"), "heading-2", "Ctrl+Alt+2"),
    RichTool("text", NC_("rich text", "Plain paragraph"), "pilcrow", "Ctrl+Alt+0"),
    RichTool("bullets", NC_("rich text", "List"), "list", "Ctrl+Shift+8"),
    RichTool("numbers", NC_("rich text", "Numbered list"), "list-ordered", "Ctrl+Shift+7"),
    RichTool("deeper", NC_("rich text", "A level deeper"), "indent-increase", "Alt+Shift+Right"),
    RichTool("higher", NC_("rich text", "A level higher"), "indent-decrease", "Alt+Shift+Left"),
    RichTool("picture", NC_("rich text", "Picture…"), "image", "Ctrl+Alt+P"),
)
#: Those that show whether they hold at the cursor.
SHOWING = ("bold", "italic", "heading1", "heading2", "bullets", "numbers")


class ToolLine(QWidget):
    """The tools in a line; the focus stays in the text."""

    def __init__(self, run: Callable[[str], None], parent: QWidget) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 2, 4, 2)
        row.setSpacing(0)
        self.buttons: dict[str, QToolButton] = {}
        for tool in TOOLS:
            button = QToolButton(self)
            button.setIcon(icon(tool.picture))
            button.setIconSize(QSize(16, 16))
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.setCheckable(tool.key in SHOWING)
            keys = QKeySequence(tool.keys).toString(QKeySequence.SequenceFormat.NativeText)
            button.setToolTip(f"{tool.label} ({keys})")
            button.setAccessibleName(tool.label)
            button.clicked.connect(lambda _on=False, key=tool.key: run(key))
            row.addWidget(button)
            self.buttons[tool.key] = button
        row.addStretch(1)
        role(self, "rich_tools")

    def show_state(self, state: Mapping[str, bool]) -> None:
        """Show which of them hold at the cursor."""
        for key, on in state.items():
            self.buttons[key].setChecked(on)
