"""What may be lost is ranked by its score, says why it is at risk, and tells what to do next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handover.model import KnowledgeItem, Person, Project
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.session import TransferSession
from handover.model.picks.pick import Pick
from handover.registers.catalogue import register
from handover.registers.knowing.loss_risks import LossRisks, loss_risks
from handover.registers.knowing.next_acts import (
    HolderFact,
    ItemFacts,
    ReceiverFact,
    SessionFact,
    next_of_item,
)
from handover.registers.knowing.risk_card import risk_card
from handover.store import Workspace
from tests.domain import a_row, a_workspace

TODAY = dt.date(2026, 5, 20)
CHEN = HolderFact("c", "Chen", None, None)
TANG = ReceiverFact("t", "Tang", "planned", None)


def days(n: int) -> dt.date:
    return TODAY + dt.timedelta(days=n)


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    assert register("tasks")  # the registers are known
    with a_workspace(tmp_path) as opened:
        yield opened


@pytest.fixture
def project(workspace: Workspace) -> str:
    with workspace.edit("New") as work:
        key = work.add(Project(code="P1", name="Plant", planned_handover=days(60))).id
    for code, word, tone in (("20", "At once", "danger"), ("10", "Plan", "info"), ("1", "Watch", "neutral")):
        a_row(workspace, key, Pick(list="loss_band", code=code, en=word, tone=tone))
    return key


def item(workspace: Workspace, project: str, title: str, **values: Any) -> KnowledgeItem:
    return a_row(workspace, project, KnowledgeItem(title=title, **values))


def person(workspace: Workspace, project: str, name: str, **values: Any) -> str:
    return a_row(workspace, project, Person(name=name, **values)).id


def read(workspace: Workspace, project: str, method: Any = "tva") -> LossRisks:
    with workspace.read() as connection:
        return loss_risks(connection, project, method)


def test_items_are_ranked_by_their_score_and_fall_into_the_bands_of_the_site(
    workspace: Workspace, project: str
) -> None:
    soon = person(workspace, project, "Chen", leaves_on=days(21))
    stays = person(workspace, project, "Gao", retention_risk="2")
    item(workspace, project, "Low", holder_id=stays, criticality="2")
    item(workspace, project, "High", holder_id=soon, criticality="4")
    item(workspace, project, "Middle", holder_id=stays, criticality="5")
    item(workspace, project, "Ungraded")

    risks = read(workspace, project)

    assert [(i.title, i.score, i.band.word if i.band else None) for i in risks.items] == [
        ("High", 20, "At once"), ("Middle", 10, "Plan"), ("Low", 4, "Watch"),
    ]  # fmt: skip
    assert (risks.items[0].days, risks.items[2].days) == (21, None)


def test_other_method_multiplies_criticality_and_rarity(workspace: Workspace, project: str) -> None:
    item(workspace, project, "Rare", criticality="4", rarity="5")

    assert [(i.title, i.score) for i in read(workspace, project, "scarcity").items] == [("Rare", 20)]


def test_it_says_why_each_item_is_at_risk(workspace: Workspace, project: str) -> None:
    chen, gone = (person(workspace, project, n, leaves_on=d) for n, d in (("Chen", days(21)), ("Li", days(-3))))
    tang = person(workspace, project, "Tang")
    item(workspace, project, "Alone", holder_id=chen, receiver_id=tang, due_on=days(10), criticality="5")
    item(workspace, project, "Too late", holder_id=chen, receiver_id=tang, due_on=days(30))
    item(workspace, project, "Gone", holder_id=gone, receiver_id=tang)
    item(workspace, project, "Unreceived", holder_id=tang, criticality="4")

    why = {each.title: each.why for each in read(workspace, project).items}

    assert why == {
        "Alone": ("single_leaves",),
        "Too late": ("outlived", "single_leaves"),
        "Gone": ("unknown",),
        "Unreceived": ("unreceived", "single"),
    }


def test_who_leaves_is_told_with_what_only_he_knows_and_what_to_do(workspace: Workspace, project: str) -> None:
    chen = person(workspace, project, "Chen", leaves_on=days(21))
    tang = person(workspace, project, "Tang")
    alone = item(workspace, project, "Alone", holder_id=chen, receiver_id=tang)
    shared = item(workspace, project, "Shared", holder_id=chen, receiver_id=tang)
    a_row(workspace, project, KnowledgeHolder(item_id=shared.id, person_id=tang))

    (who,) = read(workspace, project).people

    assert (who.name, who.days, who.items, who.alone) == ("Chen", 21, 2, 1)
    assert (who.act.key, who.act.row) == ("plan", alone.id)
    a_row(
        workspace,
        project,
        TransferSession(title="S", item_id=alone.id, giver_id=chen, planned_on=dt.datetime(2026, 6, 1)),
    )
    assert read(workspace, project).people[0].act.key == "interview"


def test_overview_tells_the_gravest_with_what_to_do_next(workspace: Workspace, project: str) -> None:
    with workspace.read() as connection:
        assert risk_card(connection, project) is None
    chen = person(workspace, project, "Chen", leaves_on=days(21))
    item(workspace, project, "Alone", holder_id=chen, criticality="5", receiver_id=person(workspace, project, "Tang"))

    with workspace.read() as connection:
        card = risk_card(connection, project)

    assert card is not None and card.total == 2
    assert [(row.register, row.act) for row in card.rows] == [
        ("people", "Plan the session of 1 item that only Chen knows"),
        ("knowledge", "Plan a session with Chen before 10 Jun 2026"),
    ]


def test_receiver_who_waits_two_weeks_after_a_session_is_to_be_verified(workspace: Workspace, project: str) -> None:
    chen, tang = person(workspace, project, "Chen"), person(workspace, project, "Tang")
    held = item(workspace, project, "Held", holder_id=chen)
    a_row(workspace, project, KnowledgeReceiver(item_id=held.id, person_id=tang, status="in_transfer"))
    session = TransferSession(title="S", item_id=held.id, status="held", held_on=days(-15))
    a_row(workspace, project, session)

    (risk,) = read(workspace, project).items

    assert risk.why == ("single", "unverified")
    assert str(risk.act) == "Verify Tang: the session was 15 days ago"


@pytest.mark.parametrize(
    ("facts", "key", "told"),
    [
        (ItemFacts("i", [], [TANG], []), "find", "Find somebody who knows it"),
        (ItemFacts("i", [CHEN._replace(leaves=days(-1))], [TANG], []), "find", "Find somebody who knows it"),
        (ItemFacts("i", [CHEN], [], []), "receive", "Name who is to learn it"),
        (ItemFacts("i", [CHEN], [TANG._replace(status="demonstrated")], []), "verify", "Verify what Tang can do"),
        (ItemFacts("i", [CHEN], [TANG._replace(lapsed="ran_out")], []), "verify", "Verify Tang anew"),
        (
            ItemFacts("i", [CHEN], [TANG._replace(lapsed="left")], []),
            "receive",
            "Name who learns it in the place of Tang",
        ),
        (ItemFacts("i", [CHEN], [TANG], []), "plan", "Plan a session with Chen"),
        (
            ItemFacts("i", [CHEN], [TANG], [SessionFact("s", days(-2), None, "Chen", None)]),
            "record",
            "Record the session of 18 May 2026",
        ),
        (
            ItemFacts("i", [CHEN], [TANG], [SessionFact("s", days(9), None, "Chen", days(5))]),
            "move",
            "Move the session of 29 May 2026: Chen leaves on 25 May 2026",
        ),
        (
            ItemFacts("i", [CHEN], [TANG], [SessionFact("s", days(9), None, "Chen", None)]),
            "hold",
            "Hold the session of 29 May 2026",
        ),
        (
            ItemFacts("i", [CHEN], [TANG], [SessionFact("s", days(-9), days(-9), "Chen", None)]),
            "plan",
            "Plan the next session with Chen",
        ),
    ],
)  # fmt: skip
def test_next_act_follows_the_way_of_knowledge(facts: ItemFacts, key: str, told: str) -> None:
    act = next_of_item(facts, TODAY)

    assert (act.key, str(act)) == (key, told)
