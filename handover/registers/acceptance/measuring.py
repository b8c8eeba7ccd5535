"""What is to be measured, parameter by parameter, as a test crew types it and a printed sheet shows it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from handover.model.acceptance.campaign import TestCampaign
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.system import System
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.kinds.limits_read import LimitsRead
from handover.store.workspace import Workspace
from handover.values.limits import limits_text

#: Which parameters are shown: by the name of the view of the register, empty for all.
SHOWN = ("", "pending", "failed")


@dataclass(frozen=True, slots=True)
class ToMeasure:
    """A parameter with what is known of it: ``accepted`` is told in words by ``in_words``."""

    id: str
    ref: str
    no: str
    name: str
    system: str
    test_point: str
    limits: str
    accepted: str | None
    unit: str
    measured: str
    measured_at: dt.datetime | None
    result: str

    @property
    def limits_told(self) -> str:
        """The limits as written, with their bounds where those have to be counted: ``0/+0.4 (1.2~1.6)``."""
        if not self.accepted or not self.accepted.startswith("range|"):
            return self.limits
        low, high = (float(bound) for bound in self.accepted.split("|")[1:3])
        bounds = limits_text(low, high)
        counted = "±" in self.limits or "/" in self.limits
        return f"{self.limits} ({bounds})" if counted else self.limits

    def in_words(self) -> str:
        """What its limits mean, in the language in force; empty where it has none."""
        return LimitsRead(self.accepted).sentence() if self.accepted else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A system or a campaign that the table can be narrowed to."""

    key: str
    name: str


def to_measure(
    connection: Connection, project_id: str, system: str = "", campaign: str = "", view: str = "", only: str = ""
) -> list[ToMeasure]:
    """The parameters in the order of their systems and numbers.

    Args:
        system, campaign: keys; all where none is named.
        view: one of ``SHOWN``.
        only: the key of the one parameter that is wanted.
    """
    p = AcceptanceParameter
    wanted = [p.project_id == project_id, p.deleted_at.is_(None)]
    if system:
        wanted.append(p.system_id == system)
    if campaign:
        wanted.append(p.campaign_id == campaign)
    if view:
        wanted.append(register("parameters").condition(view))
    if only:
        wanted.append(p.id == only)
    columns = (
        p.id, p.ref, p.no, p.name, System.code, p.test_point, p.limits, p.accepted.label("accepted"), p.unit,
        p.measured, p.measured_at, p.result.label("result"),
    )  # fmt: skip
    query = select(*columns).outerjoin(System, System.id == p.system_id).where(*wanted)
    return [
        ToMeasure(
            row.id, row.ref, row.no or "", row.name, row.code or "", row.test_point or "", row.limits or "",
            row.accepted, row.unit or "", row.measured or "", row.measured_at, row.result,
        )
        for row in connection.execute(query.order_by(System.code, p.no, p.id))
    ]  # fmt: skip


def choices(connection: Connection, project_id: str) -> tuple[list[Choice], list[Choice]]:
    """The systems that have parameters, and the campaigns."""
    p = AcceptanceParameter
    of_system = select(System.id, System.code, System.name).join(p, p.system_id == System.id)
    systems = of_system.where(p.project_id == project_id, p.deleted_at.is_(None)).distinct().order_by(System.code)
    campaigns = (
        select(TestCampaign.id, TestCampaign.code, TestCampaign.name)
        .where(TestCampaign.project_id == project_id, TestCampaign.deleted_at.is_(None))
        .order_by(TestCampaign.starts_on, TestCampaign.id)
    )
    return _named(connection, systems), _named(connection, campaigns)


def _named(connection: Connection, query: Select[*tuple[Any, ...]]) -> list[Choice]:  # Any: key, code and name
    return [Choice(key, f"{code or ''} {name}".strip()) for key, code, name in connection.execute(query)]


def take_reading(
    workspace: Workspace, project_id: str, parameter: str, value: str, besides: Mapping[str, Any]
) -> str:  # Any: what fields hold
    """Store a reading that somebody typed; returns its key.

    Args:
        besides: the other fields of the reading by name: shift, instrument, witness.

    Raises:
        Refused, NotValid: it can't count: another unit, before the campaign, an instrument out of calibration.
    """
    told = {field: given for field, given in besides.items() if given is not None}
    if "campaign" not in told or "instrument" not in told:
        with workspace.read() as connection:
            usual = connection.execute(
                select(AcceptanceParameter.campaign_id, AcceptanceParameter.instrument_id).where(
                    AcceptanceParameter.id == parameter
                )
            ).one()
        told = {k: v for k, v in (("campaign", usual[0]), ("instrument", usual[1])) if v is not None} | told
    return editing.add(workspace, register("readings"), project_id, {"parameter": parameter, "value": value, **told})
