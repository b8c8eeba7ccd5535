"""The contribution score: facts of the store, what each is worth and at most a month, and what of it is contested.

A person's score of a month is the sum over all acts of the number of facts times their points, for each act at most its
cap. That of a side or a group is the sum of the scores of its people.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, select

from handover.errors import NotLawful
from handover.i18n import N_, tr
from handover.model.group import Member, WorkingGroup
from handover.model.people import SIDE, Person
from handover.model.project import Project
from handover.model.teams.contribution import SCORE_ACT, SCORE_SHOWN, USUAL_WORTH, ScoreObjection, ScoreRule, Worth
from handover.registers.teams.score_facts import ScoreFact, facts_of
from handover.store.workspace import Workspace

By = Literal["side", "group", "person"]
_OFF = N_("The contribution score isn't shown in this project. Say on its page for whom it is.")
_NO_PEOPLE = N_("In this project the contribution score is shown by side and group only.")


@dataclass(frozen=True, slots=True)
class ActScore:
    """What one kind of act brought.

    Attributes:
        earned: points before the cap, ``points`` after it; of a side or group the sums over its people and months.
    """

    act: str
    facts: tuple[ScoreFact, ...]
    earned: float
    points: float


@dataclass(frozen=True, slots=True)
class Score:
    """The score of a person, a side or a group.

    Attributes:
        key: of the person or group, or the code of the side.
        acts: those that brought anything, as ``SCORE_ACT`` has them.
    """

    key: str
    name: str
    acts: tuple[ActScore, ...]

    @property
    def points(self) -> float:
        """All of them."""
        return sum(each.points for each in self.acts)


@dataclass(frozen=True, slots=True)
class ScoreBoard:
    """The scores of a project for a month, or for all of them.

    Attributes:
        shown: a code of ``SCORE_SHOWN``.
        months: their first days in which anything counts, the latest first.
        left_out: how many facts don't count because an objection was upheld.
    """

    shown: str
    worth: Mapping[str, Worth]
    months: tuple[dt.date, ...]
    scores: tuple[Score, ...]
    left_out: int


# -- pure -------------------------------------------------------------------------------------------------------------


def scored(facts: Iterable[ScoreFact], worth: Mapping[str, Worth]) -> tuple[ActScore, ...]:
    """What facts bring, each act of each person and month up to its cap."""
    apart: dict[str, dict[tuple[str, dt.date], list[ScoreFact]]] = defaultdict(lambda: defaultdict(list))
    for fact in facts:
        apart[fact.act][fact.person, first_of(fact.day)].append(fact)
    found = []
    for option in SCORE_ACT.options:
        each = worth.get(option.code)
        if each is None or not each.points or option.code not in apart:
            continue
        earned = [len(some) * each.points for some in apart[option.code].values()]
        counted = tuple(fact for some in apart[option.code].values() for fact in some)
        found.append(ActScore(option.code, counted, sum(earned), sum(min(one, each.most) for one in earned)))
    return tuple(found)


def first_of(day: dt.date) -> dt.date:
    """The first day of the month of a day."""
    return day.replace(day=1)


def formula(worth: Mapping[str, Worth]) -> list[str]:
    """The formula as it is published, a sentence for each act, in the language in force."""
    told = []
    for option in SCORE_ACT.options:
        each = worth.get(option.code)
        if each is None or not each.points:
            continue
        values = {"act": SCORE_ACT.label(option.code), "points": f"{each.points:g}"}
        if each.most == float("inf"):
            told.append(tr("{act}: {points} for each", **values))
        else:
            told.append(tr("{act}: {points} for each, at most {most} a person and month", **values,
                           most=f"{each.most:g}"))  # fmt: skip
    return told


# -- of a project -----------------------------------------------------------------------------------------------------


def score_board(connection: Connection, project_id: str, by: By = "side", month: dt.date | None = None) -> ScoreBoard:
    """The scores of a project.

    Args:
        month: its first day; all months where none is said.

    Raises:
        NotLawful: the project doesn't show them so.
    """
    shown = shown_in(connection, project_id)
    if shown == "off":
        raise NotLawful(_OFF)
    if by == "person" and shown != "people":
        raise NotLawful(_NO_PEOPLE)
    worth = worth_in(connection, project_id)
    facts, left_out = _counted(connection, project_id)
    months = tuple(sorted({first_of(fact.day) for fact in facts}, reverse=True))
    wanted = [fact for fact in facts if month is None or first_of(fact.day) == month]
    scores = [
        Score(key, name, acts)
        for key, name, some in _apart(connection, project_id, by, wanted)
        if (acts := scored(some, worth))
    ]
    scores.sort(key=lambda score: (-score.points, score.name))
    return ScoreBoard(shown, worth, months, tuple(scores), left_out)


def sides_by_month(connection: Connection, project_id: str, most: int) -> dict[str, dict[dt.date, float]]:
    """The points of each side in the latest months, by the first day of each; nothing where they aren't shown."""
    if shown_in(connection, project_id) == "off":
        return {}
    worth, (facts, _left_out) = worth_in(connection, project_id), _counted(connection, project_id)
    months = sorted({first_of(fact.day) for fact in facts})[-most:]
    return {
        side: {
            month: sum(act.points for act in scored([f for f in some if first_of(f.day) == month], worth))
            for month in months
        }
        for side, _name, some in _apart(connection, project_id, "side", facts)
    }


def shown_in(connection: Connection, project_id: str) -> str:
    """For whom a project shows its scores: a code of ``SCORE_SHOWN``."""
    code = connection.execute(select(Project.contribution).where(Project.id == project_id)).scalar()
    return code if code in {option.code for option in SCORE_SHOWN.options} else "off"


def worth_in(connection: Connection, project_id: str) -> dict[str, Worth]:
    """What acts are worth in a project: as usual, where it says nothing else."""
    wanted = select(ScoreRule.act, ScoreRule.points, ScoreRule.most).where(
        ScoreRule.project_id == project_id, ScoreRule.deleted_at.is_(None)
    )
    own = {
        str(act): Worth(points or 0.0, float("inf") if most is None else most)
        for act, points, most in connection.execute(wanted)
    }
    return {**USUAL_WORTH, **own}


def show_scores(workspace: Workspace, project_id: str, shown: str) -> None:
    """Say for whom the scores of a project are shown."""
    label = N_("Show the contribution score: {whom}")
    with workspace.edit(label, project=project_id, whom=SCORE_SHOWN.label(shown)) as work:
        work.get(Project, project_id).contribution = shown


def write_weights_down(workspace: Workspace, project_id: str) -> int:
    """Make a rule of each act that has none, with what it counts by now; returns how many were made."""
    with workspace.read() as connection:
        worth = worth_in(connection, project_id)
        held = set(connection.execute(
            select(ScoreRule.act).where(ScoreRule.project_id == project_id, ScoreRule.deleted_at.is_(None))
        ).scalars())  # fmt: skip
    lacking = [option.code for option in SCORE_ACT.options if option.code not in held]
    if lacking:
        with workspace.edit(N_("Write down what counts for the score"), project=project_id) as work:
            for act in lacking:
                work.add(ScoreRule(act=act, points=worth[act].points, most=worth[act].most))
    return len(lacking)


def _counted(connection: Connection, project_id: str) -> tuple[list[ScoreFact], int]:
    """The facts that count, and how many don't because an objection was upheld."""
    every, contested = facts_of(connection, project_id), _upheld(connection, project_id)
    facts = [fact for fact in every if (fact.person, fact.ref) not in contested]
    return facts, len(every) - len(facts)


def _upheld(connection: Connection, project_id: str) -> set[tuple[str, str]]:
    """The person and reference of each fact that doesn't count."""
    wanted = select(ScoreObjection.person_id, ScoreObjection.about).where(
        ScoreObjection.project_id == project_id, ScoreObjection.deleted_at.is_(None),
        ScoreObjection.status == "upheld",
    )  # fmt: skip
    return {(str(person), (about or "").strip().upper()) for person, about in connection.execute(wanted)}


def _apart(
    connection: Connection, project_id: str, by: By, facts: Sequence[ScoreFact]
) -> list[tuple[str, str, list[ScoreFact]]]:
    """Facts by whom they are to be counted for: the key, the name and the facts."""
    people = {
        row.id: row
        for row in connection.execute(
            select(Person.id, Person.name, Person.side).where(Person.project_id == project_id)
        )
    }
    found: dict[str, list[ScoreFact]] = defaultdict(list)
    if by == "group":
        seats = _seats(connection, project_id)
        for fact in facts:
            for group in _groups_of(fact, seats):
                found[group].append(fact)
        wanted = select(WorkingGroup.id, WorkingGroup.name).where(WorkingGroup.id.in_(found))
        names = {row[0]: row[1] for row in connection.execute(wanted)}
        return [(key, names[key], some) for key, some in found.items()]
    for fact in facts:
        person = people.get(fact.person)
        if person is not None and (by == "person" or person.side):
            found[person.id if by == "person" else person.side].append(fact)
    if by == "person":
        return [(key, people[key].name, some) for key, some in found.items()]
    return [(key, SIDE.label(key), some) for key, some in found.items()]


_Seat = tuple[str, str, dt.date | None, dt.date | None]


def _seats(connection: Connection, project_id: str) -> list[_Seat]:
    wanted = select(Member.person_id, Member.group_id, Member.from_on, Member.to_on).where(
        Member.project_id == project_id, Member.deleted_at.is_(None)
    )
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(wanted)]


def _groups_of(fact: ScoreFact, seats: Collection[_Seat]) -> set[str]:
    """The groups in which somebody sat on the day of a fact."""
    return {
        group
        for person, group, since, until in seats
        if person == fact.person and (since is None or since <= fact.day) and (until is None or fact.day <= until)
    }
