"""The phases, milestones, gates and criteria that projects of an industry start from.

``resources/templates/phases/KEY.toml`` names phases, milestones and gates in both languages; ``KEY.csv`` beside it the
criteria of its gates. The criteria of ``common.csv`` are every industry's: of the gate of its trial, and of that of
its handover.
"""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass
from functools import cache

from handover.errors import NotFound
from handover.i18n import N_, language
from handover.resource import resource

#: The industries, in the order in which they are offered.
KEYS = ("process_plant", "power_unit", "factory_line", "it_system", "building", "rail")


@dataclass(frozen=True, slots=True)
class InBothLanguages:
    """A word or sentence as it is shipped."""

    en: str
    zh: str

    def __str__(self) -> str:
        return self.zh if language() == "zh" else self.en


@dataclass(frozen=True, slots=True)
class ShippedPhase:
    """A phase; ``entry`` and ``exit`` are the codes of its gates, empty where it has none."""

    code: str
    kind: str
    name: InBothLanguages
    entry: str
    exit: str


@dataclass(frozen=True, slots=True)
class ShippedMilestone:
    """A milestone of a phase."""

    code: str
    kind: str
    name: InBothLanguages
    phase: str


@dataclass(frozen=True, slots=True)
class ShippedGate:
    """A gate of a phase, on the day of a milestone; ``opens`` is the code of the certificates that ask for it."""

    code: str
    name: InBothLanguages
    phase: str
    milestone: str
    opens: str = ""


@dataclass(frozen=True, slots=True)
class ShippedCriterion:
    """A criterion of a gate; ``counted`` is what the program counts for it, empty where nothing is."""

    gate: str
    kind: str
    area: str
    weight: int
    blocker: bool
    counted: str
    question: InBothLanguages
    evidence: InBothLanguages


@dataclass(frozen=True, slots=True)
class PhaseTemplate:
    """What a project of an industry starts from."""

    key: str
    name: InBothLanguages
    phases: tuple[ShippedPhase, ...]
    milestones: tuple[ShippedMilestone, ...]
    gates: tuple[ShippedGate, ...]
    criteria: tuple[ShippedCriterion, ...]

    @property
    def label(self) -> str:
        """The name of the industry in the language in force."""
        return str(self.name)


def phase_templates() -> tuple[PhaseTemplate, ...]:
    """All that are shipped."""
    return tuple(_read(key) for key in KEYS)


def phase_template(key: str) -> PhaseTemplate:
    """What an industry starts from. Raises NotFound, naming those that there are."""
    if key not in KEYS:
        raise NotFound(N_("There is no template {key}. There are: {keys}."), key=key, keys=", ".join(KEYS))
    return _read(key)


@cache
def _read(key: str) -> PhaseTemplate:
    told = tomllib.loads(_text(f"{key}.toml"))
    gates = tuple(
        ShippedGate(code, InBothLanguages(en, zh), phase, milestone, *opens)
        for code, (en, zh, phase, milestone, *opens) in told["gates"].items()
    )
    order = [gate.code for gate in gates]
    criteria = [*_criteria(f"{key}.csv", {}), *_criteria("common.csv", told["roles"])]
    return PhaseTemplate(
        key,
        InBothLanguages(**told["name"]),
        tuple(
            ShippedPhase(code, kind, InBothLanguages(en, zh), entry, leave)
            for code, (kind, en, zh, entry, leave) in told["phases"].items()
        ),
        tuple(
            ShippedMilestone(code, kind, InBothLanguages(en, zh), phase)
            for code, (kind, en, zh, phase) in told["milestones"].items()
        ),
        gates,
        tuple(sorted(criteria, key=lambda each: order.index(each.gate))),
    )


def _criteria(name: str, roles: dict[str, str]) -> list[ShippedCriterion]:
    return [
        ShippedCriterion(
            roles.get(line["gate"], line["gate"]), line["kind"], line["area"], int(line["weight"]),
            line["blocker"] == "yes", line["counted"], InBothLanguages(line["en"], line["zh"]),
            InBothLanguages(line["evidence_en"], line["evidence_zh"]),
        )
        for line in csv.DictReader(_text(name).splitlines())
    ]  # fmt: skip


def _text(name: str) -> str:
    return resource("templates", "phases", name).read_text(encoding="utf-8")
