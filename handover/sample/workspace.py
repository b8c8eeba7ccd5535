"""Building the sample workspace through the same acts as a person's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import select

from handover.i18n import N_, in_language, tr
from handover.jobs import Progress, step, unattended
from handover.model import Person, Project, Task
from handover.registers import find
from handover.registers.acts import editing
from handover.registers.beginning import add_project
from handover.registers.catalogue import in_filling_order, register
from handover.registers.declare import Field, Register
from handover.registers.parties import PARTIES, set_parties
from handover.registers.query import every
from handover.registers.requiring.listing import list_expected
from handover.registers.requiring.taking_over import take_template
from handover.sample.acceptance import complete_tests, load_rectifications, load_steps, load_tests
from handover.sample.certificates import load_certificates
from handover.sample.documents import load_documents
from handover.sample.files import day, has_rows, project_facts, texts, to_present
from handover.sample.filling import SampleFilling, Values
from handover.sample.meetings import issue_papers, load_meetings
from handover.sample.settled import Unsettled, before_settling, locks_parts, settle
from handover.sample.tasks import load_tasks, report_plan
from handover.sample.transmittals import load_transmittals
from handover.store import Workspace

#: The milestones of the template for which documents are asked, which the sample has among its own.
_ASKED_FOR = ("SOP", "PIL", "RUN", "HND")
#: Registers whose rows come with the documents, and with readings.
_WITH_OTHERS = frozenset(
    {"requirements", "revisions", "reviews", "comments", "transmittals", "transmittal-items", "recipients"}
    | {"rectifications"}
)


def build(path: Path, language: str, progress: Progress = unattended) -> Path:
    """Make a workspace with the sample project in it, its dates around today; returns its path.

    Args:
        language: ``en`` or ``zh``, of what the rows say.

    Raises:
        HandoverError: there is such a file already, or it can't be written.
        Cancelled: the user stopped it; no file is left.
    """
    with _or_nothing(Workspace.create(path)) as workspace, in_language(language):
        facts = project_facts(language)
        as_of = dt.date.fromisoformat(facts.pop("as_of"))
        shift = to_present(as_of)
        project_id = _begin(workspace, facts, shift)
        filling = SampleFilling(workspace, project_id, language, shift)
        picks = register("picks")
        filling.add(picks, filling.values(filling.texts(picks)))
        filled = [each for each in in_filling_order() if has_rows(language, each) or each.model is Task]
        filled.remove(picks)
        added: dict[str, list[str]] = {}
        held: list[str] = []
        completed: list[str] = []
        unsettled: Unsettled = {}
        for done, each in enumerate(filled):
            step(progress, done, len(filled), tr("Filling the sample: {register}", register=each.label))
            later = frozenset(other.table.name for other in filled[done + 1 :])
            if each.model is Task:
                load_tasks(workspace, workspace.project(facts["code"]), language, shift, progress)
                report_plan(workspace, project_id, language, dt.datetime.combine(as_of, dt.time()) + shift)
            elif each.key == "documents":
                take_template(workspace, project_id, facts["lists"], _ASKED_FOR)
                asked = register("requirements")
                filling.add(asked, filling.values(filling.texts(asked)))
                load_documents(filling, later, progress)
                load_transmittals(filling, progress)
            elif each.key == "meetings":
                held = load_meetings(filling, later)
            elif each.key == "tests":
                completed = load_tests(filling, later)
            elif each.key == "test-steps":
                load_steps(filling, later)
            elif each.key not in _WITH_OTHERS:
                made = added[each.key] = []
                for part in _in_turn(each, filling.texts(each)):
                    rows = filling.values(part, later)
                    keys = _add(filling, each, filled, rows, unsettled)
                    _count_refusals(workspace, each, project_id, dict(zip(keys, rows, strict=True)))
                    made.extend(keys)
        settle(filling, filled, unsettled)
        for each in filled:
            if each.model is not Task and each.key not in _WITH_OTHERS:
                _link_back(workspace, each, project_id, language, frozenset(added.get(each.key, ())))
        complete_tests(filling, completed)
        load_rectifications(filling)
        issue_papers(filling, held, progress)
        load_certificates(filling, progress)
        _seat(workspace, project_id, facts)
        list_expected(workspace, project_id, progress)
    return path


def _add(
    filling: SampleFilling, register_: Register, filled: list[Register], rows: list[Values], unsettled: Unsettled
) -> list[str]:
    """Add rows; those that would lock their parts out come in as they were before."""
    if not locks_parts(register_, filled):
        return filling.add(register_, rows)
    split = [before_settling(register_, row) for row in rows]
    keys = filling.add(register_, [first for first, _ in split])
    unsettled.setdefault(register_.key, {}).update({key: late for key, (_, late) in zip(keys, split, strict=True)})
    return keys


@contextmanager
def _or_nothing(workspace: Workspace) -> Iterator[Workspace]:
    try:
        with workspace:
            yield workspace
    except BaseException:
        for suffix in ("", "-wal", "-shm", "-journal"):
            workspace.path.with_name(workspace.path.name + suffix).unlink(missing_ok=True)
        raise


def _in_turn(filled: Register, rows: list[dict[Field, str]]) -> Iterator[list[dict[Field, str]]]:
    """Rows that name a row of the same register stand at the end of its file, and come after the others."""
    named = [any(field.target == filled.table.name and not field.pick for field in row) for row in rows]
    first = named.index(True) if True in named else len(rows)
    yield rows[:first]
    if first < len(rows):
        yield rows[first:]


def _begin(workspace: Workspace, facts: dict[str, str], shift: dt.timedelta) -> str:
    columns = Project.__table__.columns
    dates = {c.key for c in columns if c.type.python_type is dt.date}
    values = {key: day(text, shift) if key in dates else text for key, text in facts.items() if key in columns}
    with workspace.edit(N_("Add project {code}"), code=facts["code"]) as work:
        project = add_project(work, Project(**values), facts["lists"])
    with workspace.edit(N_("Change project {code}"), project=project.id, code=facts["code"]) as work:
        work.get(Project, project.id).status = "active"
    return project.id


def _seat(workspace: Workspace, project_id: str, facts: dict[str, str]) -> None:
    """Say who takes part in the project, once its people and companies are there, and who of them the user is."""
    texts_of = {each.field: facts[each.field] for each in PARTIES if each.field in facts}
    with workspace.edit(N_("Change project {code}"), project=project_id, code=facts["code"]) as work:
        project = work.get(Project, project_id)
        set_parties(work, project, texts_of)
        named = select(Person).where(Person.project_id == project_id, Person.name == facts["user"])
        work.session.scalars(named).one().account = workspace.user


def _count_refusals(
    workspace: Workspace, filled: Register, project_id: str, rows: dict[str, dict[str, Any]]
) -> None:  # Any: as above
    """Rows that say why a step of theirs was refused have been refused once."""
    life = next((f.lifecycle for f in filled.fields if f.lifecycle is not None), None)
    counted = [each for each in life.steps if each.counts and each.asks] if life is not None else []
    for refusal in counted:
        refused = [key for key, row in rows.items() if row.get(refusal.asks[0])]
        if refused:
            with workspace.edit(N_("Change {n} rows of {register}"), project=project_id, n=len(refused),
                                register=filled.label) as work:  # fmt: skip
                work.update_many(filled.model, {key: {refusal.counts: 1} for key in refused})


def _link_back(workspace: Workspace, filled: Register, project_id: str, language: str, added: frozenset[str]) -> None:
    """Set the links to rows that came after those of this register.

    Args:
        added: the keys of the rows of its file, where others may have come along with rows of other registers.
    """
    changes: dict[str, dict[str, Any]] = {}  # Any: as above
    with workspace.read() as connection:
        rows = [row for row in every(connection, filled, project_id) if not added or row.id in added]
        for row, said in zip(sorted(rows, key=lambda row: row.id), texts(language, filled), strict=True):
            held = dict(zip((f.field for f in filled.fields), row.values, strict=True))
            for field, text in said.items():
                if field.links and not field.pick and held[field.field] is None:
                    key = find.resolve(connection, project_id, field.target, text).id
                    changes.setdefault(row.id, {})[field.field] = key
    editing.change(workspace, filled, project_id, changes, source="import")
