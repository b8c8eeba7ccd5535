"""The rules by which a contract has a proving run counted: data, since no two contracts say the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar, Final

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from handover.i18n import N_, NC_
from handover.model.base import Problem, Row, choice
from handover.model.people import must_have
from handover.model.vocabulary import Option, Vocabulary
from handover.running.rule_set import Effect, RuleSet, phases_of

ATTRIBUTION = Vocabulary(
    (
        Option("contractor", NC_("attribution", "Contractor"), "danger", ("contractor", "承包方", "承包商", "施工方")),
        Option("owner", NC_("attribution", "Owner"), "warning", ("owner", "client", "业主", "业主方", "建设方")),
        Option("external", NC_("attribution", "From outside (grid, fuel, weather)"), "info",
               ("external", "outside", "grid", "外部", "电网", "外网")),
        Option("planned", NC_("attribution", "Planned"), "neutral", ("planned", "计划", "计划内")),
    )
)  # fmt: skip

EFFECT = Vocabulary(
    (
        Option("reset", N_("Back to zero"), "danger", ("reset", "restart", "清零", "清零重算", "重新计时")),
        Option("suspend", N_("The clock stands"), "warning", ("suspend", "suspended", "暂停", "暂停累计")),
        Option("ignore", N_("The clock runs on"), "ok", ("ignore", "ignored", "不计", "不影响")),
    )
)

#: The limits that count hours, and those that count how often.
_HOURS: Final = ("longest_hours", "most_hours", "clear_last_hours")
_TIMES: Final = ("most_interruptions", "most_repeats", "most_resets")


class RunRules(Row):
    """How a contract has its runs counted.

    Attributes:
        required: hours, by phases where there are several: ``72``, ``168``, ``72+24``.
        least_load: the share below which a segment doesn't count.
        back_to_phase: a reset begins the phase anew, not the whole run.
        clear_last_hours: at the end of the run, in which no interruption may begin.
        most_repeats: how often the same thing may fail again.
    """

    __tablename__ = "run_rules"
    prefix: ClassVar[str] = "RRL"

    name: Mapped[str] = mapped_column(String(200))
    clause: Mapped[str | None] = mapped_column(String(200))
    required: Mapped[str | None] = mapped_column(String(40), default="72")
    effect_contractor: Mapped[str | None] = choice(EFFECT, "reset")
    effect_owner: Mapped[str | None] = choice(EFFECT, "suspend")
    effect_external: Mapped[str | None] = choice(EFFECT, "suspend")
    effect_planned: Mapped[str | None] = choice(EFFECT, "suspend")
    least_load: Mapped[float | None]
    back_to_phase: Mapped[bool | None]
    most_interruptions: Mapped[int | None]
    longest_hours: Mapped[float | None]
    most_hours: Mapped[float | None]
    clear_last_hours: Mapped[float | None]
    most_repeats: Mapped[int | None]
    most_resets: Mapped[int | None]
    notes: Mapped[str | None] = mapped_column(Text)

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """Rules have a name, hours that can be read, and no limit below nothing."""
        yield from must_have(values, "name")
        yield from hours_problem(values)
        for key in (*_HOURS, *_TIMES, "least_load"):
            if (values.get(key) or 0) < 0:
                yield Problem(key, N_("This number can't be negative."))


def hours_problem(values: Mapping[str, Any]) -> Iterator[Problem]:  # Any: the values of any column
    """The hours that a run asks for, where they can't be read."""
    if values.get("required"):
        try:
            phases_of(values["required"])
        except ValueError:
            message = N_("“{text}” is no number of hours, such as 72, 168 or 72+24.")
            yield Problem("required", message, {"text": str(values["required"])})


def rule_set(rules: Mapping[str, Any] | None, required: str | None = None) -> RuleSet:  # Any: as above
    """The rules of a run, from the columns of its rules; the usual ones where it has none.

    Args:
        required: the hours that the run itself asks for, in place of those of its rules.
    """
    said = rules or {}
    usual = RuleSet()
    try:
        phases = phases_of(required or said.get("required")) if required or said.get("required") else usual.phases
    except ValueError:  # another program has put it there; the check tells of it
        phases = usual.phases
    effects: dict[str, Effect] = {who: said.get(f"effect_{who}") or effect for who, effect in usual.effects.items()}
    hours = {key: round(said[key] * 60) if said.get(key) is not None else None for key in _HOURS}
    return RuleSet(
        phases, effects, said.get("least_load"), bool(said.get("back_to_phase")), said.get("most_interruptions"),
        hours["longest_hours"], hours["most_hours"], hours["clear_last_hours"], said.get("most_repeats"),
        said.get("most_resets"),
    )  # fmt: skip
