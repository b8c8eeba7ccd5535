"""How the columns of a reading agree with each other: ends after starts, links that name rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from handover.exchange.columns.told_by_cells import in_order
from handover.exchange.columns.traits import Traits
from handover.exchange.evidence import Evidence, total
from handover.registers.declare import Register
from handover.values.cells import as_text, folded

_PAIRS = (("start", "finish"), ("actual_start", "actual_finish"))
_NAMES = ("name", "title", "source_id", "wbs", "number", "code")


class Agreement:
    """What columns of a table say of each other once each is a field; each pair is compared once."""

    def __init__(self, register: Register, columns: Sequence[Traits]) -> None:
        self._columns = {c.column: c for c in columns}
        self._links = {f.field for f in register.entered if not f.kind.stored}
        self._known: dict[tuple[str, int, int], bool] = {}

    def weight(self, reading: Mapping[int, str]) -> float:
        """What the agreements of a reading weigh together."""
        return total(sign for _, sign in self._all(reading))

    def doubted(self, reading: Mapping[int, str]) -> bool:
        """Whether any two columns of a reading contradict each other."""
        return any(sign.weight < 0 for _, sign in self._all(reading))

    def signs(self, reading: Mapping[int, str], column: int) -> tuple[Evidence, ...]:
        """What other columns say of one."""
        return tuple(sign for among, sign in self._all(reading) if column in among)

    def _all(self, reading: Mapping[int, str]) -> Iterator[tuple[tuple[int, ...], Evidence]]:
        place = {key: column for column, key in reading.items()}
        for first, last in _PAIRS:
            if first in place and last in place:
                pair = place[first], place[last]
                yield pair, Evidence(self._sign("order", *pair, "agreement.in_order", "agreement.out_of_order"))
        for key in self._links & place.keys():
            if not self._columns[place[key]].worded:
                continue
            named = [place[n] for n in _NAMES if n in place]
            at = next((c for c in named if self._resolves(place[key], c)), None)
            if at is None:
                yield (place[key],), Evidence("agreement.unresolved")
            else:
                yield (place[key], at), Evidence("agreement.resolves")

    def _sign(self, kind: str, a: int, b: int, good: str, bad: str) -> str:
        if (kind, a, b) not in self._known:
            self._known[kind, a, b] = in_order(self._columns[a], self._columns[b])
        return good if self._known[kind, a, b] else bad

    def _resolves(self, links: int, names: int) -> bool:
        if ("names", links, names) not in self._known:
            called = self._columns[names].called
            said = [folded(as_text(c)) for c in self._columns[links].cells]
            self._known["names", links, names] = sum(s in called for s in said) >= 0.6 * len(said)
        return self._known["names", links, names]
