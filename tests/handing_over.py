"""Handing a system over to operations by a certificate, in workspaces whose tests are about something else."""

from __future__ import annotations

from sqlalchemy import select

from handover.model import Person, Pick, System
from handover.model.custody.signature import SIGNATURE_STATUS, Signature
from handover.pack import paper_steps
from handover.registers.catalogue import register
from handover.registers.custody.drawing_up import draw_up
from handover.store import Workspace


def issue_certificate(workspace: Workspace, project: str, system: str) -> str:
    """Issue the certificate by which operations takes a system over; raises Refused where something stands."""
    with workspace.edit("Say who signs", project=project) as work:
        row = work.get(System, system)
        for attr, side in (("engineering_lead_id", "project"), ("operations_lead_id", "operations")):
            if getattr(row, attr) is None:
                setattr(row, attr, work.add(Person(name=f"Lead {side} {row.code}", side=side)).id)
    return draw_up(workspace, project, _kind(workspace, project), [system], issue=True)[0]


def hand_over(workspace: Workspace, project: str, system: str) -> None:
    """Have operations take a system over by a certificate that both sides sign."""
    key = issue_certificate(workspace, project, system)
    wanted = select(Signature.id, Person.name).join(Person, Person.id == Signature.person_id)
    with workspace.read() as connection:
        signing = connection.execute(wanted.where(Signature.certificate_id == key).order_by(Signature.sign_seq)).all()
    for signature, name in signing:
        step, given = SIGNATURE_STATUS.step("sign"), {"signed_name": name}
        paper_steps.take(workspace, register("signatures"), project, [signature], step, given)


def _kind(workspace: Workspace, project: str) -> str:
    here = (Pick.project_id == project, Pick.list == "certificate_kind", Pick.code == "HOC")
    with workspace.read() as connection:
        found = connection.execute(select(Pick.id).where(*here)).scalar()
    if found is not None:
        return str(found)
    with workspace.edit("Kinds of certificates", project=project) as work:
        return work.add(Pick(list="certificate_kind", code="HOC", meaning="to_operations", en="Handover")).id
