"""The lists that projects of an industry start from, as they are shipped in ``resources/templates/picks``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from handover.errors import NotFound
from handover.i18n import N_, language
from handover.resource import resource

#: What a new project gets.
FIRST = "process_plant"
_ORDER = (FIRST, "power_unit", "factory_line", "it_system", "building", "rail")


@dataclass(frozen=True, slots=True)
class ShippedEntry:
    """An entry of a shipped list; ``position`` counts from 1 within its list."""

    list: str
    code: str
    meaning: str | None
    tone: str | None
    en: str
    zh: str
    also: str | None
    position: int

    def values(self) -> dict[str, Any]:  # Any: the columns of an entry
        """The columns of the entry as a row."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True, slots=True)
class PickTemplate:
    """The lists of an industry."""

    key: str
    en: str
    zh: str
    entries: tuple[ShippedEntry, ...]

    @property
    def label(self) -> str:
        """The name of the industry in the language in force."""
        return self.zh if language() == "zh" else self.en


def pick_templates() -> tuple[PickTemplate, ...]:
    """All that are shipped, that of a new project first."""
    return tuple(_read(key) for key in _ORDER)


def pick_template(key: str) -> PickTemplate:
    """The lists of an industry. Raises NotFound, naming those that there are."""
    if key not in _ORDER:
        raise NotFound(N_("There is no template {key}. There are: {keys}."), key=key, keys=", ".join(_ORDER))
    return _read(key)


@cache
def _read(key: str) -> PickTemplate:
    own = _file(key)
    lists = {**_file(str(own["base"])), **{k: v for k, v in own.items() if k not in ("name", "base")}}
    entries = tuple(
        ShippedEntry(name, code, meaning or None, tone or None, en, zh, also or None, position)
        for name, listed in lists.items()
        for position, (code, (meaning, tone, en, zh, also)) in enumerate(listed.items(), 1)
    )
    return PickTemplate(key, own["name"]["en"], own["name"]["zh"], entries)


def _file(key: str) -> dict[str, Any]:  # Any: what TOML can hold
    return tomllib.loads(resource("templates", "picks", f"{key}.toml").read_text(encoding="utf-8"))
