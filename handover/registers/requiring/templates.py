"""The requirements that projects of an industry start from, shipped in ``resources/templates/requirements``.

``KEY.toml`` names milestones, types of systems and types of documents in both languages; ``KEY.csv`` beside it says
what is asked: a line for each type of document of a type of systems, with the status required at each milestone.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache
from typing import Any

from handover.errors import NotFound
from handover.i18n import N_, language
from handover.resource import resource

#: The industries, the one that most of the trade's own standards are of first.
KEYS = ("process_plant", "power_unit", "factory_line", "building", "rail", "it_system")
#: The type of systems that stands for the project as a whole.
WHOLE = "PRJ"
_FLAGS = ("mandatory", "paper", "translated", "copies", "side")


@dataclass(frozen=True, slots=True)
class ShippedName:
    """Something that a template names: its code, its words in both languages, and what else it is called.

    Attributes:
        kind: the code of its kind, of milestones alone.
        unsure: the Chinese word is still to be looked at by somebody of the trade.
    """

    code: str
    en: str
    zh: str
    also: str = ""
    kind: str = ""
    unsure: bool = False

    @property
    def label(self) -> str:
        """The word in the language in force."""
        return self.zh if language() == "zh" else self.en


@dataclass(frozen=True, slots=True)
class ShippedDemand:
    """A line of a template: what is asked of a type of systems; of every system where it names none."""

    of: str
    type: str
    discipline: str
    statuses: tuple[tuple[str, str], ...]  # milestone and status, in the order of the milestones
    mandatory: bool
    paper: bool
    translated: bool
    copies: int | None
    side: str


@dataclass(frozen=True, slots=True)
class RequirementTemplate:
    """The requirements of an industry.

    Attributes:
        source: where they come from and under which licence, in English; empty where they are our own.
    """

    key: str
    en: str
    zh: str
    source: str
    milestones: tuple[ShippedName, ...]
    system_types: tuple[ShippedName, ...]
    document_types: dict[str, ShippedName]
    demands: tuple[ShippedDemand, ...]

    @property
    def label(self) -> str:
        """The name of the industry in the language in force."""
        return self.zh if language() == "zh" else self.en


def requirement_templates() -> tuple[RequirementTemplate, ...]:
    """All that are shipped."""
    return tuple(_read(key) for key in KEYS)


def requirement_template(key: str) -> RequirementTemplate:
    """The requirements of an industry. Raises NotFound, naming those that there are."""
    if key not in KEYS:
        raise NotFound(N_("There is no template {key}. There are: {keys}."), key=key, keys=", ".join(KEYS))
    return _read(key)


@cache
def _read(key: str) -> RequirementTemplate:
    said = tomllib.loads(_text(f"{key}.toml"))
    milestones = tuple(
        ShippedName(code, en, zh, also, kind) for code, (kind, en, zh, also) in said["milestones"].items()
    )
    types = {code: ShippedName(code, *words) for code, words in said.get("document_types", {}).items()}
    if glossary := said.get("names"):
        types |= _glossary(glossary)
    systems = tuple(ShippedName(code, *words) for code, words in said["system_types"].items())
    lines = csv.DictReader(_text(f"{key}.csv").splitlines())
    demands = tuple(_demand(line, [each.code for each in milestones]) for line in lines)
    used = {each.type for each in demands}
    return RequirementTemplate(
        key, said["name"]["en"], said["name"]["zh"], said.get("source", ""), milestones, systems,
        {code: each for code, each in types.items() if code in used}, demands,
    )  # fmt: skip


def _demand(line: dict[str, Any], milestones: list[str]) -> ShippedDemand:  # Any: csv's own
    asked = tuple((each, line[each]) for each in milestones if line[each])
    mandatory, paper, translated, copies, side = (line[key] for key in _FLAGS)
    return ShippedDemand(
        line["of"], line["type"], line["discipline"], asked, mandatory != "no", paper == "yes", translated == "yes",
        int(copies) if copies else None, side or "operations",
    )  # fmt: skip


def _glossary(name: str) -> dict[str, ShippedName]:
    """The types of documents of a glossary."""
    return {
        line["code"]: ShippedName(line["code"], line["en"], line["zh"], line["also"], unsure=line["review"] == "yes")
        for line in csv.DictReader(_text(name).splitlines())
        if line["what"] == "document_type"
    }


def _text(name: str) -> str:
    return resource("templates", "requirements", name).read_text(encoding="utf-8")
