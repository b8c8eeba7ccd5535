"""Taking the steps of a lifecycle on rows of a register: what is possible now, and the act itself.

The details head, the row menu, a selection of many rows, the palette and the command line all take steps here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from handover.clock import today
from handover.errors import NotFound, NotLawful, Reason, Refused
from handover.i18n import N_
from handover.model import account, steps
from handover.model.base import Row
from handover.model.lifecycle import Lifecycle, Step
from handover.model.people import Person
from handover.registers.catalogue import registers
from handover.registers.declare import Field, Register
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace

Answers = Mapping[str, Any]  # Any: what each field holds
#: What belongs to an act beside the step of a row.
Beside = Callable[[UnitOfWork, Row], None]
#: Of more rows than these only the state is looked at when it is asked what is possible; the act asks all of them.
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Offer:
    """A step that some chosen rows could take, with what stands against it; it is possible where nothing does."""

    step: Step
    reasons: tuple[Reason, ...]

    @property
    def possible(self) -> bool:
        """Whether it can be taken now."""
        return not self.reasons


@dataclass(frozen=True, slots=True)
class StepTaken:
    """A step as it was taken, or would be: the references of the rows, and the state that they are in now.

    Attributes:
        state: as people read it; ``code`` as it is stored. Where rows come to different states, that of the step.
    """

    step: Step
    refs: tuple[str, ...]
    state: str
    code: str


def lifecycle(register: Register) -> Lifecycle | None:
    """The lifecycle of a register's rows, None where they have none."""
    found = steps.life_of(register.model)
    return found[1] if found else None


def asked(register: Register, step: Step) -> tuple[Field, ...]:
    """The fields that can be given with a step, in the order in which they are asked.

    Those that only steps fill in can be typed here, and nowhere else.
    """
    fields = (register[field] for field in step.given if field in register)
    return tuple(replace(f, computed=False, column=replace(f.column, by_program=False)) for f in fields)


def step_of(register: Register, key: str) -> Step:
    """The step of a key. Raises NotFound, also where the rows of the register have no lifecycle."""
    life = lifecycle(register)
    if life is None:
        raise NotFound(N_("{register} has no steps."), register=register.label)
    return life.step(key)


def register_of(ref: str) -> Register:
    """The register in which a reference counts, by its letters. Raises NotFound."""
    prefix = ref.strip().upper().rpartition("-")[0]
    for each in registers():
        if each.model.prefix == prefix:
            return each
    raise NotFound(N_("There is no row {ref}."), ref=ref)


def row_of(connection: Connection, project_id: str, ref: str) -> tuple[Register, str]:
    """The register and the key of a reference, also of a row in the bin. Raises NotFound."""
    register = register_of(ref)
    model = register.model
    wanted = select(model.id).where(model.project_id == project_id, model.ref == ref.strip().upper())
    key = connection.execute(wanted).scalar()
    if key is None:
        raise NotFound(N_("There is no row {ref}."), ref=ref)
    return register, key


def key_of(connection: Connection, project_id: str, ref: str, model: type[Row], unlike: str) -> str:
    """The key of a reference that is to be one of a model's.

    Raises:
        NotFound: there is no such row; with the sentence ``unlike``, it is of another model.
    """
    register, key = row_of(connection, project_id, ref)
    if register.model is not model:
        raise NotFound(unlike, ref=ref)
    return key


def offers(workspace: Workspace, register: Register, project_id: str, ids: Sequence[str]) -> list[Offer]:
    """The steps that lead on from the states of rows, each with what stands against it before anything is given."""
    life = lifecycle(register)
    if life is None or not ids:
        return []
    with workspace.read() as connection, Session(connection, autoflush=False) as session:
        taker = steps.Taker(account.person_of(connection, project_id, workspace.user), today())
        rows = [row for key in ids[:_LOOKED_AT] if (row := session.get(register.model, key)) is not None]
        attr = steps.attribute(register.model, _state_field(register))
        states = dict.fromkeys(getattr(row, attr) for row in rows)
        leading = [step for step in life.steps if any(state in step.source for state in states)]
        found = [Offer(step, tuple(_against(register, rows, step, attr, taker))) for step in leading]
        session.expunge_all()
    return found


def take(
    workspace: Workspace,
    register: Register,
    project_id: str,
    ids: Sequence[str],
    step: Step,
    answers: Answers,
    *,
    source: str = "hand",
    dry_run: bool = False,
    beside: Beside | None = None,
) -> StepTaken:
    """Take a step on rows in one act, all of them or none.

    Args:
        answers: what the step is given, by field.
        dry_run: only find out; nothing is stored.
        beside: what else belongs to the act, for each row.

    Raises:
        Refused: with every reason of every row.
        NotLawful, NotValid: the step doesn't ask for a field, or a value doesn't fit into it.
    """
    life = lifecycle(register)
    if life is None:
        raise NotFound(N_("{register} has no steps."), register=register.label)
    refs: list[str] = []
    attr = steps.attribute(register.model, _state_field(register))
    states: set[str] = set()
    label, values = _named(workspace, register, project_id, ids, step, answers)
    try:
        with workspace.edit(label, project=project_id, source=source, **values) as work:
            rows = [work.get(register.model, key) for key in ids]
            refs += [row.ref for row in rows]
            reasons: list[Reason] = []
            for row in rows:
                reasons += _taken(register, row, step, answers, work.taker, alone=len(rows) == 1)
                if beside is not None and not reasons:
                    beside(work, row)
            if reasons:
                raise Refused(reasons)
            if dry_run:
                work.finish()
                states = {getattr(row, attr) for row in rows}
                raise _OnlyTried
    except _OnlyTried:
        pass
    except Refused as error:
        raise Refused([said(register, reason) for reason in error.reasons]) from None
    if not dry_run:
        with workspace.read() as connection:
            column = getattr(register.model, attr)
            states = set(connection.execute(select(column).where(register.model.id.in_(ids))).scalars())
    code = states.pop() if len(states) == 1 else step.target
    return StepTaken(step, tuple(refs), life.label(code), code)


def said(register: Register, reason: Reason) -> Reason:
    """A reason with the heading of the field that it is about in the place of the field's key."""
    key = reason.values.get("field")
    if isinstance(key, str) and key in register:
        return replace(reason, values={**reason.values, "field": register[key].label})
    return reason


class _OnlyTried(Exception):
    """Ends an act that was only tried, so that nothing of it is stored."""


def _taken(
    register: Register, row: Row, step: Step, answers: Answers, taker: steps.Taker, *, alone: bool
) -> list[Reason]:
    try:
        steps.take(row, step, answers)
    except Refused as error:
        found = list(error.reasons)
    except NotLawful as error:
        return [Reason(error.message, error.values)]
    else:
        found = [*steps.against(row, step, taker)]
    if alone:
        return found
    message = N_("{ref}: {reason}")
    return [replace(r, message=message, values={"ref": row.ref, "reason": said(register, r)}, many="") for r in found]


def _against(register: Register, rows: Sequence[Row], step: Step, attr: str, taker: steps.Taker) -> list[Reason]:
    found: list[Reason] = []
    for row in rows:
        if row.deleted_at is not None:
            found.append(Reason(N_("{ref} is in the bin. Restore it first."), {"ref": row.ref}))
        elif getattr(row, attr) not in step.source:
            life = lifecycle(register)
            state = life[getattr(row, attr)] if life else ""
            message = N_("{ref} is “{state}”; “{step}” isn't possible now.")
            found.append(Reason(message, {"ref": row.ref, "state": state, "step": step}))
        else:
            unasked = replace(step, asks=())
            standing = steps.against(row, unasked, taker)
            # What a question of the step may still answer doesn't stand against it.
            found += [said(register, each) for each in standing if each.field not in {*step.asks, *step.may}]
    return found


def _state_field(register: Register) -> str:
    found = steps.life_of(register.model)
    return found[0] if found else ""


def _named(
    workspace: Workspace, register: Register, project_id: str, ids: Sequence[str], step: Step, answers: Answers
) -> tuple[str, dict[str, Any]]:
    """The name of the act; who takes a step for somebody else says so."""
    by = answers.get(step.by) if step.by else None
    with workspace.read() as connection:
        user = account.person_of(connection, project_id, workspace.user) if by else None
        other = (
            connection.execute(select(Person.name).where(Person.id == by)).scalar() if user not in (None, by) else ""
        )
        ref = connection.execute(select(register.model.ref).where(register.model.id == ids[0])).scalar() if ids else ""
    if len(ids) != 1:
        values = {"step": step.label, "n": len(ids), "register": register.label}
        if other:
            return N_("{step}: {n} rows of {register}, for {person}"), {**values, "person": other}
        return N_("{step}: {n} rows of {register}"), values
    if other:
        return N_("{step}: {ref}, for {person}"), {"step": step.label, "ref": ref or "", "person": other}
    return N_("{step}: {ref}"), {"step": step.label, "ref": ref or ""}
