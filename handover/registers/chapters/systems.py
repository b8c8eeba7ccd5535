"""The register of systems, subsystems and turnover packages."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.system import CUSTODY_PROOF, System
from handover.registers.chapter import Advance, Chapter, InPack
from handover.registers.declare import Column, Register, View
from handover.registers.kinds import Kind

SYSTEMS = Register(
    key="systems",
    icon="boxes",
    model=System,
    name=N_("Systems"),
    aliases=("system", "subsystems"),
    columns=(
        Column("code", N_("System no."), 14),
        Column("name", N_("System name"), 30),
        Column("parent", N_("Part of"), 18, False),
        Column("level", N_("Level"), 14),
        Column("system_type", N_("Type of system"), 16),
        Column("area", N_("Area"), 14),
        Column("discipline", N_("Discipline"), 14, False),
        Column("priority", N_("Priority"), 8, group=NC_("form", "Importance")),
        Column("criticality", N_("Criticality"), 12),
        Column("engineering_lead", N_("Engineering lead"), 16, group=NC_("form", "Responsibility")),
        Column("operations_lead", N_("Operations lead"), 16),
        Column("custody", N_("Custody"), 20, copied=False),
        Column("custody_proof", N_("Custody as of"), 20, False, kind=Kind.CHOICE, words=CUSTODY_PROOF),
        Column("planned_rfc", N_("Planned ready for commissioning"), 12, False, group=NC_("form", "Dates")),
        Column("actual_rfc", N_("Actual ready for commissioning"), 12, False, copied=False),
        Column("planned_rfo", N_("Planned handover"), 12),
        Column("forecast_rfo", N_("Forecast handover"), 12, False),
        Column("actual_rfo", N_("Actual handover"), 12, False, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("code", "name"),
    match=(("code",), ("name",)),
    views=(View("open", N_("Open")), View("recorded", N_("Recorded before certificates"))),
    due="planned_rfo",
    owner="operations_lead",
    empty=N_("No systems yet. List the systems that are handed over piece by piece, or import them."),
)  # fmt: skip

CHAPTER = Chapter(
    "systems",
    N_("Systems"),
    "handover",
    (SYSTEMS,),
    pack=(InPack("systems"),),
    advances=(
        Advance(
            "systems",
            N_("Systems in the custody of operations"),
            done="handed_over",
            meaning=N_("In the care and custody of operations, or accepted by it; of all systems."),
        ),
    ),
    first_step=N_("Go to the systems"),
    order=80,
)
