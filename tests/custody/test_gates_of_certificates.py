"""Certificates ask for the gate that they hang on, where the template or the site says so."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from handover.errors import Refused
from handover.model import Gate
from handover.model.readiness.review import GateReview
from handover.pack.chapters.gates import write_gate_report
from handover.registers.custody.drawing_up import outlook
from handover.registers.readying.taking_phases import take_phases
from handover.registers.readying.templates import phase_templates
from handover.wording import Language
from tests.custody.site import TODAY, Site


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setattr("handover.clock.today", lambda: TODAY)
    return Site(tmp_path)


def _gate(site: Site, kind: str = "HOC", **values: object) -> str:
    return str(site.row(Gate(code="G6", name="Release", opens_id=site.pick("certificate_kind", kind), **values)).id)


def _decided(site: Site, gate: str, decision: str, on: dt.date = TODAY) -> None:
    with site.workspace.edit("Review as it was", project=site.project, source="import") as work:
        work.add(GateReview(gate_id=gate, number=1, status=decision, held_on=on, decided_on=on))


def test_certificate_is_refused_while_its_gate_is_not_passed(site: Site) -> None:
    gate, system = _gate(site), site.system()

    with pytest.raises(Refused, match="“Handover to operations” asks for gate G6 Release, which is “Not reviewed”"):
        site.issued(system)

    _decided(site, gate, "go")
    site.signed(system)
    assert site.custody(system) == "operations"


def test_certificate_names_its_gate_beside_all_else_that_stands(site: Site) -> None:
    gate, system = _gate(site), site.system()
    punch = site.punch(system)

    with site.workspace.read() as connection:
        told = outlook(connection, site.pick("certificate_kind", "HOC"), system)

    rows = [row for reason in told.reasons for row in reason.rows]
    assert ("gate", gate) in rows
    assert ("punch", punch) in rows


def test_gate_that_was_not_passed_stops_the_last_signature(site: Site) -> None:
    gate, system = _gate(site), site.system()
    _decided(site, gate, "go", TODAY - dt.timedelta(3))
    key = site.issued(system)
    first, last = site.signatures(key)
    site.sign(first)
    with site.workspace.edit("Again", project=site.project, source="import") as work:
        work.add(GateReview(gate_id=gate, number=2, status="no_go", held_on=TODAY, decided_on=TODAY))

    with pytest.raises(Refused, match="which is “No go”"):
        site.sign(last)


def test_gate_of_another_kind_or_of_another_system_does_not_hold_it_up(site: Site) -> None:
    _gate(site, "MHC")
    _gate(site, "HOC", system_id=site.system("20"))

    site.signed(site.system("10"))


def test_gate_of_a_system_holds_up_what_is_below_it(site: Site) -> None:
    system = site.system("10")
    below = site.system("10.1", parent_id=system)
    _gate(site, "HOC", system_id=system)

    with pytest.raises(Refused, match="asks for gate"):
        site.issued(below)


@pytest.mark.parametrize("key", [each.key for each in phase_templates()])
def test_template_says_which_gate_releases_the_handover(tmp_path: Path, key: str) -> None:
    site = Site(tmp_path, key)

    take_phases(site.workspace, site.project, key)

    with site.workspace.read() as connection:
        opened = set(connection.execute(select(Gate.opens_id).where(Gate.opens_id.is_not(None))).scalars())
    assert site.pick("certificate_kind", "HOC") in opened


@pytest.mark.parametrize(("language", "said"), [("en", "Handover to operations"), ("zh", "移交生产交接书")])
def test_report_of_a_gate_says_which_certificates_ask_for_it(
    site: Site, tmp_path: Path, language: Language, said: str
) -> None:
    gate = _gate(site, system_id=site.system("20"))

    write_gate_report(site.workspace, site.project, gate, tmp_path / "gate.pdf", language)

    text = " ".join(" ".join(page.extract_text() for page in PdfReader(tmp_path / "gate.pdf").pages).split())
    assert said in text
    assert "20" in text
