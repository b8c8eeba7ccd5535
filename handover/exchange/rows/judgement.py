"""What becomes of each place of a file, worked out step by step."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from handover.exchange.rows.findings import Findings
from handover.exchange.rows.outcome import Outcome

Diff = dict[str, tuple[Any, Any]]  # Any: what a column holds before and after


@dataclass(slots=True)
class Judgement:
    """What becomes of each place of a file.

    Attributes:
        fresh: the columns of new rows by place.
        changes: what changes in rows that we have, by place: column -> (before, after).
        relinked: places whose predecessors change.
        findings: what the rules of the register say of the rows.
    """

    outcomes: list[Outcome]
    findings: Findings
    fresh: dict[int, dict[str, Any]] = field(default_factory=dict)
    changes: dict[int, Diff] = field(default_factory=dict)
    relinked: set[int] = field(default_factory=set)


def taken_places(result: Judgement) -> Iterator[int]:
    """The places that are or stay rows of the register: all but those in error and skipped ones."""
    return (p for p, outcome in enumerate(result.outcomes) if outcome not in ("skipped", "error"))
