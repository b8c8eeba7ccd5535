"""Mappings that the user corrected, remembered for the next file with the same headings or saved under a name."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from handover.errors import NotFound, UnusableFile
from handover.exchange.columns.mapping import ColumnMapping, SheetColumn, fingerprint_of
from handover.exchange.columns.reason_column import says_what_is_wrong
from handover.exchange.tables.heading_text import plain
from handover.i18n import N_
from handover.plain_file import text_of
from handover.replacing import make_folder, replacing

_FORMAT = "handover-mapping"
_MOST = 300


class Memory:
    """The mappings in a file of the user's settings.

    Args:
        path: the JSON file; it comes into being with the first mapping.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @classmethod
    def own(cls) -> Memory:
        """Where this user's mappings lie; ``HANDOVER_HOME`` moves it."""
        home = os.environ.get("HANDOVER_HOME")
        folder = Path(home) if home else user_config_path("handover", appauthor=False)
        return cls(folder / "mappings.json")

    def recall(self, register: str, columns: Sequence[SheetColumn]) -> dict[str, str]:
        """Heading to field as the user left it for these headings, empty when they were never corrected."""
        headings = [c.heading for c in columns]
        seen = self._load()["seen"]
        known: dict[str, str] | None = seen.get(fingerprint_of(register, headings))
        if known is None and len(headings) > 1 and says_what_is_wrong(headings[-1]):
            known = seen.get(fingerprint_of(register, headings[:-2]))  # without what the rejected rows are part of
        return known or {}

    def keep(self, mapping: ColumnMapping) -> None:
        """Remember a mapping that the user corrected; one that was right as proposed needs no memory."""
        if not any(m.why in ("user", "remembered") for m in mapping.columns):
            return
        data = self._load()
        key = fingerprint_of(mapping.register, [m.heading for m in mapping.columns])
        data["seen"].pop(key, None)
        data["seen"][key] = {plain(m.heading): m.field for m in mapping.columns}
        while len(data["seen"]) > _MOST:
            data["seen"].pop(next(iter(data["seen"])))
        self._store(data)

    def names(self, register: str) -> list[str]:
        """The names under which mappings of a register were saved."""
        return sorted(name for name, saved in self._load()["named"].items() if saved["register"] == register)

    def save(self, name: str, mapping: ColumnMapping) -> None:
        """Save a mapping under a name; an older one of that name is replaced."""
        data = self._load()
        data["named"][name] = _as_dict(mapping)
        self._store(data)

    def named(self, name: str) -> dict[str, str]:
        """Heading to field of a saved mapping. Raises NotFound."""
        saved = self._load()["named"].get(name)
        if saved is None:
            raise NotFound(N_("There is no saved mapping “{name}”."), name=name)
        fields: dict[str, str] = saved["fields"]
        return fields

    def forget(self, name: str) -> None:
        """Remove a saved mapping; one that isn't there is none to remove."""
        data = self._load()
        data["named"].pop(name, None)
        self._store(data)

    def export(self, name: str, path: Path) -> None:
        """Write a saved mapping into a file of its own, to hand it to a colleague. Raises NotFound."""
        saved = self._load()["named"].get(name)
        if saved is None:
            raise NotFound(N_("There is no saved mapping “{name}”."), name=name)
        _write(path, {"format": _FORMAT, "version": 1, "name": name, **saved})

    def take(self, path: Path) -> str:
        """Take in a mapping that a colleague exported; returns its name. Raises UnusableFile."""
        try:
            loaded = json.loads(text_of(path))
            name, register, fields = str(loaded["name"]), str(loaded["register"]), dict(loaded["fields"])
            good = loaded["format"] == _FORMAT and all(isinstance(v, str) for v in fields.values())
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            raise UnusableFile(N_("{file} is no saved mapping."), file=path.name, detail=str(error)) from error
        if not good:
            raise UnusableFile(N_("{file} is no saved mapping."), file=path.name)
        data = self._load()
        data["named"][name] = {"register": register, "fields": fields}
        self._store(data)
        return name

    def _load(self) -> dict[str, Any]:  # Any: JSON
        try:
            data = json.loads(text_of(self.path))
            seen = {key: fields for key, fields in data["seen"].items() if _are_fields(fields)}
            named = {name: saved for name, saved in data["named"].items() if _is_saved(saved)}
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {"seen": {}, "named": {}}  # none yet, or damaged: it is a convenience and starts anew
        return {"seen": seen, "named": named}

    def _store(self, data: dict[str, Any]) -> None:  # Any: JSON
        _write(self.path, data)


def _is_saved(saved: object) -> bool:
    return isinstance(saved, dict) and isinstance(saved.get("register"), str) and _are_fields(saved.get("fields"))


def _are_fields(fields: object) -> bool:
    return isinstance(fields, dict) and all(isinstance(field, str) for field in fields.values())


def _as_dict(mapping: ColumnMapping) -> dict[str, Any]:  # Any: JSON
    return {"register": mapping.register, "fields": {plain(m.heading): m.field for m in mapping.columns}}


def _write(path: Path, data: dict[str, Any]) -> None:  # Any: JSON
    make_folder(path.parent)
    with replacing(path) as part:
        part.write_text(json.dumps(data, ensure_ascii=False, indent=1), encoding="utf-8")
