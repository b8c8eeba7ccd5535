"""Named colours and measures; no widget writes a colour or a size of its own.

``colours()`` gives the set in force; ask again at each painting rather than keeping it, so that light and dark
switch at once. Contrast on ``surface`` and ``raised`` is at least 4.5:1 for every text colour and 3:1 for every mark;
in the two of high contrast 7:1 and 4.5:1.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtGui import QColor

from handover.model.vocabulary import Tone

Theme = Literal["light", "dark", "contrast-light", "contrast-dark"]

#: Steps of 4 px: ``SPACE * 2`` is the usual gap between neighbours, ``SPACE * 4`` around a page.
SPACE = 4
RADIUS = 6
ICON = 20
#: Type sizes in px: small print, body, lead, title, figure.
SMALL, BODY, LEAD, TITLE, FIGURE = 12, 13, 15, 20, 28
#: Height of a row of a table or a list.
ROW = 28
#: How high the rows of registers are, by what the user chooses.
ROWS = {"compact": 24, "": ROW, "roomy": 36}


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of one theme as ``#rrggbb``.

    Attributes:
        surface: the ground of a page.
        raised: cards, fields, tables.
        sunken: navigation, table headers, what lies behind.
        line: hairlines.
        border: the edge of a field or button (3:1 on its ground).
        text, secondary: writing and quieter writing.
        accent, on_accent: the one accent and writing on it.
        selection, on_selection: the ground of what is selected and writing on it.
        hover: the ground under the pointer.
        ok, warning, danger, info, neutral: status, for writing and marks.
        ok_soft, …: the ground of a pill of that status.
    """

    surface: str
    raised: str
    sunken: str
    line: str
    border: str
    text: str
    secondary: str
    accent: str
    on_accent: str
    selection: str
    on_selection: str
    hover: str
    ok: str
    warning: str
    danger: str
    info: str
    neutral: str
    ok_soft: str
    warning_soft: str
    danger_soft: str
    info_soft: str
    neutral_soft: str

    def tone(self, tone: Tone) -> str:
        """The colour of writing and marks of a status."""
        return str(getattr(self, tone))

    def soft(self, tone: Tone) -> str:
        """The ground of a pill of a status."""
        return str(getattr(self, f"{tone}_soft"))


LIGHT = Colours(
    surface="#f7f8f9",
    raised="#ffffff",
    sunken="#eef0f2",
    line="#dfe3e6",
    border="#868f96",
    text="#1b2126",
    secondary="#55606a",
    accent="#0b6e75",
    on_accent="#ffffff",
    selection="#d3e9ea",
    on_selection="#10282b",
    hover="#e6ebed",
    ok="#0a5f8f",
    warning="#855100",
    danger="#b0330c",
    info="#4b4fa6",
    neutral="#55606a",
    ok_soft="#e0eff8",
    warning_soft="#fdf0d7",
    danger_soft="#fde7df",
    info_soft="#eaeafa",
    neutral_soft="#eceff1",
)

DARK = Colours(
    surface="#16191c",
    raised="#1e2226",
    sunken="#111416",
    line="#31373c",
    border="#737d85",
    text="#e6e9eb",
    secondary="#a4aeb6",
    accent="#4fb3ba",
    on_accent="#06191b",
    selection="#1d4a4e",
    on_selection="#eaf6f7",
    hover="#282e33",
    ok="#6bb6e6",
    warning="#e9b04f",
    danger="#f58a66",
    info="#a9adf2",
    neutral="#a4aeb6",
    ok_soft="#152f40",
    warning_soft="#3a2c10",
    danger_soft="#44231a",
    info_soft="#2a2c4a",
    neutral_soft="#2a3035",
)

CONTRAST_LIGHT = Colours(
    surface="#ffffff",
    raised="#ffffff",
    sunken="#f2f2f2",
    line="#6b6b6b",
    border="#000000",
    text="#000000",
    secondary="#262626",
    accent="#00444a",
    on_accent="#ffffff",
    selection="#b5e3e7",
    on_selection="#000000",
    hover="#dedede",
    ok="#003c61",
    warning="#553200",
    danger="#7a1a00",
    info="#2a2d78",
    neutral="#262626",
    ok_soft="#e0eff8",
    warning_soft="#fdf0d7",
    danger_soft="#fde7df",
    info_soft="#eaeafa",
    neutral_soft="#eceff1",
)

CONTRAST_DARK = Colours(
    surface="#000000",
    raised="#000000",
    sunken="#0d0d0d",
    line="#8f8f8f",
    border="#ffffff",
    text="#ffffff",
    secondary="#e0e0e0",
    accent="#7be3ea",
    on_accent="#000000",
    selection="#00484d",
    on_selection="#ffffff",
    hover="#262626",
    ok="#9ad4ff",
    warning="#ffd27a",
    danger="#ffb199",
    info="#cfd1ff",
    neutral="#e0e0e0",
    ok_soft="#00263a",
    warning_soft="#332200",
    danger_soft="#3d1408",
    info_soft="#1c1e4a",
    neutral_soft="#1f1f1f",
)

COLOURS: Final[dict[Theme, Colours]] = {
    "light": LIGHT, "dark": DARK, "contrast-light": CONTRAST_LIGHT, "contrast-dark": CONTRAST_DARK,
}  # fmt: skip
#: Each theme by the one that is light where it is dark.
OTHER_GROUND: Final[dict[Theme, Theme]] = {
    "light": "dark", "dark": "light", "contrast-light": "contrast-dark", "contrast-dark": "contrast-light",
}  # fmt: skip

_theme: Theme = "light"


def choose(theme: Theme) -> None:
    """Put a theme in force. The application does this and then repaints; nobody else calls it."""
    global _theme
    _theme = theme


def theme() -> Theme:
    """The theme in force."""
    return _theme


def colours() -> Colours:
    """The colours in force."""
    return COLOURS[_theme]


def colour(name: str) -> QColor:
    """One colour in force by its name, such as ``accent``."""
    return QColor(getattr(colours(), name))
