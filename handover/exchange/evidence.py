"""Evidence for a reading: signs that speak for or against it, each with what it weighs."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache

from handover.resource import resource


@dataclass(frozen=True, slots=True)
class Evidence:
    """A sign and how strongly it shows: 1 for fully, 0 for not at all.

    Attributes:
        sign: its name in ``resources/import_weights.toml``, part and name: ``column.heading``.
    """

    sign: str
    amount: float = 1.0

    @property
    def weight(self) -> float:
        """What it adds to the odds of the reading, as a logarithm."""
        return weight_of(self.sign) * self.amount


def total(signs: Iterable[Evidence]) -> float:
    """What signs weigh together."""
    return sum(sign.weight for sign in signs)


def sure(margin: float) -> float:
    """How sure a reading is whose rival weighs less by ``margin``: from 0 to 1, a half where both weigh the same."""
    return 1 / (1 + math.exp(-min(max(margin, -30.0), 30.0)))


def weight_of(sign: str) -> float:
    """What a sign weighs when it shows fully."""
    part, _, name = sign.partition(".")
    return _weights()[part][name]


def weights() -> dict[str, float]:
    """All signs with their weights, for whoever fits them to data."""
    return {f"{part}.{name}": value for part, values in _weights().items() for name, value in values.items()}


@contextmanager
def other_weights(changed: Mapping[str, float]) -> Iterator[None]:
    """Other weights for a while: how they are fitted."""
    known = _weights()
    before = {part: dict(values) for part, values in known.items()}
    for sign, value in changed.items():
        part, _, name = sign.partition(".")
        known[part][name] = value
    try:
        yield
    finally:
        for part, values in before.items():
            known[part].update(values)


@cache
def _weights() -> dict[str, dict[str, float]]:
    text = resource("import_weights.toml").read_text(encoding="utf-8")
    return {
        part: {name: float(value) for name, value in values.items()} for part, values in tomllib.loads(text).items()
    }
