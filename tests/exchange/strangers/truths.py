"""What a list of strangers says, before anybody makes a workbook of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from tests.exchange.strangers.words import LANGUAGES, Language

#: The registers that lists are composed for, plans most often.
REGISTERS: Final = ("tasks", "tasks", "tasks", "punches", "documents", "people")
_FEWEST, _MOST = 4, 14


@dataclass
class TrueRow:
    """A row: its values by field and the phase that it belongs to."""

    values: dict[str, Any]  # Any: text, days, shares
    phase: str = ""
    #: Texts that its cells show in place of the values, by field.
    shown: dict[str, Any] = field(default_factory=dict)
    #: Whether it may as well stand at the top as in its phase.
    loose: bool = False


@dataclass
class Truth:
    """A list: its language, its register and its rows."""

    language: Language
    register: str
    rows: list[TrueRow]

    @property
    def fields(self) -> list[str]:
        """The fields that rows have, as their columns usually stand."""
        return list(self.rows[0].values)

    @property
    def phases(self) -> list[str]:
        """The phases in their order."""
        return list(dict.fromkeys(r.phase for r in self.rows if r.phase))


def a_truth(random: Random) -> Truth:
    """A list of any register in any language."""
    language = random.choice(LANGUAGES)
    register = random.choice(REGISTERS)
    count = random.randint(_FEWEST, _MOST)
    return Truth(language, register, _MAKERS[register](random, language, count))


def _tasks(random: Random, language: Language, count: int) -> list[TrueRow]:
    per_phase = random.randint(2, 5)
    day = date(2027, 1, 4) + timedelta(weeks=random.randint(0, 40))
    offset = random.randint(0, 47)
    fields = {"start", "finish", *random.sample(["owner", "duration", "percent", "status", "notes"], 3)}
    rows = []
    for n in range(count):
        length = random.randint(1, 5)
        share = random.choice((0, 0.25, 0.5, 1))
        values = {
            "name": language.task(offset + n, (offset + n) // 8),
            "owner": random.choice(language.people),
            "start": day,
            "finish": day + timedelta(days=length - 1),
            "duration": length,
            "percent": share,
            "status": language.states[0 if share == 1 else 1 if share else 2],
            "notes": f"{language.other['note']} {n + 1}" if n % 4 == 0 else None,
        }
        phase = language.phases[min(n // per_phase, len(language.phases) - 1)]
        rows.append(TrueRow({k: v for k, v in values.items() if k in fields or k == "name"}, phase))
        # Weeks begin on Mondays and no task is longer than one, so that working days and dates agree.
        day += timedelta(days=7 if random.random() < 0.6 else 0)
    return rows


def _punches(random: Random, language: Language, count: int) -> list[TrueRow]:
    first = date(2027, 2, 1) + timedelta(days=random.randint(0, 200))
    return [
        TrueRow(
            {
                "external_no": f"P-{n + 1:03}",
                "description": _fault(language, n),
                "category": random.choice("ABC"),
                "action_by": random.choice(language.people),
                "raised_on": first + timedelta(days=n),
                "due_on": first + timedelta(days=n + random.randint(5, 30)),
                "status": random.choice(language.punch_states),
            }
        )
        for n in range(count)
    ]


def _fault(language: Language, n: int) -> str:
    faults = {
        "zh": ("漏油", "未接地", "标识缺失", "保温破损"),
        "de": ("undicht", "nicht geerdet", "ohne Schild", "Dämmung beschädigt"),
        "fr": ("fuite", "sans mise à la terre", "sans étiquette", "calorifuge abîmé"),
    }.get(language.key, ("leaks", "is not earthed", "has no label", "has damaged insulation"))
    return f"{language.things[n % len(language.things)]} {faults[n % len(faults)]} ({n + 1})"


def _documents(random: Random, language: Language, count: int) -> list[TrueRow]:
    start = random.randint(1, 80)
    disciplines = {"zh": ("机械", "电气", "仪控"), "fr": ("Mécanique", "Électricité"), "de": ("Mechanik", "Elektro")}
    return [
        TrueRow(
            {
                "number": f"{random.choice(('MEC', 'ELE', 'INS'))}-{start + n:04}",
                "title": f"{language.things[n % len(language.things)]} {n + 1}",
                "discipline": random.choice(disciplines.get(language.key, ("Mechanical", "Electrical"))),
                "revision": random.choice(("A", "B", "0", "1")),
            }
        )
        for n in range(count)
    ]


def _people(random: Random, language: Language, count: int) -> list[TrueRow]:
    posts = {"zh": ("项目经理", "调试工程师", "运行值长"), "fr": ("Chef de projet", "Ingénieur d'essais")}
    firms = {"zh": ("建设公司", "运行公司"), "de": ("Bau GmbH", "Betrieb AG"), "fr": ("Bâti SA", "Exploitation SARL")}
    taken = min(count, len(language.people))
    return [
        TrueRow(
            {
                "person": name,
                "organisation": random.choice(firms.get(language.key, ("Builders Ltd", "Operators Inc"))),
                "post": random.choice(posts.get(language.key, ("Project manager", "Test engineer"))),
                "phone": f"+49 30 {random.randint(100000, 999999)}",
                "email": f"p{n}@site.example",
            }
        )
        for n, name in enumerate(random.sample(language.people, taken))
    ]


_MAKERS: Final[Mapping[str, Any]] = {  # Any: functions of one shape
    "tasks": _tasks,
    "punches": _punches,
    "documents": _documents,
    "people": _people,
}
