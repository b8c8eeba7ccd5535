"""Certificates: what stands against them, who signs in which order, and how custody passes and goes back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from handover.errors import NotLawful, Refused
from handover.model import Document, KnowledgeItem, Person, Signatory, System
from handover.model.custody.certificate import Certificate
from handover.model.custody.parts import CertificateException
from handover.model.custody.signature import SIGNATURE_STATUS, Signature
from handover.model.issued import ISSUED_STATUS, Issued
from handover.registers.acts import editing, taking
from handover.registers.catalogue import register
from handover.store import undo
from tests.custody.site import SIGNATURES, TODAY, Site

SYSTEMS = register("systems")


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.workspace:
        yield made


@pytest.fixture
def unit(tmp_path: Path) -> Iterator[Site]:
    """A power unit, whose kinds of certificates know the care of operations."""
    made = Site(tmp_path, "power_unit")
    with made.workspace:
        yield made


# -- custody passes ---------------------------------------------------------------------------------------------------


def test_custody_passes_with_the_last_signature_and_not_before(site: Site) -> None:
    system = site.system()
    certificate = site.issued(system)
    first, last = site.signatures(certificate)

    site.sign(first)
    assert site.custody(system) == "commissioning"
    site.sign(last)

    assert site.custody(system) == "operations"
    after = site.of(Certificate, certificate)
    assert (after["status"], after["number"], after["effective_on"]) == ("in_force", "P1-CC-0001", "2026-11-16")
    assert site.of(System, system)["actual_rfo"] == "2026-11-16"


@pytest.mark.parametrize(
    ("kind", "custody", "after"),
    [
        ("RFCC", "constructor", "commissioning"),
        ("MHC", "constructor", "commissioning"),
        ("RFOC", "commissioning", "operations"),
        ("HOC", "commissioning", "operations"),
        ("HOC", "care_custody", "operations"),
        ("EAC", "operations", "operations"),
        ("RET", "operations", "commissioning"),
        ("RET", "commissioning", "constructor"),
    ],
)
def test_each_kind_moves_custody_as_the_template_says(site: Site, kind: str, custody: str, after: str) -> None:
    system = site.system(custody=custody)

    site.signed(system, kind, reason="Leaks")

    assert site.custody(system) == after


@pytest.mark.parametrize(
    ("kind", "custody", "after"),
    [
        ("CCC", "commissioning", "care_custody"),
        ("HOC", "care_custody", "operations"),
        ("RET", "operations", "care_custody"),
        ("RET", "care_custody", "commissioning"),
    ],
)
def test_template_with_care_passes_through_it(unit: Site, kind: str, custody: str, after: str) -> None:
    system = unit.system(custody=custody)

    unit.signed(system, kind, reason="Leaks")

    assert unit.custody(system) == after


def test_template_with_care_skips_nothing(unit: Site) -> None:
    system = unit.system(custody="commissioning")

    with pytest.raises(Refused, match=r"10 is with “Commissioning team”; .* from “Care and custody of operations”"):
        unit.issued(system, "HOC")


def test_all_below_passes_with_a_system(site: Site) -> None:
    system = site.system("10")
    below = site.system("10.1", parent_id=system)
    deeper = site.system("10.1.1", parent_id=below)
    done = site.system("10.2", "operations", parent_id=system)

    certificate = site.signed(system)

    assert {site.custody(each) for each in (system, below, deeper, done)} == {"operations"}
    assert site.systems(certificate) == ["10", "10.1", "10.1.1"]


def test_system_below_that_is_not_so_far_needs_its_own_certificate_first(site: Site) -> None:
    system = site.system("10")
    site.system("10.1", "constructor", parent_id=system)

    with pytest.raises(Refused, match=r"1 system below 10 isn't so far yet: 10\.1\. It needs its own certificate"):
        site.issued(system)


def test_certificate_for_a_system_whose_parent_is_with_operations_is_prevented(site: Site) -> None:
    parent = site.system("10", "operations")
    below = site.system("10.1", "commissioning", parent_id=site.system("10.0", "commissioning", parent_id=parent))

    with pytest.raises(Refused, match=r"10\.1 is part of 10, which operations has accepted\. Give 10 back first"):
        site.issued(below)


def test_custody_is_not_typed_by_hand(site: Site) -> None:
    system = site.system("10", "constructor")

    with pytest.raises(NotLawful, match="Custody passes by a signed certificate alone"):
        editing.change(site.workspace, SYSTEMS, site.project, {system: {"custody": "commissioning"}})
    with pytest.raises(NotLawful, match="Custody passes by a signed certificate alone"):
        editing.add(site.workspace, SYSTEMS, site.project, {"code": "20", "name": "New", "custody": "operations"})


def test_new_system_of_a_list_keeps_its_custody_as_recorded_before_certificates(site: Site) -> None:
    values = {"code": "20", "name": "Listed", "custody": "operations"}

    key = editing.add(site.workspace, SYSTEMS, site.project, values, source="import")

    assert (site.custody(key), site.proof(key)) == ("operations", "recorded")


def test_certificate_says_what_was_recorded_before(site: Site) -> None:
    system = site.system()
    assert site.proof(system) == "recorded"

    site.signed(system)

    assert site.proof(system) == "certificate"


# -- what stands in the way -------------------------------------------------------------------------------------------


def test_refusal_names_everything_that_stands_at_once(site: Site) -> None:
    system = site.system(operations_lead_id=None)
    below = site.system("10.1", parent_id=system)
    site.punch(below, "A")
    site.punch(system, "B", action_by_id=None, due_on=None)
    site.row(Document(title="Manual", system_id=below))
    site.row(KnowledgeItem(title="Start-up", criticality="5", system_id=system))
    draft = site.draft(system)

    with pytest.raises(Refused) as caught:
        site.take(draft, "issue")

    said = str(caught.value)
    assert "1 document of 10 that operations must have is not accepted yet: DOC-0001." in said
    assert "1 critical knowledge item of 10 is not verified yet: KNW-0001." in said
    assert "1 punch item of 10 that blocks the certificate is not verified: PNL-0001." in said
    assert "1 exception has no owner: PNL-0002." in said
    assert "1 exception has no date: PNL-0002." in said
    assert "Nobody signs for this side: Operations side." in said
    assert ("punch", _id(site, "punch", "PNL-0001")) in [row for reason in caught.value.reasons for row in reason.rows]


def test_what_operations_must_have_does_not_keep_a_system_from_commissioning(site: Site) -> None:
    system = site.system(custody="constructor")
    site.row(Document(title="Manual", system_id=system))
    blocking = site.punch(system, "A")

    with pytest.raises(Refused, match="PNL-0001") as caught:
        site.issued(system, "RFCC")
    assert "DOC-0001" not in str(caught.value)

    with site.workspace.edit("Void", project=site.project) as work:
        row = work.get(_model("punch"), blocking)
        row.status, row.void_because = "void", "Not ours"
    site.issued(system, "RFCC")


def test_open_items_that_do_not_block_are_its_exceptions(site: Site) -> None:
    system = site.system()
    site.punch(system, "B")
    site.punch(site.system("10.1", parent_id=system), "C")

    certificate = site.issued(system)

    lines = site.exceptions(certificate)
    assert [(line["about_ref"], line["owner_id"], line["due_on"]) for line in lines] == [
        ("PNL-0001", site.builder, "2026-12-01"),
        ("PNL-0002", site.builder, "2026-12-01"),
    ]


def test_exceptions_are_listed_anew_when_it_is_issued(site: Site) -> None:
    system = site.system()
    gone = site.punch(system, "B")
    draft = site.draft(system)
    with site.workspace.edit("Void", project=site.project) as work:
        row = work.get(_model("punch"), gone)
        row.status, row.void_because = "void", "Not ours"
    site.punch(system, "C")

    site.take(draft, "issue")

    assert [line["about_ref"] for line in site.exceptions(draft)] == ["PNL-0002"]


def test_exception_written_by_hand_goes_over_to_the_next_certificate(unit: Site) -> None:
    system = unit.system()
    draft = unit.draft(system, "CCC")
    held = {"owner_id": unit.builder, "due_on": dt.date(2026, 12, 1)}
    unit.row(CertificateException(certificate_id=draft, text="Paint the stairs", **held))
    unit.take(draft, "issue")
    for each in unit.signatures(draft):
        unit.sign(each)

    following = unit.issued(system, "HOC")

    (line,) = unit.exceptions(following)
    assert (line["text"], line["about_ref"]) == ("Paint the stairs", "EXC-0001")


def test_aftercare_ends_with_no_exception_left(site: Site) -> None:
    system = site.system()
    site.punch(system, "C")
    site.signed(system)

    with pytest.raises(Refused, match="1 exception of 10 is still open: PNL-0001"):
        site.issued(system, "EAC")


def test_system_is_given_back_with_a_reason_whatever_is_open(site: Site) -> None:
    system = site.system(custody="operations")
    site.punch(system, "A")

    with pytest.raises(Refused, match="A system is given back with a reason: Why it is given back"):
        site.issued(system, "RET")
    site.signed(system, "RET", reason="Bearing broken")

    assert site.custody(system) == "commissioning"


def test_no_two_certificates_of_a_system_are_out_at_a_time(site: Site) -> None:
    system = site.system("10")
    below = site.system("10.1", parent_id=system)
    site.issued(below)

    with pytest.raises(Refused, match="CRT-0001 is out for signature for the same systems"):
        site.issued(system)


def test_what_came_up_since_it_was_issued_stops_the_last_signature(site: Site) -> None:
    system = site.system()
    first, last = site.signatures(site.issued(system))
    site.sign(first)
    site.punch(system, "A")
    site.punch(system, "C")

    with pytest.raises(Refused) as caught:
        site.sign(last)

    said = str(caught.value)
    assert "PNL-0001" in said
    assert "1 exception came up since it was issued: PNL-0002. Take it back and issue it anew." in said
    assert site.custody(system) == "commissioning"


def test_system_that_came_below_since_stops_the_last_signature(site: Site) -> None:
    system = site.system("10")
    first, last = site.signatures(site.issued(system))
    site.sign(first)
    site.system("10.1", parent_id=system)

    with pytest.raises(Refused, match="The systems that pass with CRT-0001 have changed since it was issued"):
        site.sign(last)


# -- signing ----------------------------------------------------------------------------------------------------------


def test_leads_sign_where_nobody_else_is_said_to_the_project_side_first(site: Site) -> None:
    certificate = site.draft(site.system())

    assert [site.name_of(each) for each in site.signatures(certificate)] == ["Chen Jie", "Yang Lei"]


def test_those_said_to_sign_for_what_it_is_part_of_sign_for_it(site: Site) -> None:
    system = site.system("10")
    below = site.system("10.1", parent_id=system)
    witness = site.row(Person(name="Yuan Ping", side="third")).id
    for at, (person, signs) in enumerate(((site.builder, True), (site.operator, True), (witness, False)), 1):
        site.row(Signatory(system_id=system, person_id=person, sign_seq=at, is_signer=signs))

    certificate = site.draft(below)

    assert [site.name_of(each) for each in site.signatures(certificate)] == ["Chen Jie", "Yang Lei"]


def test_signature_out_of_order_is_refused(site: Site) -> None:
    certificate = site.issued(site.system())
    _first, last = site.signatures(certificate)

    with pytest.raises(Refused, match="The order of signatures: Chen Jie sign before"):
        site.sign(last)


def test_signature_bears_the_name_of_who_is_named(site: Site) -> None:
    first, _last = site.signatures(site.issued(site.system()))

    with pytest.raises(Refused, match=r"Chen Jie signs here\. Type that name"):
        site.sign(first, "Yang Lei")
    site.sign(first, " chen jie ")

    after = site.of(Signature, first)
    assert (after["status"], after["signed_name"], after["signed_on"]) == ("signed", " chen jie ", "2026-11-16")


@pytest.mark.parametrize(
    ("day", "message"),
    [
        (dt.date(2026, 11, 15), "on 15 Nov 2026|15 Nov 2026 would be before the step before it, of 16 Nov 2026"),
        (dt.date(2026, 11, 17), "Nobody signs on a day that is still to come"),
    ],
)
def test_signature_has_a_day_that_can_be(site: Site, day: dt.date, message: str) -> None:
    first, _last = site.signatures(site.issued(site.system()))

    with pytest.raises(Refused, match=message):
        site.sign(first, signed_on=day)


def test_draft_is_not_signed(site: Site) -> None:
    first, _last = site.signatures(site.draft(site.system()))

    with pytest.raises(Refused, match="CRT-0001 is “Draft” and isn't out for signature"):
        site.sign(first)


def test_role_without_a_person_keeps_it_from_being_issued(site: Site) -> None:
    role = site.pick("signing_role", "OM")
    site.row(Signatory(person_id=site.builder, sign_seq=1))
    site.row(Signatory(role_id=role, side="operations", sign_seq=2))

    with pytest.raises(Refused, match="Nobody is named who signs as Operations manager"):
        site.issued(site.system())


def test_one_person_does_not_sign_for_both_sides(site: Site) -> None:
    with pytest.raises(Refused, match="Chen Jie can't sign twice"):
        site.issued(site.system(operations_lead_id=site.builder))


def test_certificate_out_for_signature_is_locked_with_its_lists(site: Site) -> None:
    certificate = site.issued(site.system())
    first, _last = site.signatures(certificate)

    with pytest.raises(Refused, match="CRT-0001 is “Out for signature” and can't be changed"), \
            site.workspace.edit("Change", project=site.project) as work:  # fmt: skip
        work.get(Certificate, certificate).scope = "More"
    with pytest.raises(Refused, match="what belongs to it can't be changed"), \
            site.workspace.edit("Change", project=site.project) as work:  # fmt: skip
        work.get(Signature, first).person_id = site.operator
    with pytest.raises(Refused, match="what belongs to it can't be changed"):
        site.row(CertificateException(certificate_id=certificate, text="One more"))


def test_taken_back_to_draft_its_signatures_are_gone(site: Site) -> None:
    certificate = site.issued(site.system())
    first, _last = site.signatures(certificate)
    site.sign(first, drawn="100,100 200,200")

    site.take(certificate, "take_back", taken_back_because="Wrong scope")

    after = site.of(Signature, first)
    assert (after["status"], after["signed_name"], after["signed_on"], after["drawn"]) == ("waiting", None, None, None)
    assert site.of(Certificate, certificate)["taken_back"] == 1


def test_signature_is_taken_back_until_the_last_is_there(site: Site) -> None:
    system = site.system()
    first, last = site.signatures(site.issued(system))
    step = SIGNATURE_STATUS.step("unsign")
    site.sign(first)
    taking.take(site.workspace, SIGNATURES, site.project, [first], step, {"unsigned_because": "Too early"})
    assert site.of(Signature, first)["status"] == "waiting"

    site.sign(first)
    site.sign(last)

    with pytest.raises(Refused, match=r"its signatures stand\. Void the certificate instead"):
        taking.take(site.workspace, SIGNATURES, site.project, [first], step, {"unsigned_because": "No"})


def test_certificate_comes_into_force_by_its_signatures_alone(site: Site) -> None:
    certificate = site.issued(site.system())

    with pytest.raises(Refused, match="Not signed yet: Chen Jie, Yang Lei"):
        site.take(certificate, "take_effect")


def test_last_signature_without_its_paper_is_refused(site: Site) -> None:
    system = site.system()
    first, last = site.signatures(site.issued(system))
    site.sign(first)
    step = SIGNATURE_STATUS.step("sign")

    with pytest.raises(NotLawful, match="Its number is drawn with the last signature"):
        taking.take(site.workspace, SIGNATURES, site.project, [last], step, {"signed_name": "Yang Lei"})

    assert site.custody(system) == "commissioning"


@pytest.mark.parametrize("drawn", ["1,2 x", "20000,1", "-1,5", "1;2"])
def test_what_is_no_drawing_is_no_signature(site: Site, drawn: str) -> None:
    first, _last = site.signatures(site.issued(site.system()))

    with pytest.raises(Exception, match="This is no drawn signature"):
        site.sign(first, drawn=drawn)


# -- void -------------------------------------------------------------------------------------------------------------


def test_voiding_returns_the_custody_that_was_recorded_before(site: Site) -> None:
    system = site.system()
    certificate = site.signed(system)

    site.take(certificate, "void", void_because="Signed for the wrong line")

    assert (site.custody(system), site.proof(system)) == ("commissioning", "recorded")
    assert site.of(System, system)["actual_rfo"] is None


def test_voiding_returns_the_custody_that_the_other_certificates_prove(unit: Site) -> None:
    system = unit.system(custody="constructor")
    first = unit.signed(system, "RFCC")
    care = unit.signed(system, "CCC")
    last = unit.signed(system, "HOC")

    unit.take(care, "void", void_because="Double")
    assert unit.custody(system) == "operations"
    unit.take(last, "void", void_because="Wrong")
    assert unit.custody(system) == "commissioning"
    unit.take(first, "void", void_because="Wrong")

    assert unit.custody(system) == "constructor"
    assert unit.of(System, system)["actual_rfc"] is None


def test_voiding_a_return_gives_the_system_to_operations_again(site: Site) -> None:
    system = site.system()
    site.signed(system)
    back = site.signed(system, "RET", reason="Leaks")
    assert site.custody(system) == "commissioning"

    site.take(back, "void", void_because="No leak")

    assert site.custody(system) == "operations"


def test_voiding_the_end_of_aftercare_leaves_custody_alone(site: Site) -> None:
    system = site.system()
    site.signed(system)
    ended = site.signed(system, "EAC")

    site.take(ended, "void", void_because="Too early")

    assert site.custody(system) == "operations"


def test_paper_and_certificate_are_void_together(site: Site) -> None:
    system = site.system()
    site.signed(system)
    paper = _id(site, "issued", "ISS-0001")
    step = ISSUED_STATUS.step("void")

    taking.take(site.workspace, register("issued"), site.project, [paper], step, {"void_because": "Wrong"})

    assert site.custody(system) == "commissioning"
    second = site.signed(system)
    site.take(second, "void", void_because="Again")
    assert site.of(Issued, _id(site, "issued", "ISS-0002"))["status"] == "void"
    assert site.of(Certificate, second)["number"] == "P1-CC-0002"


def test_undoing_the_last_signature_gives_custody_back(site: Site) -> None:
    system = site.system()
    site.signed(system)

    undo(site.workspace)

    assert site.custody(system) == "commissioning"


def _id(site: Site, table: str, ref: str) -> str:
    with site.workspace.read() as connection:
        query = f'SELECT id FROM "{table}" WHERE ref = ?'
        return str(connection.exec_driver_sql(query, (ref,)).scalar_one())


def _model(table: str) -> Any:
    return next(m.class_ for m in Certificate.registry.mappers if m.class_.__tablename__ == table)
