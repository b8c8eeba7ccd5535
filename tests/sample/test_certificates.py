"""The sample's certificates: six systems that passed, one out for signature with exceptions, one void, one return."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from handover.model import System
from handover.model.custody.certificate import Certificate
from handover.model.custody.parts import CertificateException, CertificateSystem
from handover.model.custody.signature import Signature
from handover.registers.catalogue import register
from handover.registers.custody.tree import custody_tree
from tests.sample.conftest import DAYS, Sample

on_any_day = pytest.mark.parametrize("plant", [("en", day) for day in DAYS], indirect=True, ids=DAYS)


@pytest.mark.parametrize(
    ("key", "view"),
    [
        *(("certificates", view) for view in ("open", "to_sign", "in_force")),
        *(("certificate-exceptions", view) for view in ("open", "due_soon")),
        ("signatures", "waiting"),
        ("systems", "recorded"),
    ],
)
def test_every_view_of_certificates_shows_something(plant: Sample, key: str, view: str) -> None:
    shown = register(key)
    with plant.workspace.read() as connection:
        found = connection.scalar(select(func.count()).select_from(shown.model).where(shown.condition(view)))

    assert found


def test_six_systems_have_certificates_beside_one_that_is_drawn_up(plant: Sample) -> None:
    rows = plant.rows(Certificate)
    systems = {row["id"]: row["code"] for row in plant.rows(System)}
    by_status: dict[str, set[str]] = {}
    for row in rows:
        by_status.setdefault(row["status"], set()).add(systems[row["system_id"]])

    assert by_status["in_force"] | by_status["issued"] == {"UTL-10", "BIW-20", "BIW-40", "BIW-50", "BAT-10", "MES-10"}
    assert (by_status["void"], by_status["draft"]) == ({"BIW-40"}, {"SAF-10"})
    numbers = [row["number"] for row in rows if row["number"]]
    assert sorted(numbers) == [f"NEV-01-CC-{n:04}" for n in range(1, 9)]


def test_custody_is_what_the_certificates_say(plant: Sample) -> None:
    with plant.workspace.read() as connection:
        places = {place.system.name.split()[0]: place for place in custody_tree(connection, plant.project.id)}

    assert places["UTL-10"].held.code == "operations"
    assert (places["BIW-50"].held.code, places["BIW-50"].passages[-1].left) == ("care_custody", 2)
    assert places["BIW-20"].held.code == "commissioning"
    proofs = {code: place.proof.code if place.proof else None for code, place in places.items()}
    assert (proofs["BAT-10"], proofs["BAT-20"], proofs["SAF-10"]) == ("certificate", "recorded", None)
    out = next(row for row in plant.rows(Certificate) if row["status"] == "issued")
    listed = [row for row in plant.rows(CertificateException) if row["certificate_id"] == out["id"]]
    assert len(listed) == 2 and all(row["about_ref"] and row["owner_id"] and row["due_on"] for row in listed)
    assert {row["certificate_id"] for row in plant.rows(CertificateSystem)} == {
        row["id"] for row in plant.rows(Certificate)
    }


@on_any_day
def test_nobody_signed_after_today(plant: Sample) -> None:
    days = [row["signed_on"] for row in plant.rows(Signature) if row["signed_on"]]
    days += [row["effective_on"] for row in plant.rows(Certificate) if row["effective_on"]]

    assert days and max(day.isoformat() for day in days) <= plant.day
