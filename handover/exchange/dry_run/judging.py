"""What becomes of each row of a file: compared with the row that it matches, and held against the model's rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.engine import Engine
from sqlalchemy.orm import Session

from handover.clock import today
from handover.errors import NotLawful, NotValid
from handover.exchange.columns.headings import LEVEL, PHASE, REF
from handover.exchange.rows.existing import Existing, whole_rows
from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.judgement import Diff, Judgement
from handover.exchange.rows.outcome import ERASE
from handover.exchange.tasks.predecessors import Predecessors
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended, watched
from handover.model import locks, steps
from handover.registers.declare import Register
from handover.values.cells import as_text

#: Fields that are placed by the outline or kept beside the row.
_ELSEWHERE = frozenset({REF, LEVEL, PHASE, "predecessors"})

#: How many rows are looked at between two looks at whether the user has asked to stop.
_EVERY = 2_000

#: A row with no more columns than this may be one in which only the outline speaks.
_FEW = 5


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


def judge(
    incoming: Incoming,
    existing: Existing,
    matched: Sequence[str | None],
    keys: Sequence[str],
    engine: Engine,
    outline: Mapping[int, Mapping[str, Any]] | None = None,
    predecessors: Predecessors | None = None,
    progress: Progress = unattended,
) -> Judgement:
    """Find out what becomes of each row.

    Args:
        matched: the key of the row that each place matches, None for a new one.
        keys: the key that each place has or will have.
        engine: where the rows that we have can be read whole.
        outline: what the outline of tasks says of each place: columns and values.
    """
    places = range(len(keys))
    result = Judgement(["unchanged"] * len(keys))
    columns = filled_columns(incoming)
    saying = tr("Comparing rows")
    for place in watched(places, progress, len(keys), saying, _EVERY):
        if place in incoming.skipped:
            result.outcomes[place] = "skipped"
            continue
        given = outline.get(place, {}) if outline is not None else {}
        key = matched[place]
        if key is None:
            result.outcomes[place] = "new"
            result.fresh[place] = _fresh(place, columns, given, keys[place])
        else:
            diff = _difference(place, columns, given, existing, key)
            if diff:
                result.changes[place] = diff
                result.outcomes[place] = "changed"
            if predecessors is not None and predecessors.differs(place, key):
                result.relinked.add(place)
                result.outcomes[place] = "changed"
    _skip_empty(incoming, result)
    _check_new(incoming, result, progress)
    _check_changed(incoming, result, matched, engine, progress)
    for place in incoming.faults:
        if result.outcomes[place] != "skipped":
            result.outcomes[place] = "error"
    return result


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
        if required and not said and place not in incoming.faults:
            del result.fresh[place]
            result.outcomes[place] = "skipped"
            incoming.skipped[place] = N_("Nothing is filled in that could be taken.")


def _check_new(incoming: Incoming, result: Judgement, progress: Progress) -> None:
    model = incoming.register.model
    defaults = _defaults(incoming.register)
    saying = tr("Checking the rules")
    for place, values in watched(result.fresh.items(), progress, len(result.fresh), saying, _EVERY):
        whole = {**defaults, **values}
        follows = model.consequences_told(whole, values.keys())
        if follows:
            values.update(follows)
            whole.update(follows)
        if problems := [*model.problems(whole)]:
            blamed = {fault.field for fault in incoming.faults.get(place, ())}
            for problem in problems:
                if problem.field not in blamed or not problem.field:  # a cell that can't be read isn't empty as well
                    incoming.blame(place, problem.field, problem.message, **problem.values)


def _check_changed(
    incoming: Incoming, result: Judgement, matched: Sequence[str | None], engine: Engine, progress: Progress
) -> None:
    model = incoming.register.model
    keys = [key for p in result.changes if (key := matched[p]) is not None]
    if not keys:
        return
    states = {f.attr for f in incoming.register.entered if f.lifecycle is not None}
    with engine.connect() as connection:
        rows = whole_rows(connection, incoming.register, keys, progress)
    with Session(engine, autoflush=False) as session:
        saying = tr("Checking the rules")
        for place, diff in watched(result.changes.items(), progress, len(result.changes), saying, _EVERY):
            values = rows[str(matched[place])]
            after = {**values, **{a: new for a, (_, new) in diff.items()}}
            for attr, new in model.consequences_told(after, set(diff)).items():
                if values.get(attr) != new:
                    diff[attr] = (values.get(attr), new)
                after[attr] = new
            for problem in model.problems(after):
                incoming.blame(place, problem.field, problem.message, **problem.values)
            if reason := locks.refusal(model, values, after, diff.keys()):
                incoming.blame(place, reason.field, reason.message, **reason.values)
            if states & diff.keys() and place not in incoming.faults:
                _try_states(session, incoming, place, str(matched[place]), diff, states)


def _try_states(session: Session, incoming: Incoming, place: int, key: str, diff: Diff, states: set[str]) -> None:
    """Let the row itself say whether it may pass into its new state; nothing is written."""
    row = session.get(incoming.register.model, key)
    if row is None:
        return
    try:
        for attr, (_, new) in diff.items():
            setattr(row, attr, new)
        steps.settle(row, steps.Taker(None, today(), history=True))
    except (NotLawful, NotValid) as error:
        attr = next(iter(states & diff.keys()))
        incoming.blame(place, attr, error.message, **error.values)
    finally:
        session.expunge(row)


def _defaults(register: Register) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for column in register.table.columns:
        default = column.default
        if default is not None and default.is_scalar:
            found[column.key] = default.arg  # type: ignore[attr-defined]  # a scalar default has its value in arg
    return found
