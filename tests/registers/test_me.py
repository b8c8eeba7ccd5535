"""Who the user is in a project, and acting for somebody else."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from handover.model import KnowledgeItem, Person
from handover.model.knowledge.levels import GAP_STATUS
from handover.registers import me
from handover.registers.acts import taking
from handover.registers.catalogue import register
from handover.store import undo, undo_label
from tests.registers.conftest import Site


def accounts(site: Site) -> dict[str, str]:
    with site.workspace.read() as connection:
        rows = connection.execute(select(Person.name, Person.account).where(Person.account.is_not(None)))
        return {row.name: row.account for row in rows}


def test_the_user_is_one_person_of_the_project(site: Site) -> None:
    site.workspace.user = "ÄNNA"
    assert me.me(site.workspace, site.project) is None

    me.choose(site.workspace, site.project, site.ids["anna"])
    assert me.me(site.workspace, site.project) == site.ids["anna"]
    me.choose(site.workspace, site.project, site.ids["zhang"])
    assert accounts(site) == {"张三": "ÄNNA"}
    me.choose(site.workspace, site.project, None)
    assert accounts(site) == {}


def test_a_choice_is_an_act_that_undo_takes_back(site: Site) -> None:
    me.choose(site.workspace, site.project, site.ids["anna"])
    label = undo_label(site.workspace)

    undo(site.workspace)

    assert label is not None and label.label == f"Anna Berg works under the account {site.workspace.user}"
    assert accounts(site) == {}


def test_another_name_in_the_change_log_stays_the_same_person(site: Site) -> None:
    me.choose(site.workspace, site.project, site.ids["anna"])

    me.rename(site.workspace, "Anna")

    assert site.workspace.user == "Anna"
    assert me.me(site.workspace, site.project) == site.ids["anna"]


@pytest.mark.parametrize(("by", "said"), [("zhang", ", for 张三"), ("anna", ""), ("", "")])
def test_who_takes_a_step_for_another_says_so(site: Site, by: str, said: str) -> None:
    me.choose(site.workspace, site.project, site.ids["anna"])
    with site.workspace.edit("A demonstrated item", project=site.project) as work:
        item = work.add(KnowledgeItem(title="Weld", status="demonstrated", target_level="3"))
    verify = GAP_STATUS.step("verify")
    answers = {"verified_level": "3", **({"verified_by": site.ids[by]} if by else {})}

    taking.take(site.workspace, register("knowledge"), site.project, [item.id], verify, answers)

    label = undo_label(site.workspace)
    assert label is not None and label.label == f"Verify: {item.ref}{said}"
