"""Language, light and dark: switched at once, remembered, readable."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QColor, QFontDatabase, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from handover import i18n
from handover.resource import resource
from tests.sources import ROOT, calls, modules
from tests.ui.conftest import end, rest
from ui.application import Application
from ui.shell.chapters import page_entries
from ui.theme import tokens
from ui.theme.icons import icon
from ui.theme.style import interface_font
from ui.theme.tokens import COLOURS, Theme
from ui.window.welcome import Welcome
from ui.window.window import MainWindow

pytestmark = pytest.mark.usefixtures("plain_registers")
CHINESE = re.compile(r"[\u3400-\u9fff]")


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    yield
    tokens.choose("light")


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible() and label.text().strip()]


def test_language_switches_at_once_and_is_remembered(start: Callable[[], Application], qtbot: QtBot) -> None:
    first = start()
    first.context.choose_language("zh")
    assert first.window.bars.menus[0][0].title() == "文件"
    assert any(CHINESE.search(text) for text in words(first.window))
    end(first, qtbot)

    i18n.use("en")
    start()
    assert i18n.language() == "zh"


def test_the_welcome_page_offers_the_other_language(window: MainWindow) -> None:
    welcome = window._middle.currentWidget()
    assert isinstance(welcome, Welcome)
    assert welcome.language.text() == "中文"
    after = welcome.ways["open"].button.nextInFocusChain()
    while not after.focusPolicy() & Qt.FocusPolicy.TabFocus:
        after = after.nextInFocusChain()
    assert after is welcome.language  # the ways come first
    welcome.language.click()
    welcome = window._middle.currentWidget()
    assert isinstance(welcome, Welcome)
    assert welcome.language.text() == "English"


def test_quotes_are_those_of_the_language(window: MainWindow) -> None:
    english = window.fontMetrics()
    window.context.choose_language("zh")
    chinese = window.fontMetrics()

    assert english.horizontalAdvance("“") < english.horizontalAdvance("中") * 0.6
    assert chinese.horizontalAdvance("“") == chinese.horizontalAdvance("中")
    assert (english.height(), english.ascent()) == (chinese.height(), chinese.ascent())


def test_open_page_speaks_the_new_language(opened: MainWindow, qtbot: QtBot) -> None:
    opened.context.go("settings")
    opened.context.choose_language("zh")
    rest(qtbot, opened)

    page = opened.host.current
    assert page is not None
    assert page.key == "settings"
    assert "设置" in words(page)
    assert opened.windowTitle().startswith("Project P-1 – 设置")


def test_page_keeps_its_place_in_another_language(opened: MainWindow, qtbot: QtBot) -> None:
    opened.context.go("documents", view="overdue")
    opened.context.choose_language("zh")
    rest(qtbot, opened)

    assert opened.host.states()["documents"] == {"view": "overdue"}


def test_buttons_of_qt_speak_the_language_too(program: Application, qtbot: QtBot) -> None:
    program.context.choose_language("zh")
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)

    assert CHINESE.search(box.buttons()[0].text())


def test_dark_and_light_switch_at_once(program: Application) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    program.context.choose_theme("dark")
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(COLOURS["dark"].surface)
    dark = icon("plus").pixmap(20, 20).toImage()

    program.context.choose_theme("light")
    assert app.palette().color(QPalette.ColorRole.Window) == QColor(COLOURS["light"].surface)
    assert icon("plus").pixmap(20, 20).toImage() != dark


def test_icon_follows_the_theme_without_being_made_anew(program: Application) -> None:
    kept = icon("plus")
    light = kept.pixmap(20, 20).toImage()
    program.context.choose_theme("dark")

    assert kept.pixmap(20, 20).toImage() != light


def test_theme_is_remembered(start: Callable[[], Application], qtbot: QtBot) -> None:
    first = start()
    first.context.choose_theme("dark")
    end(first, qtbot)
    tokens.choose("light")
    start()

    assert tokens.theme() == "dark"


def test_theme_follows_the_system_unless_chosen(program: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    class Hints:
        wanted = Qt.ContrastPreference.NoPreference

        def accessibility(self) -> Hints:
            return self

        def contrastPreference(self) -> Qt.ContrastPreference:  # noqa: N802 - Qt's name
            return self.wanted

        def colorScheme(self) -> Qt.ColorScheme:  # noqa: N802 - Qt's name
            return Qt.ColorScheme.Dark

        def setColorScheme(self, scheme: Qt.ColorScheme) -> None:  # noqa: N802 - Qt's name
            assert scheme == Qt.ColorScheme.Light

        def unsetColorScheme(self) -> None:  # noqa: N802 - Qt's name
            pass

    app = QApplication.instance()
    assert app is not None
    hints = Hints()
    monkeypatch.setattr(program, "_app", _With(app, hints))
    program._system_changed()
    assert tokens.theme() == "dark"
    hints.wanted = Qt.ContrastPreference.HighContrast
    program._system_changed()
    assert tokens.theme() == "contrast-dark"

    program.context.settings.put("theme", "light")
    program._dress()
    program._system_changed()
    assert tokens.theme() == "light"


class _With:
    """The application with other style hints."""

    def __init__(self, app: QCoreApplication, hints: object) -> None:
        self._app, self._hints = app, hints

    def styleHints(self) -> object:  # noqa: N802 - Qt's name
        return self._hints

    def __getattr__(self, name: str) -> object:
        return getattr(self._app, name)


def luminance(value: str) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = []
    for channel in QColor(value).getRgbF()[:3]:
        parts.append(channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(one: str, other: str) -> float:
    """The contrast ratio (WCAG 2.1)."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", COLOURS)
def test_writing_is_readable_on_every_ground(theme: Theme) -> None:
    c, least = COLOURS[theme], 7 if theme.startswith("contrast") else 4.5
    tones = ("ok", "warning", "danger", "info", "neutral")
    pairs = [(ink, ground) for ink in ("text", "secondary") for ground in ("surface", "raised", "sunken", "hover")]
    pairs += [("accent", ground) for ground in ("surface", "raised", "sunken")]
    pairs += [(tone, ground) for tone in tones for ground in ("surface", "raised", f"{tone}_soft")]
    pairs += [("on_accent", "accent"), ("on_selection", "selection"), ("text", "danger_soft"), ("text", "info_soft")]
    weak = {pair: round(r, 2) for pair in pairs if (r := contrast(getattr(c, pair[0]), getattr(c, pair[1]))) < least}

    assert weak == {}


@pytest.mark.parametrize("theme", COLOURS)
def test_edges_of_controls_can_be_seen(theme: Theme) -> None:
    c, least = COLOURS[theme], 4.5 if theme.startswith("contrast") else 3
    assert min(contrast(c.border, ground) for ground in (c.surface, c.raised)) >= least


@pytest.mark.parametrize("theme", ["contrast-light", "contrast-dark"])
def test_high_contrast_is_chosen_in_the_settings_painted_and_remembered(
    program: Application, theme: Theme, qtbot: QtBot
) -> None:
    program.window.show()
    program.context.choose_theme(theme)

    assert tokens.theme() == theme
    c = COLOURS[theme]
    picture = program.window.grab().toImage()
    painted = {picture.pixelColor(x, y).name() for x in range(0, picture.width(), 7) for y in range(picture.height())}
    assert {c.surface, c.text, c.border} <= painted
    assert program.context.settings.get("theme", "") == theme
    program.window.switch_theme()
    assert tokens.theme() == tokens.OTHER_GROUND[theme]


def test_theme_of_no_name_is_the_one_of_the_system(program: Application) -> None:
    program.context.choose_theme("contrast")

    assert tokens.theme() in ("light", "dark")


def test_chinese_has_its_glyphs(program: Application) -> None:
    metrics = QFontMetrics(interface_font())

    assert QFontDatabase.hasFamily("Noto Sans SC")
    assert all(metrics.inFontUcs4(ord(sign)) for sign in "移交障碍Ab1")


def test_every_icon_that_is_named_is_shipped() -> None:
    named = {
        value.value
        for path in modules("ui")
        for call in calls(path)
        if call.name == "icon" and call.node.args
        for value in call.node.args[:1]
        if hasattr(value, "value") and isinstance(value.value, str)
    }
    assert len(named) > 5
    missing = [
        name for name in named | {c.icon for c in page_entries()} if not (ROOT / f"resources/icons/{name}.svg").exists()
    ]

    assert missing == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_page_has_its_help(language: str) -> None:
    topics = [c.key for c in page_entries()] + ["start", "import", "export"]
    for topic in topics:
        text = resource("help", language, f"{topic}.md").read_text(encoding="utf-8")
        assert text.startswith("# ")
        assert bool(CHINESE.search(text.splitlines()[0])) is (language == "zh"), topic


def test_no_widget_writes_a_colour_of_its_own() -> None:
    colour = re.compile(r"#[0-9a-fA-F]{6}\b|Qt\.GlobalColor\.(?!transparent)")
    places = [
        p for p in modules("ui") if p.name != "tokens.py" and colour.search((ROOT / p).read_text(encoding="utf-8"))
    ]

    assert places == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_entry_of_the_navigation_is_cut(opened: MainWindow, language: str, qtbot: QtBot) -> None:
    opened.resize(1280, 800)
    opened.context.choose_language(language)
    rest(qtbot, opened)
    assert not opened.navigation.narrow
    tree = opened.navigation.tree
    metrics = tree.fontMetrics()
    room = tree.viewport().width() - 16 - 65 - 32  # the ground, icon and indentation, what folds

    assert len(tree.shown()) > 8
    assert [name for name in tree.shown() if metrics.horizontalAdvance(name) * 1.08 > room] == []


def test_nothing_is_left_of_a_page_that_went(opened: MainWindow, qtbot: QtBot) -> None:
    opened.context.go("settings")
    page = opened.host.current
    assert page is not None
    gone: list[bool] = []
    page.destroyed.connect(lambda: gone.append(True))
    opened.files.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    assert gone == [True]
