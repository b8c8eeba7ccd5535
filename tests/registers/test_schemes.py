"""Schemes of numbers and of revisions: what breaks them is told and never refused."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from handover.errors import NotLawful, NotValid
from handover.model import Document
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.documents.findings import noticed_of
from handover.registers.documents.new_revision import add_revision, propose
from handover.store import undo
from handover.values import number_patterns
from handover.values.number_patterns import breach
from handover.values.revision_codes import code_order, skipped
from tests.registers.conftest import TODAY, Site

DOCUMENTS, NUMBERS, CODES = (register(key) for key in ("documents", "number-schemes", "revision-schemes"))


@pytest.fixture
def schemes(site: Site) -> Site:
    """A site with one scheme of numbers and two of revisions."""
    editing.add(site.workspace, NUMBERS, site.project,
                {"name": "Plant", "pattern": "{project}-{system:GEN}-{type:A3}-{serial:4}"})  # fmt: skip
    editing.add(site.workspace, CODES, site.project, {"name": "Letters", "codes": "A-Z, 0-99", "rank": 1})
    editing.add(site.workspace, CODES, site.project, {"name": "Civil", "codes": "P01-P99, C01-C99", "rank": 2})
    return site


def noticed(site: Site, document: str) -> list[str]:
    with site.workspace.read() as connection:
        return [str(each) for each in noticed_of(connection, site.project, document)]


def viewed(site: Site) -> list[str]:
    """The numbers of the documents that the view of what is noticed shows."""
    wanted = select(Document.number).where(Document.project_id == site.project, DOCUMENTS.condition("noticed"))
    with site.workspace.read() as connection:
        return sorted(connection.execute(wanted).scalars())


def test_number_that_breaks_the_scheme_says_where(schemes: Site) -> None:
    late = schemes.ids["late"]

    editing.change(schemes.workspace, DOCUMENTS, schemes.project, {late: {"number": "P01-S10-MAN-001"}})

    assert noticed(schemes, late) == [
        "“P01-S10-MAN-001” breaks the scheme “Plant”: it ends within serial: 1 more would follow."
    ]
    assert viewed(schemes) == ["D-10", "D-2", "D-3", "P01-S10-MAN-001"]
    editing.change(schemes.workspace, DOCUMENTS, schemes.project, {late: {"number": "P-01-S-10-MAN-0001"}})
    assert noticed(schemes, late) == []
    assert viewed(schemes) == ["D-10", "D-2", "D-3"]


def test_number_keeps_to_one_of_several_schemes(schemes: Site) -> None:
    editing.add(schemes.workspace, NUMBERS, schemes.project, {"name": "Supplier", "pattern": "D-{serial}"})

    assert noticed(schemes, schemes.ids["late"]) == []


@pytest.mark.parametrize("number", ["TBD", "n/a", "-", ""])
def test_number_that_is_still_to_come_breaks_nothing(schemes: Site, number: str) -> None:
    late = schemes.ids["late"]
    editing.change(schemes.workspace, DOCUMENTS, schemes.project, {late: {"number": number or None}})
    assert noticed(schemes, late) == []


@pytest.mark.parametrize("pattern", ["no field", "{serial", "{}", "{1a}", "{serial:0}", "{type:%}", "", "a\n{serial}"])
def test_pattern_that_cannot_be_read_is_refused_with_the_reason(site: Site, pattern: str) -> None:
    with pytest.raises(NotValid):
        editing.add(site.workspace, NUMBERS, site.project, {"name": "Odd", "pattern": pattern})


@pytest.mark.parametrize("codes", ["", "A-9", "A, B, A", "Z-A", "0-9999999"])
def test_codes_that_cannot_be_read_are_refused_with_the_reason(site: Site, codes: str) -> None:
    with pytest.raises(NotValid):
        editing.add(site.workspace, CODES, site.project, {"name": "Odd", "codes": codes})


def test_next_code_is_proposed_by_the_scheme_of_the_document(schemes: Site) -> None:
    late = schemes.ids["late"]

    def proposed() -> str:
        with schemes.workspace.read() as connection:
            return propose(connection, schemes.project, late).code

    assert proposed() == "A"
    assert add_revision(schemes.workspace, schemes.project, late, {"code": "P01"}).noticed == []
    assert proposed() == "P02"


def test_skipped_code_is_told_and_taken(schemes: Site) -> None:
    late = schemes.ids["late"]
    add_revision(schemes.workspace, schemes.project, late, {"code": "A"})

    made = add_revision(schemes.workspace, schemes.project, late, {"code": "D"})

    assert [str(each) for each in made.noticed] == ["“D” follows “A”: B, C was skipped."]
    with schemes.workspace.read() as connection:
        shown = connection.execute(select(Document.revision, Document.submitted_on).where(Document.id == late)).one()
    assert tuple(shown) == ("D", TODAY)
    undo(schemes.workspace)
    with schemes.workspace.read() as connection:
        assert connection.execute(select(Document.revision).where(Document.id == late)).scalar() == "A"


def test_code_that_is_there_already_is_refused(schemes: Site) -> None:
    late = schemes.ids["late"]
    add_revision(schemes.workspace, schemes.project, late, {"code": "A"})
    with pytest.raises(NotLawful):
        add_revision(schemes.workspace, schemes.project, late, {"code": "a"})


def test_days_that_run_backward_and_codes_that_are_none_are_told(schemes: Site) -> None:
    late = schemes.ids["late"]
    add_revision(schemes.workspace, schemes.project, late, {"code": "A", "revision_on": dt.date(2026, 11, 3)})

    made = add_revision(schemes.workspace, schemes.project, late,
                        {"code": "??", "revision_on": dt.date(2026, 11, 2)})  # fmt: skip

    assert [each.field for each in made.noticed] == ["revision", "revision_on"]


def test_without_schemes_codes_are_counted_on(site: Site) -> None:
    late = site.ids["late"]
    add_revision(site.workspace, site.project, late, {"code": "P01"})
    with site.workspace.read() as connection:
        assert propose(connection, site.project, late).code == "P02"
    assert [each.message for each in add_revision(site.workspace, site.project, late, {"code": "P04"}).noticed]


def test_two_documents_of_one_number_are_told_of_each_other(site: Site) -> None:
    other = editing.add(site.workspace, DOCUMENTS, site.project, {"number": "d-1", "title": "Again"})
    assert len(noticed(site, other)) == len(noticed(site, site.ids["late"])) == 1


TEXT = st.text(alphabet="AZ019-. ", max_size=12)


@given(number=TEXT)
def test_whatever_a_number_is_a_breach_stands_within_it(number: str) -> None:
    found = breach("{project}-{type:2-3}-{serial:2}", number, {"project": frozenset({"A"})})
    assert found is None or (1 <= found.at <= len(number) + 1 and str(found))


@given(before=TEXT, code=TEXT)
def test_what_was_skipped_lies_between_the_two_codes(before: str, code: str) -> None:
    order = code_order("A-Z, 0-19, Z1-Z9")
    for each in skipped([order], before, code):
        place, last = order.place(each), order.place(code)
        assert place is not None and last is not None and place < last


@given(number=st.one_of(TEXT, st.from_regex(r"A-[A-Z0-9]{2,3}-[0-9]{2}", fullmatch=True)))
def test_quick_look_and_the_walk_agree(number: str) -> None:
    pattern, known = "{project}-{type:2-3}-{serial:2}", {"project": frozenset({"A"})}
    walk = number_patterns._Walk(number_patterns.pieces(pattern), number, (("project", known["project"]),))
    assert walk.fits(0, 0) == (breach(pattern, number, known) is None)
