"""Which keys reach which command: as the program has it, or as its user wants it; kept in the settings."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QKeyCombination, QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from shiboken6 import isValid

from handover.errors import NotValid
from handover.i18n import N_, tr
from ui.settings import Settings

_KEPT = "keys"
#: Everywhere, and in tables; other places are pages, of which one is in view.
WINDOW, TABLES = "window", "tables"
#: So many keys can lead to one command.
MOST_KEYS = 4
#: So many actions may follow before it is worth while to look which of them are gone.
_FEW = 200
#: Keys that no command can have: they are those of lines, tables and sections.
_FIXED: dict[str, str] = {
    **dict.fromkeys(("Ctrl+C", "Ctrl+X", "Ctrl+V", "Ctrl+A", "Ctrl+Insert", "Shift+Insert"), N_("Copy, cut, paste")),
    **dict.fromkeys(("Tab", "Shift+Tab", "Ctrl+Tab", "Ctrl+Shift+Tab", "Return", "Enter", "Esc"), N_("Moving on")),
}
#: Keys that are no letters, so that they may stand alone.
_ALONE = {
    *(Qt.Key(Qt.Key.Key_F1.value + n) for n in range(24)),
    *(Qt.Key.Key_Insert, Qt.Key.Key_Delete, Qt.Key.Key_Pause, Qt.Key.Key_Print),
}
_CHORD = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


@dataclass(frozen=True, slots=True)
class KeyedCommand:
    """A command that keys can lead to.

    Args:
        place: where it can be reached.
        key: its name in the settings, within its place.
        name: a key of the catalogue.
        usual: the keys that it has as long as nobody wants others.
        n: stands for ``{n}`` in its name, where there are several alike.
    """

    place: str
    key: str
    name: str
    usual: tuple[str, ...] = ()
    n: int = 0

    @property
    def kept_as(self) -> str:
        """Its name in the settings."""
        return f"{self.place}.{self.key}"

    @property
    def label(self) -> str:
        """Its name in the language in force, without mnemonic and dots."""
        return tr(self.name, n=self.n).replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


class Shortcuts(QObject):
    """The keys of all commands; actions that were given to it follow.

    Signals:
        changed: a command has other keys.
    """

    changed = Signal()

    def __init__(self, settings: Settings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._settings = settings
        self._commands: dict[str, KeyedCommand] = {}
        self._followers: list[tuple[KeyedCommand, weakref.ref[QAction], Callable[[], object]]] = []
        self._roomy = _FEW  # how many followers there may be before those that are gone are looked for
        self._fixed = {_normal(keys): name for keys, name in _FIXED.items()}
        self._wanted = _sound(settings.get(_KEPT, {}))

    @property
    def all(self) -> list[KeyedCommand]:
        """Every command that was declared, in that order."""
        return list(self._commands.values())

    def declare(self, command: KeyedCommand) -> KeyedCommand:
        """Let a command have keys."""
        return self._commands.setdefault(command.kept_as, command)

    def follow(self, command: KeyedCommand, action: QAction, then: Callable[[], object]) -> None:
        """Give an action the keys of its command, now and later; ``then`` tells its tooltip of them.

        ``then`` is called no longer than the action lives.
        """
        self.declare(command)
        if len(self._followers) >= self._roomy:
            self._followers = [each for each in self._followers if (a := each[1]()) is not None and isValid(a)]
            self._roomy = max(_FEW, 2 * len(self._followers))
        self._followers.append((command, weakref.ref(action), then))
        action.setShortcuts([QKeySequence(keys) for keys in self.keys(command)])

    def keys(self, command: KeyedCommand) -> tuple[str, ...]:
        """The keys of a command, the first of which menus show."""
        return self._wanted.get(command.kept_as, command.usual)

    def hint(self, kept_as: str, usual: str = "") -> str:
        """The keys of a command by its name in the settings, as they are written on the keyboard; empty for none."""
        command = self._commands.get(kept_as)
        return shown((*self.keys(command), "")[0]) if command is not None else shown(usual)

    def is_usual(self, command: KeyedCommand) -> bool:
        """Whether it has the keys that the program gave it."""
        return command.kept_as not in self._wanted

    def assign(self, command: KeyedCommand, keys: Sequence[str]) -> None:
        """Give a command other keys, or none. Raises NotValid, with the name of the command that has them."""
        normal = tuple(dict.fromkeys(_normal(each) for each in keys))[:MOST_KEYS]
        for each in normal:
            if each not in map(_normal, command.usual):
                self._refuse_odd(each)
            if other := self.used_by(each, command):
                raise NotValid(N_("{keys} is taken already: {command}."), keys=shown(each), command=other)
        if normal == tuple(map(_normal, command.usual)):
            self._wanted.pop(command.kept_as, None)
        else:
            self._wanted[command.kept_as] = normal
        self._keep()

    def reset(self, command: KeyedCommand) -> None:
        """Give a command its usual keys again. Raises NotValid where another has them meanwhile."""
        self.assign(command, command.usual)

    def reset_all(self) -> None:
        """Give all commands their usual keys again."""
        self._wanted.clear()
        self._keep()

    def used_by(self, keys: str, besides: KeyedCommand) -> str:
        """The command that has some keys where another can be reached, too; empty for none."""
        normal = _normal(keys)
        for each in self._commands.values():
            if each != besides and _meet(each.place, besides.place) and normal in map(_normal, self.keys(each)):
                return each.label
        return tr(self._fixed.get(normal, "")) if normal not in map(_normal, besides.usual) else ""

    def _refuse_odd(self, keys: str) -> None:
        pressed = _combination(keys)
        if pressed is None:
            raise NotValid(N_("Press one key, together with Ctrl or Alt."))
        if pressed.keyboardModifiers() & Qt.KeyboardModifier.MetaModifier:
            raise NotValid(N_("Keys of the system itself can't be taken."))
        if not pressed.keyboardModifiers() & _CHORD and pressed.key() not in _ALONE:
            raise NotValid(N_("{keys} alone is for typing. Press it together with Ctrl or Alt."), keys=shown(keys))

    def _keep(self) -> None:
        self._settings.put(_KEPT, {name: list(keys) for name, keys in self._wanted.items()} or None)
        for command, reference, then in self._followers:
            action = reference()
            if action is not None and isValid(action):
                action.setShortcuts([QKeySequence(keys) for keys in self.keys(command)])
                then()
        self.changed.emit()


def shown(keys: str) -> str:
    """Keys as they are written on the keyboard, from how the settings write them."""
    return keys_text(QKeySequence(keys))


def keys_text(keys: QKeySequence) -> str:
    """Keys as they are written on the keyboard, alike in every language: ``Alt+←``."""
    if sys.platform == "darwin":
        return keys.toString(QKeySequence.SequenceFormat.NativeText)
    text = keys.toString(QKeySequence.SequenceFormat.PortableText)
    for word, sign in (("Left", "←"), ("Right", "→"), ("Up", "↑"), ("Down", "↓"), ("Return", "Enter")):
        text = text.replace(f"+{word}", f"+{sign}")
    return text


def _meet(one: str, other: str) -> bool:
    """Whether both places are reached at one time."""
    if one == other or WINDOW in (one, other):
        return True
    of_one = [place for place in (one, other) if place.startswith("rows.")]
    return all(place in (TABLES, "rows") or place in of_one for place in (one, other)) and len(of_one) < 2


def _normal(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)


def _combination(keys: str) -> QKeyCombination | None:
    sequence = QKeySequence(keys)
    if sequence.count() != 1:
        return None
    pressed: QKeyCombination = sequence[0]  # type: ignore[index]  # which the stubs leave out
    return None if pressed.key() in (Qt.Key.Key_unknown, Qt.Key(0)) else pressed


def _sound(kept: object) -> dict[str, tuple[str, ...]]:
    """What the settings hold of it; what isn't keys is left out."""
    found = {}
    for name, keys in kept.items() if isinstance(kept, dict) else ():
        if isinstance(keys, list) and all(isinstance(each, str) and _combination(each) for each in keys):
            found[str(name)] = tuple(keys[:MOST_KEYS])
    return found
