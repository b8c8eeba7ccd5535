"""An upgrade parts the knowledge of older workspaces into items, holders, receivers and verifications."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from handover.model import KnowledgeItem, Person
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.receiver import KnowledgeReceiver
from handover.model.knowledge.verification import LevelVerification
from handover.model.picks.pick import Pick
from handover.store import Workspace
from handover.store.checking.check import check
from handover.store.history import recent
from handover.store.upgrading.logged import UpgradeWork
from tests.store.test_texts_to_links import PROJECT, an_older_workspace, rows


def fill(work: UpgradeWork) -> None:
    chen, tang, deng = work.insert(
        PROJECT, "person", "PER", [{"name": "Chen", "leaves_on": "2026-03-01"}, {"name": "Tang"}, {"name": "Deng"}]
    )
    flat: dict[str, Any] = {"title": "Zero recovery", "holder_id": chen, "sole_holder": 1, "receiver_id": tang,
                            "holder_until": "2026-04-01", "attrition": "5", "method": "shadowing"}  # fmt: skip
    proof = {"verified_level": "3", "verified_by_id": deng, "verified_on": "2026-01-05", "verification": "solo"}
    work.insert(PROJECT, "knowledge_item", "KNW", [
        {**flat, "status": "verified", **proof},
        {**flat, "status": "planned", "notes": "Ask early."},
        {"title": "Nobody's", "status": "identified"},
    ])  # fmt: skip


def test_each_item_gets_one_holder_one_receiver_and_the_verification_that_it_had(tmp_path: Path) -> None:
    path = an_older_workspace(tmp_path, fill)

    with Workspace.open(path) as workspace:
        names = {p["id"]: p["name"] for p in rows(workspace, Person)}
        assert [names[h["person_id"]] for h in rows(workspace, KnowledgeHolder)] == ["Chen", "Chen"]
        assert [(names[r["person_id"]], r["status"]) for r in rows(workspace, KnowledgeReceiver)] == [
            ("Tang", "verified"), ("Tang", "planned"),
        ]  # fmt: skip
        (proof,) = rows(workspace, LevelVerification)
        assert (proof["level"], names[proof["verifier_id"]], proof["method"]) == ("3", "Deng", "solo")
        assert any("2 holders, 2 receivers and 1 verification" in act.label for act in recent(workspace, PROJECT))
    assert check(path) == []


def test_leaving_date_has_its_home_with_the_person_and_another_one_is_told(tmp_path: Path) -> None:
    with Workspace.open(an_older_workspace(tmp_path, fill)) as workspace:
        chen = rows(workspace, Person)[0]
        assert (chen["leaves_on"], chen["retention_risk"]) == ("2026-03-01", "5")
        items = rows(workspace, KnowledgeItem)
        assert [item["holder_until"] for item in items] == ["2026-03-01", "2026-03-01", None]
        assert items[1]["notes"] == "Ask early.\nHolder available until: 2026-04-01"


def test_way_of_transfer_becomes_an_entry_of_the_projects_list(tmp_path: Path) -> None:
    with Workspace.open(an_older_workspace(tmp_path, fill)) as workspace:
        entries = {p["id"]: p["code"] for p in rows(workspace, Pick) if p["list"] == "transfer_method"}
        assert len(entries) == 11
        assert [entries.get(item["method_id"]) for item in rows(workspace, KnowledgeItem)] == [
            "shadowing", "shadowing", None,
        ]  # fmt: skip
