"""Turns the tokens into what Qt paints with: a palette, a style sheet and fonts."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QSpinBox, QWidget

from handover.i18n import language
from handover.resource import resource
from ui.theme import tokens
from ui.theme.sheet import SHEET
from ui.theme.tokens import Colours

#: System fonts that stand in where a desktop chose none; beside Chinese they jump in size and baseline.
_STAND_INS = {"dejavu sans", "bitstream vera sans", "sans serif", "sans", "liberation sans", "freesans", "helvetica"}
_SHIPPED = "Noto Sans SC"
#: Quotes and ellipsis of Noto Sans with the metrics of the shipped font, whose own are as wide as a Chinese sign.
_LATIN_QUOTES = "Handover Quotes"
#: Between the edge of a box and what stands in it, as the style sheet has it.
_INSET = 7


def load_fonts() -> None:
    """Register the shipped fonts, so that Chinese shows where the system has none."""
    for name in (
        *("NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"),
        *("HandoverQuotes-Regular.ttf", "HandoverQuotes-Bold.ttf"),
    ):
        QFontDatabase.addApplicationFont(str(resource("fonts", name)))


def interface_font() -> QFont:
    """The system's font with the shipped one for what it lacks; the shipped one alone where the system chose none.

    It depends on the language: English sentences have English quotes.
    """
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    family = system.family()
    standing_in = family.casefold() in _STAND_INS or not QFontDatabase.hasFamily(family)
    font = QFont(system)
    quotes = [_LATIN_QUOTES] if language() == "en" else []
    font.setFamilies([*quotes, _SHIPPED] if standing_in else [family, *_chinese_of_system(), _SHIPPED])
    font.setPixelSize(tokens.BODY)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


def _chinese_of_system() -> list[str]:
    usual = {"win32": ["Microsoft YaHei UI"], "darwin": ["PingFang SC"]}.get(sys.platform, [])
    return [family for family in usual if QFontDatabase.hasFamily(family)]


def palette(c: Colours) -> QPalette:
    """The palette of a theme."""
    p = QPalette()
    role = QPalette.ColorRole
    pairs = {
        role.Window: c.surface,
        role.WindowText: c.text,
        role.Base: c.raised,
        role.AlternateBase: c.surface,
        role.Text: c.text,
        role.Button: c.raised,
        role.ButtonText: c.text,
        role.BrightText: c.on_accent,
        role.Highlight: c.selection,
        role.HighlightedText: c.on_selection,
        role.Link: c.accent,
        role.LinkVisited: c.accent,
        role.PlaceholderText: c.secondary,
        role.ToolTipBase: c.raised,
        role.ToolTipText: c.text,
        role.Accent: c.accent,
        role.Light: c.raised,
        role.Midlight: c.hover,
        role.Mid: c.line,
        role.Dark: c.border,
        role.Shadow: c.border,
    }
    for colour_role, value in pairs.items():
        p.setColor(colour_role, QColor(value))
    faded = QColor(c.secondary)
    faded.setAlphaF(0.6)
    for colour_role in (role.WindowText, role.Text, role.ButtonText):
        p.setColor(QPalette.ColorGroup.Disabled, colour_role, faded)
    return p


def sheet(c: Colours, marks: Path) -> str:
    """The style sheet of a theme; ``marks`` is a folder where the small drawings that it refers to are written."""
    text = SHEET
    for name in ("chevron-down", "chevron-up", "chevron-left", "chevron-right", "check", "minus", "ellipsis"):
        for token in ("text", "on_accent"):
            file = marks / f"{name}-{token}-{tokens.theme()}.svg"
            if not file.exists():
                drawing = resource("icons", f"{name}.svg").read_text(encoding="utf-8")
                file.write_text(drawing.replace("currentColor", getattr(c, token)), encoding="utf-8")
            text = text.replace(f"@{name}:{token}", file.as_posix())
    # Longest first, so that ``@text`` doesn't eat the beginning of a longer name.
    for token in sorted(Colours.__slots__, key=len, reverse=True):
        text = text.replace(f"@{token}", getattr(c, token))
    return text


def apply(app: QApplication, theme: tokens.Theme, marks: Path) -> None:
    """Put a theme in force in the whole program, at once."""
    tokens.choose(theme)
    c = tokens.colours()
    app.setPalette(palette(c))
    app.setStyleSheet(sheet(c, marks))


def number_box(parent: QWidget) -> QSpinBox:
    """A box for a whole number, as far from its edge as texts are: Qt keeps that room above and below only."""
    box = QSpinBox(parent)
    box.lineEdit().setTextMargins(_INSET, 0, 0, 0)
    return box


def role(widget: QWidget, name: str) -> None:
    """Give a widget its part in the look: ``title``, ``lead``, ``small``, ``secondary``, ``figure``, ``primary``, …"""
    if isinstance(widget, QLabel) and widget.textFormat() == Qt.TextFormat.AutoText:
        widget.setTextFormat(Qt.TextFormat.PlainText)  # what users enter is no markup
    widget.setProperty("role", name)
