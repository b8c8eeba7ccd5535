"""The language of the window: ours through the catalogue, Qt's own dialogs through Qt's translations."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from handover import i18n

_qt: list[QTranslator] = []


def choose(app: QApplication, code: str) -> None:
    """Speak a language, ``en`` or ``zh``, everywhere from now on."""
    i18n.use(code)
    locale = QLocale("zh_CN" if code == "zh" else "en_GB")
    QLocale.setDefault(locale)
    while _qt:
        app.removeTranslator(_qt.pop())
    if code == "zh":
        for name in ("qtbase_zh_CN", "qt_zh_CN"):
            translator = QTranslator(app)
            if translator.load(name, QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
                app.installTranslator(translator)
                _qt.append(translator)


def of_system() -> str:
    """The language that the desktop asks for."""
    first = next(iter(QLocale.system().uiLanguages()), "")
    return "zh" if first.lower().startswith("zh") else "en" if first not in ("", "C") else i18n.system_language()
