"""The people and companies of a project are rows: found by name or reference, made where they are new."""

from __future__ import annotations

import pytest

from handover.errors import NotValid
from handover.model import Organisation, Person, Project
from handover.registers.parties import parties, set_parties
from tests.registers.conftest import Site


def give(site: Site, **texts: str) -> list[str]:
    with site.workspace.edit("Change", project=site.project) as work:
        return set_parties(work, work.get(Project, site.project), texts)


def taken(site: Site) -> dict[str, str]:
    with site.workspace.read() as connection:
        return {field: row.name for field, row in parties(connection, site.project).items()}


def test_somebody_is_found_by_name_or_reference(site: Site) -> None:
    assert give(site, manager="张三", operations_manager="per-0002", contractor="nordlicht gmbh") == []

    assert taken(site) == {"manager": "张三", "operations_manager": "Anna Berg", "contractor": "Nordlicht GmbH"}


def test_who_is_new_is_made_once_with_side_and_role(site: Site) -> None:
    assert give(site, manager="Li Na", chief_engineer="li na", client="ACME") == ["ACME", "Li Na"]

    with site.workspace.edit("Look", project=site.project) as work:
        (made,) = work.session.query(Person).filter_by(name="Li Na").all()
        (company,) = work.session.query(Organisation).filter_by(name="ACME").all()
        assert (made.side, company.side, company.role) == ("project", "project", "owner")
        project = work.get(Project, site.project)
        assert project.manager_id == project.chief_engineer_id == made.id


def test_empty_text_leaves_the_place_to_nobody(site: Site) -> None:
    give(site, manager="张三")
    give(site, manager=" ")

    assert taken(site) == {}


def test_name_of_several_is_asked_about(site: Site) -> None:
    with site.workspace.edit("Add", project=site.project) as work:
        work.add(Person(name="张三"))

    with pytest.raises(NotValid, match="fits several") as refused:
        give(site, manager="张三")
    assert refused.value.field == "manager"
    assert taken(site) == {}
