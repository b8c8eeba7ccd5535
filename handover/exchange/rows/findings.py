"""What a step of a dry run finds out about rows besides their values: which aren't taken, and what isn't of a cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from handover.exchange.reading.grid import address
from handover.exchange.rows.outcome import Fault
from handover.registers.declare import Register


@dataclass(slots=True)
class Findings:
    """What was found out about the rows of a file, by place.

    Attributes:
        rows: the number of each row as Excel shows it, 0 for one that has none.
        columns: for each field its column in the sheet, counted from 0.
        whole: the rows are stored with a plan that is one whole: a cell that can't be taken takes its row along.
        skipped: why a row isn't taken.
        faults: what is wrong, so that the row can't be taken.
        remarks: what isn't taken of a cell, while its row is, and what is odd about one that is taken.
    """

    register: Register
    rows: Sequence[int]
    columns: Mapping[str, int] = field(default_factory=dict)
    whole: bool = False
    skipped: dict[int, str] = field(default_factory=dict)
    faults: dict[int, list[Fault]] = field(default_factory=dict)
    remarks: dict[int, list[Fault]] = field(default_factory=dict)

    def cell(self, place: int, field_key: str) -> str:
        """The address of a field's cell, empty where the file has no such column."""
        column = self.columns.get(field_key)
        return "" if column is None or not self.rows[place] else address(self.rows[place] - 1, column)

    def blame(self, place: int, field_key: str, message: str, /, **values: object) -> None:
        """Note what is wrong with a row so that it can't be taken."""
        self.faults.setdefault(place, []).append(Fault(field_key, self.cell(place, field_key), message, values))

    def remark(self, place: int, field_key: str, text: str, message: str, /, **values: object) -> None:
        """Note that a cell isn't taken as it stands: a fault only where a row can't be without its field.

        Args:
            text: what the cell says.
        """
        needed = field_key not in self.register or self.register[field_key].required
        if needed or self.whole:
            self.faults.setdefault(place, []).append(
                Fault(field_key, self.cell(place, field_key), message, values, text)
            )
        else:
            self.keep(place, field_key, text, message, **values)

    def keep(self, place: int, field_key: str, text: str, message: str, /, **values: object) -> None:
        """Note that only a part of a cell is taken, or none that the row needs."""
        self.remarks.setdefault(place, []).append(Fault(field_key, self.cell(place, field_key), message, values, text))

    def notice(self, place: int, field_key: str, message: str, /, **values: object) -> None:
        """Note that something is odd about a cell that is taken as it stands."""
        said = Fault(field_key, self.cell(place, field_key), message, values, noticed=True)
        self.remarks.setdefault(place, []).append(said)

    def skip(self, reasons: Mapping[int, str]) -> None:
        """Leave rows out; what is wrong with them counts no more."""
        for place, reason in reasons.items():
            self.skipped[place] = reason
            self.faults.pop(place, None)
            self.remarks.pop(place, None)

    def moved(self, places: Mapping[int, int]) -> Findings:
        """The same where each row stands at another place."""
        return replace(
            self,
            skipped={places[p]: why for p, why in self.skipped.items()},
            faults={places[p]: faults for p, faults in self.faults.items()},
            remarks={places[p]: remarks for p, remarks in self.remarks.items()},
        )

    def add(self, found: Findings) -> None:
        """Put together with what a further step found out."""
        for place, faults in found.faults.items():
            self.faults.setdefault(place, []).extend(faults)
        for place, remarks in found.remarks.items():
            self.remarks.setdefault(place, []).extend(remarks)
        self.skip(found.skipped)
