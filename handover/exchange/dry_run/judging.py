"""What becomes of each row of a file: compared with the row that it matches, and held against the model's rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from handover.clock import today
from handover.errors import NotLawful, NotValid, Reason, Refused
from handover.exchange.columns.headings import LEVEL, PHASE, REF
from handover.exchange.dry_run.as_exported import OwnCells
from handover.exchange.rows.existing import Existing, whole_rows
from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.judgement import Diff, Judgement
from handover.exchange.rows.matching import Matched
from handover.exchange.rows.outcome import ERASE, Fault
from handover.exchange.rows.remarks import NOTES, lines_for, with_lines
from handover.exchange.tasks.predecessors import Predecessors
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended, watched
from handover.model import locks, steps
from handover.model.base import Problem
from handover.registers.declare import Register
from handover.values.cells import as_text

#: Fields that are placed by the outline or kept beside the row.
_ELSEWHERE = frozenset({REF, LEVEL, PHASE, "predecessors"})

#: How many rows are looked at between two looks at whether the user has asked to stop.
_EVERY = 2_000

#: A row with no more columns than this may be one in which only the outline speaks.
_FEW = 5


@dataclass(frozen=True, slots=True)
class ToJudge:
    """The rows of a file with all that must be known of them before they can be judged.

    Attributes:
        given: what the outline of tasks says of each place: columns and values.
        own: the cells beside our values, where the file is an export of ours.
    """

    incoming: Incoming
    existing: Existing
    matched: Matched
    given: Mapping[int, Mapping[str, Any]] = field(default_factory=dict)  # Any: what the columns hold
    own: OwnCells | None = None
    predecessors: Predecessors | None = None

    def remarks(self, result: Judgement, place: int) -> list[Fault]:
        """What isn't taken of a row's cells."""
        return [*self.incoming.remarks.get(place, ()), *result.findings.remarks.get(place, ())]


def filled_columns(incoming: Incoming) -> list[tuple[str, list[Any]]]:
    """The columns of the table that a file fills, with their values by place."""
    register = incoming.register
    found = []
    for key, column in incoming.values.items():
        if key in _ELSEWHERE or (key == "parent" and register.outline):
            continue
        attr = register[key].attr if key in register else key
        if any(v is not None for v in column):
            found.append((attr, column))
    return found


def judge(rows: ToJudge, engine: Engine, progress: Progress = unattended) -> Judgement:
    """Find out what becomes of each row.

    Args:
        engine: where the rows that we have can be read whole.
    """
    incoming = rows.incoming
    result = Judgement(["unchanged"] * len(rows.matched.keys), incoming.nothing_found())
    _compare(rows, result, progress)
    _skip_empty(incoming, result)
    _check_new(rows, result, progress)
    _check_changed(rows, result, engine, progress)
    for place in incoming.faults.keys() | result.findings.faults.keys():
        if result.outcomes[place] != "skipped":
            result.outcomes[place] = "error"
    return result


def _compare(rows: ToJudge, result: Judgement, progress: Progress) -> None:
    """Put each row beside the one that it is."""
    incoming, given, predecessors = rows.incoming, rows.given, rows.predecessors
    columns = filled_columns(incoming)
    places = range(len(rows.matched.keys))
    for place in watched(places, progress, len(places), tr("Comparing rows"), _EVERY):
        if place in incoming.skipped:
            result.outcomes[place] = "skipped"
            continue
        told = given.get(place, {})
        key = rows.matched.ids[place]
        if key is None:
            result.outcomes[place] = "new"
            result.fresh[place] = _fresh(place, columns, told, rows.matched.keys[place])
        else:
            diff = _difference(place, columns, told, rows.existing, key)
            if rows.own is not None:
                diff = {a: pair for a, pair in diff.items() if not rows.own.says(place, a, pair[0])}
            if diff:
                result.changes[place] = diff
                result.outcomes[place] = "changed"
            if predecessors is not None and predecessors.differs(place, key) and not _same_links(rows, place, key):
                result.relinked.add(place)
                result.outcomes[place] = "changed"


def _same_links(rows: ToJudge, place: int, key: str) -> bool:
    assert rows.predecessors is not None
    return rows.own is not None and rows.own.says_links(place, rows.predecessors.stored.get(key, []))


def _fresh(place: int, columns: Sequence[tuple[str, list[Any]]], given: Mapping[str, Any], key: str) -> dict[str, Any]:
    values = {attr: v for attr, column in columns if (v := column[place]) is not None and v is not ERASE}
    values.update(given)
    values["id"] = key
    return values


def _difference(
    place: int, columns: Sequence[tuple[str, list[Any]]], given: Mapping[str, Any], existing: Existing, key: str
) -> Diff:
    diff: Diff = {}
    at = existing.place[key]
    for attr, column in columns:
        new = column[place]
        if new is None:
            continue
        old = existing.columns[attr][at] if attr in existing.columns else None
        if new is ERASE:
            new = None
        if new != old and not _alike(old, new):
            diff[attr] = (old, new)
    for attr, new in given.items():
        if attr != "position" and (old := existing.columns[attr][at]) != new:
            diff[attr] = (old, new)
    return diff


def _alike(old: Any, new: Any) -> bool:  # Any: what a column holds
    """Values that differ only in what no file keeps: last digits of a fraction, line ends, control characters, No."""
    if isinstance(old, float) and isinstance(new, (int, float)):
        return abs(old - new) < 5e-7 * max(1.0, abs(old))
    if isinstance(old, str) and isinstance(new, str):
        return as_text(old.replace("\r\n", "\n")) == as_text(new.replace("\r\n", "\n"))
    return old is None and new is False


def _skip_empty(incoming: Incoming, result: Judgement) -> None:
    """Rows in which nothing is filled in that is taken but zeros, such as prepared lines of a template."""
    required = [f.attr for f in incoming.register.entered if f.required]
    for place, values in [(p, v) for p, v in result.fresh.items() if len(v) <= _FEW]:
        said = [a for a, v in values.items() if v and a not in ("id", "parent_id", "depth", "kind", "position")]
        if required and not said and place not in incoming.faults and place not in incoming.remarks:
            del result.fresh[place]
            result.outcomes[place] = "skipped"
            result.findings.skipped[place] = N_("Nothing is filled in that could be taken.")


def _check_new(rows: ToJudge, result: Judgement, progress: Progress) -> None:
    incoming, model = rows.incoming, rows.incoming.register.model
    defaults = _defaults(incoming.register)
    saying = tr("Checking the rules")
    for place, values in watched(result.fresh.items(), progress, len(result.fresh), saying, _EVERY):
        while True:
            whole = {**defaults, **values}
            follows = model.consequences_told(whole, values.keys())
            if follows:
                values.update(follows)
                whole.update(follows)
            problems = [*model.problems(whole)]
            if not problems:
                break
            spoilt = _taken_back(incoming, result, place, problems, values)
            if not spoilt:
                sayings = {a: v for a, v in values.items() if a not in follows}
                spoilt = _spoilers(incoming, result, place, problems, defaults, sayings)
            if not spoilt:
                break
            for attr in spoilt | follows.keys():
                values.pop(attr, None)
        _blame(incoming, result, place, problems)
        if (incoming.remarks or result.findings.remarks) and (remarks := rows.remarks(result, place)):
            lines = lines_for(incoming.register, remarks, values)
            if noted := with_lines(values.get(NOTES), lines):
                values[NOTES] = noted


def _taken_back(
    incoming: Incoming, result: Judgement, place: int, problems: Iterable[Problem], given: Mapping[str, Any]
) -> set[str]:
    """The attributes of cells that can't be together with the others of their row, with a remark for each."""
    register, found = incoming.register, set[str]()
    for problem in problems:
        if incoming.whole or problem.field not in register or register[problem.field].required:
            continue
        target = register[problem.field]
        if target.attr in given and target.attr not in found and target.field in incoming.values:
            found.add(target.attr)
            result.findings.remark(
                place, target.field, incoming.text(place, target.field), problem.message, **problem.values
            )
    return found


def _spoilers(
    incoming: Incoming,
    result: Judgement,
    place: int,
    problems: Iterable[Problem],
    besides: Mapping[str, Any],
    given: Mapping[str, Any],
) -> set[str]:
    """The attribute of a cell without which one of the problems isn't there, with a remark: it wants what is lacking.

    A state goes last: without it done work is open.

    Args:
        besides: what the row holds where its cells say nothing.
    """
    register = incoming.register
    cells = [key for key in incoming.values if key in register and not register[key].required]
    cells.sort(key=lambda key: register[key].lifecycle is not None)
    for problem in () if incoming.whole else problems:
        for key in cells:
            attr = register[key].attr
            without = {**besides, **{a: v for a, v in given.items() if a != attr}}
            if attr in given and problem.message not in {p.message for p in register.model.problems(without)}:
                result.findings.remark(place, key, incoming.text(place, key), problem.message, **problem.values)
                return {attr}
    return set()


def _blame(incoming: Incoming, result: Judgement, place: int, problems: Iterable[Problem]) -> None:
    blamed = {fault.field for fault in incoming.faults.get(place, ())}
    for problem in problems:
        if problem.field not in blamed or not problem.field:  # a cell that can't be read isn't empty as well
            result.findings.blame(place, problem.field, problem.message, **problem.values)


def _check_changed(rows: ToJudge, result: Judgement, engine: Engine, progress: Progress) -> None:
    incoming, matched = rows.incoming, rows.matched.ids
    noted = {p for p in incoming.remarks if result.outcomes[p] in ("unchanged", "changed")}
    places = sorted(result.changes.keys() | noted)
    keys = [key for p in places if (key := matched[p]) is not None]
    if not keys:
        return
    states = {f.attr for f in incoming.register.entered if f.lifecycle is not None}
    with engine.connect() as connection:
        stored = whole_rows(connection, incoming.register, keys, progress)
    with Session(engine, autoflush=False) as session:
        saying = tr("Checking the rules")
        for place in watched(places, progress, len(places), saying, _EVERY):
            values = stored[str(matched[place])]
            diff = result.changes.setdefault(place, {})
            _check_one(rows, result, place, values, diff)
            freed = incoming.register.model.freed(values, {**values, **{a: new for a, (_, new) in diff.items()}})
            if states & diff.keys() - freed and place not in incoming.faults and place not in result.findings.faults:
                _try_states(session, rows, result, place, values, states)
            if not diff:
                del result.changes[place]
                result.outcomes[place] = "changed" if place in result.relinked else "unchanged"
            elif result.outcomes[place] == "unchanged":
                result.outcomes[place] = "changed"


def _check_one(rows: ToJudge, result: Judgement, place: int, values: Mapping[str, Any], diff: Diff) -> None:
    """Hold the changes of a row against the rules; those that can't be are taken back, with a remark."""
    incoming, model = rows.incoming, rows.incoming.register.model
    given = dict(diff)
    while True:
        after = {**values, **{a: new for a, (_, new) in diff.items()}}
        for attr, new in model.consequences_told(after, set(diff)).items():
            if values.get(attr) != new:
                diff[attr] = (values.get(attr), new)
            after[attr] = new
        problems = [*model.problems(after)]
        spoilt = _taken_back(incoming, result, place, problems, given)
        if problems and not spoilt:
            sayings = {a: new for a, (_, new) in given.items()}
            spoilt = _spoilers(incoming, result, place, problems, values, sayings)
        if not spoilt:
            break
        given = {attr: pair for attr, pair in given.items() if attr not in spoilt}
        diff.clear()
        diff.update(given)
    for problem in problems:
        result.findings.blame(place, problem.field, problem.message, **problem.values)
    if (remarks := rows.remarks(result, place)) and not locks.locked_by(model, values):
        lines = lines_for(incoming.register, remarks, after)
        noted = with_lines(after.get(NOTES), lines)
        if noted != after.get(NOTES):
            diff[NOTES] = values.get(NOTES), noted
        if NOTES in diff and not _differ(values.get(NOTES), noted):
            del diff[NOTES]
    if reason := locks.refusal(model, values, after, diff.keys(), model.freed(values, after)):
        result.findings.blame(place, reason.field, reason.message, **reason.values)


def _differ(old: Any, new: Any) -> bool:  # Any: what a column holds
    return old != new and not _alike(old, new)


def _try_states(
    session: Session,
    rows: ToJudge,
    result: Judgement,
    place: int,
    values: Mapping[str, Any],
    states: set[str],
) -> None:
    """Let the row itself say whether it may pass into its new state; nothing is written."""
    diff = result.changes[place]
    row = session.get(rows.incoming.register.model, values["id"])
    if row is None:
        return
    refused: NotLawful | NotValid | None = None
    try:
        for attr, (_, new) in diff.items():
            setattr(row, attr, new)
        steps.settle(row, steps.Taker(None, today(), history=True))
    except (NotLawful, NotValid) as error:
        refused = error
    finally:
        session.expunge(row)
    if refused is None:
        return
    if not row.comes_without_state:
        attr = next(iter(states & diff.keys()))
        result.findings.blame(place, attr, refused.message, **refused.values)
        return
    _take_state_back(rows, result, place, values, refused)
    if states & diff.keys():
        _try_states(session, rows, result, place, values, states)


def _take_state_back(
    rows: ToJudge, result: Judgement, place: int, values: Mapping[str, Any], refused: NotLawful | NotValid
) -> None:
    """Take a state back with all that its step sets, with a remark at the cell that stands against it."""
    incoming, diff = rows.incoming, result.changes[place]
    register = incoming.register
    reasons = refused.reasons if isinstance(refused, Refused) else (Reason(refused.message, refused.values),)
    for state in [f for f in register.entered if f.lifecycle is not None and f.attr in diff]:
        life = state.lifecycle
        assert life is not None
        _, after = diff.pop(state.attr)
        for field_key in {key for step in life.steps if step.target == after for key in step.touches}:
            diff.pop(steps.attribute(register.model, field_key), None)
        for reason in reasons:
            at = reason.field if reason.field in incoming.values and incoming.text(place, reason.field) else state.field
            result.findings.remark(place, at, incoming.text(place, at), reason.message, **reason.values)
    _check_one(rows, result, place, values, diff)


def _defaults(register: Register) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in register.table.columns:
        default = column.default
        if default is not None and default.is_scalar:
            found[column.key] = default.arg  # type: ignore[attr-defined]  # a scalar default has its value in arg
    return found
