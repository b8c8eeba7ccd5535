"""What is wrong with a plan, told at the task where it is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from handover.i18n import tr


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """A fault that did not stop the rest of the plan from being scheduled.

    Args:
        task: id of the task where it is to be mended, or None for the plan as a whole.
        message: the sentence in English, as the catalogue knows it.
        values: what fills its placeholders.
        tasks: ids of all tasks that take part, such as those of a cycle in their order.
    """

    task: str | None
    message: str
    values: Mapping[str, object] = field(default_factory=dict)
    tasks: tuple[str, ...] = ()

    def __str__(self) -> str:
        return tr(self.message, **self.values)
