"""What the program remembers of its user between two starts: language, theme, places, last pages."""

from __future__ import annotations

import contextlib
import json
import os
from pathlib import Path
from typing import Any

from platformdirs import user_config_path
from PySide6.QtCore import QSettings

from handover.store.files.incoming_file import LARGEST


def settings_folder() -> Path:
    """Where settings and logs of the window lie; ``HANDOVER_HOME`` moves it."""
    home = os.environ.get("HANDOVER_HOME")
    return Path(home) if home else user_config_path("handover", appauthor=False)


def largest_file(settings: Settings) -> int:
    """The bytes that a file may have that is attached."""
    return int(settings.get("files/largest", LARGEST))


def _is_sound(value: object) -> bool:
    """Whether texts can be stored and numbers be counted with, all the way down."""
    if isinstance(value, dict):
        return all(map(_is_sound, value)) and all(map(_is_sound, value.values()))
    if isinstance(value, list):
        return all(map(_is_sound, value))
    if isinstance(value, str):
        return not any("\ud800" <= sign <= "\udfff" for sign in value)
    return value is None or (isinstance(value, int | float) and abs(value) < 2**53)


class Settings:
    """Values by key, kept in an INI file; every value that JSON can hold comes back as it was.

    Keys in use: ``language`` (en, zh or empty for the system's), ``theme`` (light, dark or empty), ``user``,
    ``packs`` (folder), ``files/largest`` (bytes), ``files/folder``, ``recent`` (paths), ``window/…``; a page keeps its
    own under ``page/<key>/…`` and what belongs to a project under ``project/<project id>/…``.
    """

    def __init__(self, path: Path | None = None) -> None:
        path = path or settings_folder() / "window.ini"
        with contextlib.suppress(OSError):  # then nothing is remembered, and all the rest works
            path.parent.mkdir(parents=True, exist_ok=True)
        self._store = QSettings(str(path), QSettings.Format.IniFormat)

    def get(self, key: str, default: Any = None) -> Any:  # Any: whatever JSON can hold
        """The value of a key, ``default`` where there is none, it can't be read, or it is of another kind.

        What is kept here is a convenience: whatever the file holds, the program starts.
        """
        text = self._store.value(key)
        if not isinstance(text, str):
            return default
        try:
            found = json.loads(text)
        except (ValueError, RecursionError):
            return default
        fits = default is None or isinstance(found, type(default))
        return found if fits and _is_sound(found) else default

    def put(self, key: str, value: Any) -> None:  # Any: as above
        """Keep a value; ``None`` forgets the key."""
        if value is None:
            self._store.remove(key)
        else:
            self._store.setValue(key, json.dumps(value, ensure_ascii=False))

    def sync(self) -> None:
        """Write now what is still in memory."""
        self._store.sync()
