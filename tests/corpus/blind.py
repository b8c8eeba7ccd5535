"""The blind score: files of strangers that nobody looked at while the import was built, held against labels.

The labels (``blind.json``) were written from what a spreadsheet program shows before the program had read one of the
files. The files themselves are not kept here; their repositories, commits, paths and checksums are. Put them into a
folder, each under its name in ``blind.json``, and name the folder in ``HANDOVER_BLIND``:

    HANDOVER_BLIND=/somewhere python -m tests.corpus.blind [--half fit|spent|kept]

A file is **right** when register, sheet, heading row, the columns that the register needs, the number of rows, the
outline and the dates equal the label; **asked** when a question with the right answer among its choices is put;
**refused** when the program says that it can't take the file though a person could; **wrong** when it is read
otherwise without a word. A column that holds nothing is right either way, and so is each row of headings of several
rows. Where no register fits (``none``), asking and saying so are right.

The half ``fit`` may be looked at and fitted on. Nobody looks at ``kept`` before the last score. Once it was scored and
looked into, its files are ``spent``: they may be fitted on, and new ones are collected in a further round. From round 3
on only files of the kept half are collected: a file is taken or left by its checksum, before anybody opens it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, get_args

from handover.i18n import tr
from tests.corpus.blind_reading import Reading, read_blind

Half = Literal["fit", "spent", "kept"]
Outcome = Literal["right", "asked", "refused", "wrong"]

#: The round whose other half is kept; what earlier rounds kept was looked into after its score.
ROUND: Final = 4

#: Fields that may only be filled from a column whose label names them: what else fills them spoils the row unseen.
GUARDED: Final[Mapping[str, frozenset[str]]] = {
    "tasks": frozenset(
        [
            "name",
            "start",
            "finish",
            "duration",
            "percent",
            "status",
            "predecessors",
            "owner",
            "resources",
            "actual_start",
            "actual_finish",
            "deadline",
            "parent",
            "remaining",
        ]
    ),
    "punches": frozenset(
        [
            "description",
            "due_on",
            "status",
            "action_by",
            "raised_on",
            "cleared_on",
            "cleared_by",
            "verified_on",
            "category",
        ]
    ),
    "documents": frozenset(
        ["number", "title", "revision", "status", "due_on", "submitted_on", "received_on", "accepted_on"]
    ),
    "people": frozenset(["name", "organisation", "post", "phone", "email", "leaves_on"]),
    "systems": frozenset(["code", "name", "parent", "planned_rfo", "actual_rfo"]),
    "knowledge": frozenset(["title", "holder", "receiver", "due_on", "status", "verified_on"]),
    "milestones": frozenset(["name", "planned_on", "forecast_on", "actual_on", "baseline_on", "scheduled_on"]),
    "deliverables": frozenset(["code", "name", "status", "owner", "due_on", "done_on"]),
    # How a matrix of letters becomes rows is the register's own business: only what is done is held against the label.
    "raci": frozenset(["deliverable"]),
    "stakeholders": frozenset(["name", "organisation", "influence", "interest", "attitude", "owner"]),
    "communications": frozenset(["content", "audience", "how_often", "channel", "sender", "next_on", "sent_on"]),
    "meetings": frozenset(["title", "starts_at", "status", "chair", "recorder"]),
    "decisions": frozenset(["title", "status", "decided_on", "decided_by", "effective_on"]),
    "actions": frozenset(["text", "owner", "due_on", "status", "raised_on", "started_on", "done_on", "verified_on"]),
    "comments": frozenset(
        ["text", "reviewer", "status", "response", "due_on", "raised_on", "responded_on", "closed_on"]
    ),
    "transmittals": frozenset(["number", "subject", "status", "from_org", "to_org", "sent_on", "response_due"]),
    "sessions": frozenset(["title", "giver", "planned_on", "held_on", "hours", "status"]),
    "courses": frozenset(["code", "title", "trainer", "hours", "pass_mark", "valid_months"]),
    "trainings": frozenset(["person", "course", "status", "planned_on", "attended_on", "score", "valid_until"]),
    "lessons": frozenset(["title", "event", "cause", "recommendation", "happened_on", "owner", "due_on", "status"]),
    "fault-cases": frozenset(["symptom", "tag", "cause", "remedy", "severity", "status"]),
    "parameters": frozenset(
        ["no", "name", "unit", "design_value", "lower", "upper", "measured", "measured_at", "result"]
    ),
    "readings": frozenset(["parameter", "value", "unit", "result", "taken_at", "taken_by"]),
    "instruments": frozenset(["code", "name", "serial_no", "calibrated_on", "calibration_due"]),
    "tests": frozenset(["code", "title", "status", "result", "planned_on", "started_on", "done_on", "tested_by"]),
    "test-steps": frozenset(["trial", "action", "expected", "actual", "result", "done_at"]),
    "criteria": frozenset(["code", "question", "gate", "status", "owner", "due_on", "met_by", "met_on"]),
    "feedback": frozenset(["remark", "status", "said_by", "said_on", "owner", "due_on", "answer", "answered_on"]),
    "spares": frozenset(
        [
            "description",
            "part_no",
            "tag",
            "received",
            "stock",
            "minimum",
            "maximum",
            "rec_commissioning",
            "rec_two_years",
            "rec_capital",
            "units",
            "per_unit",
            "installed",
            "expected_on",
            "unit_price",
            "delivery_weeks",
        ]
    ),
    "cutover-steps": frozenset(
        ["title", "owner", "status", "planned_minutes", "real_minutes", "started_at", "finished_at"]
    ),
}


@dataclass(frozen=True)
class Label:
    """What a person saw in a file."""

    name: str
    repository: str
    commit: str
    path: str
    sha256: str
    kind: str
    registers: tuple[str, ...]
    sheet: str = ""
    headings: tuple[int, ...] = ()
    columns: Mapping[str, list[str]] = field(default_factory=dict)
    rows: tuple[int, ...] = ()
    outline: tuple[tuple[int, int, int], ...] = ()
    starts: tuple[str | None, ...] = ()
    finishes: tuple[str | None, ...] = ()
    first: Mapping[str, Any] = field(default_factory=dict)
    #: Why the label is another than the first one, empty where it isn't.
    corrected: str = ""
    #: The round in which it was collected.
    round: int = 1

    @property
    def half(self) -> Half:
        """The half that the file belongs to, by its checksum and its round alone."""
        if int(self.sha256[-1], 16) % 2 == 0:
            return "fit"
        return "kept" if self.round == ROUND else "spent"


@dataclass(frozen=True)
class Score:
    """How a file was read."""

    label: Label
    outcome: Outcome
    differences: tuple[str, ...]


def labels() -> list[Label]:
    """All labels, in the order of their names."""
    stored = json.loads((Path(__file__).parent / "blind.json").read_text(encoding="utf-8"))
    return [
        Label(name=name, **{k: tuple(map(_fixed, v)) if isinstance(v, list) else v for k, v in said.items()})
        for name, said in sorted(stored.items())
    ]


def _fixed(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def score(label: Label, folder: Path) -> Score:
    """Read a file and compare."""
    with tempfile.TemporaryDirectory() as place:
        reading = read_blind(folder / label.name, Path(place))
    if reading.refused:
        right = "none" in label.registers
        return Score(label, "right" if right else "refused", () if right else (reading.refused,))
    if "none" in label.registers and reading.asks_register:
        return Score(label, "right", ())
    differences = tuple(_differences(label, reading))
    if not differences and not reading.questions:
        return Score(label, "right", ())
    if reading.questions and all(_is_asked(d, label, reading) for d in differences):
        return Score(label, "asked", reading.questions)
    return Score(label, "wrong", differences)


def _is_asked(difference: str, label: Label, reading: Reading) -> bool:
    """Whether a difference is what the program asks about, with the right answer among the choices."""
    about = difference.partition(":")[0]
    if about.startswith("column ") and reading.offered:
        return _is_offered(about.removeprefix("column "), label, reading)
    if reading.offered and about in _FOLLOWING.get(_asked_field(reading), ()):
        return True  # the answer decides that, too
    if about == "rows" and reading.below and reading.rows + reading.below in label.rows:
        return True
    if about in ("starts", "finishes") and reading.asks_dates:
        return True
    right = {
        "register": set(label.registers),
        "sheet": {label.sheet},
        "heading row": {str(h) for h in label.headings},
    }.get(about, set())
    return bool(right & reading.choices)


#: So many further rows of headings may follow the one that a label names; the program tells the last of them.
_HEADING_ROWS: Final = 2
#: What else differs when a column is another one, by the field in question.
_FOLLOWING: Final[Mapping[str, tuple[str, ...]]] = {
    "name": ("rows", "outline"), "description": ("rows",), "title": ("rows",), "finish": ("finishes",),
    "due_on": ("finishes",), "planned_on": ("finishes",),
    "text": ("rows",), "question": ("rows",), "content": ("rows",), "action": ("rows",),
}  # fmt: skip


def _asked_field(reading: Reading) -> str:
    """The field that a question about columns is about: the likeliest answer's."""
    return next((key for keys in reading.offered.values() for key in sorted(keys, key=_likeliest) if key), "")


def _likeliest(key: str) -> int:
    return list(_FOLLOWING).index(key) if key in _FOLLOWING else len(_FOLLOWING)


def _is_offered(letters: str, label: Label, reading: Reading) -> bool:
    """Whether the right field of a column is among the answers, for this one or for the one that would lose it."""
    right = label.columns.get(letters, ["-"])
    offered = reading.offered.get(letters, frozenset())
    if offered & set(right):
        return True
    found = reading.columns.get(letters, "")
    others = (keys for other, keys in reading.offered.items() if other != letters)
    return "-" in right and bool(offered) and (("" in offered) or any(found in keys for keys in others))


def _differences(label: Label, reading: Reading) -> Iterator[str]:
    if reading.register not in label.registers:
        yield f"register: {'/'.join(label.registers)} expected, {reading.register} found"
        return
    made = reading.sheet == tr("{sheet}, as a list", sheet=label.sheet)  # of a table of one thing against another
    if label.sheet and reading.sheet != label.sheet and not made:
        yield f"sheet: {label.sheet!r} expected, {reading.sheet!r} found"
        return
    if label.headings and not made and not any(h <= reading.heading <= h + _HEADING_ROWS for h in label.headings):
        yield f"heading row: {label.headings} expected, {reading.heading} found"
    yield from _of_columns(label, reading)
    yield from _of_rows(label, reading)
    for key, expected in label.first.items():
        if reading.first.get(key) != expected:
            yield f"first {key}: {expected!r} expected, {reading.first.get(key)!r} found"
    for about, wanted, found in (
        ("starts", label.starts, reading.starts),
        ("finishes", label.finishes, reading.finishes),
    ):
        ends = (found[0], found[-1]) if found else (None, None)
        for which, day, seen in zip(("first", "last"), wanted, ends, strict=False):
            if day and day != seen:
                yield f"{about}: {which} {day} expected, {seen} found"


def _of_columns(label: Label, reading: Reading) -> Iterator[str]:
    guarded = GUARDED.get(reading.register, frozenset())
    for letter, fields in label.columns.items():
        if letter in reading.empty:
            continue
        found = reading.columns.get(letter, "-")
        # Fields of other registers in the label say nothing about this one.
        own = [f for f in fields if f == "-" or f == "phase" or f in reading.fields]
        if found in own or (found not in guarded and ("-" in own or not own)):
            continue
        yield f"column {letter}: {'/'.join(own) or '-'} expected, {found} found"
    for letter, found in reading.columns.items():
        if letter not in label.columns and found in guarded and letter not in reading.empty:
            yield f"column {letter}: - expected, {found} found"


def _of_rows(label: Label, reading: Reading) -> Iterator[str]:
    if label.outline and reading.outline is not None:
        if reading.outline not in label.outline:
            yield f"outline: rows, parents, levels {label.outline} expected, {reading.outline} found"
    elif label.rows and reading.rows not in label.rows:
        yield f"rows: {'/'.join(map(str, label.rows))} expected, {reading.rows} found"


def _missing(wanted: Iterable[Label], folder: Path) -> list[str]:
    """The files that are not there, or are others than those that were labelled."""
    return [
        f"{label.name}  {label.repository}@{label.commit[:10]} {label.path}"
        for label in wanted
        if not (folder / label.name).is_file()
        or hashlib.sha256((folder / label.name).read_bytes()).hexdigest() != label.sha256
    ]


def main() -> int:
    """Print how every file was read, and how many of how many."""
    parser = argparse.ArgumentParser(prog="python -m tests.corpus.blind")
    parser.add_argument("--half", choices=get_args(Half), help="one half only")
    parser.add_argument("--totals", action="store_true", help="no line for each file: look at nothing but the sums")
    parser.add_argument("names", nargs="*", help="only files whose name begins so")
    said = parser.parse_args()
    folder = Path(os.environ.get("HANDOVER_BLIND") or "")
    wanted = [x for x in labels() if said.half in (None, x.half)]
    if said.names:
        wanted = [x for x in wanted if x.name.startswith(tuple(said.names))]
    if not os.environ.get("HANDOVER_BLIND") or not folder.is_dir():
        print("HANDOVER_BLIND must name the folder of the files.")
        return 2
    absent = _missing(wanted, folder)
    for line in absent:
        print(f"missing: {line}")
    gone = {line.split()[0] for line in absent}
    sums: dict[Half, Counter[str]] = {half: Counter() for half in get_args(Half)}
    for label in (x for x in wanted if x.name not in gone):
        result = score(label, folder)
        sums[label.half][result.outcome] += 1
        if not said.totals:
            print(f"{result.outcome:8}{label.half:6}{label.name:18}{label.kind}", flush=True)
            for difference in result.differences:
                print(f"             {difference}")
    for half, counted in sums.items():
        if n := sum(counted.values()):
            shares = ", ".join(f"{counted[o]} {o} ({counted[o] / n:.0%})" for o in get_args(Outcome))
            print(f"{half}: n = {n}: {shares}")
    return 1 if absent else 0


if __name__ == "__main__":
    raise SystemExit(main())
