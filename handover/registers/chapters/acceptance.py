"""The registers of acceptance: campaigns, instruments, parameters with their readings, rectifications, waivers."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.acceptance.campaign import TestCampaign
from handover.model.acceptance.instrument import MeasuringInstrument
from handover.model.acceptance.parameter import AcceptanceParameter
from handover.model.acceptance.reading import ParameterReading
from handover.model.acceptance.rectification import Rectification
from handover.model.acceptance.results import DOUBT, RESULT
from handover.model.acceptance.waiver import ParameterWaiver
from handover.registers.acceptance.today import acceptance_today
from handover.registers.chapter import Advance, Chapter, Headline, InPack, OwnPage, PaperKind
from handover.registers.declare import Column, Register, View
from handover.registers.figures.overview_charts import on_overview
from handover.registers.figures.today import on_today
from handover.registers.kinds import Kind
from handover.registers.kinds.limits_read import LIMITS_READ

on_today(acceptance_today, 67)
on_overview("handover.registers.figures.acceptance_charts:acceptance_on_overview", 62)

CAMPAIGNS = Register(
    key="campaigns",
    icon="calendar-check",
    model=TestCampaign,
    name=N_("Test campaigns"),
    aliases=("campaign", "test campaigns", "考核批次", "试验批次"),
    columns=(
        Column("code", N_("Campaign no."), 12),
        Column("name", N_("Campaign"), 34),
        Column("kind", N_("Kind of campaign"), 16),
        Column("system", N_("System"), 18),
        Column("starts_on", NC_("campaign", "Begins on"), 12),
        Column("planned_end", N_("Planned end"), 12),
        Column("ends_on", NC_("campaign", "Ended on"), 12, False, copied=False),
        Column("status", N_("Status"), 14),
        Column("parameters", N_("Parameters"), 9, kind=Kind.INTEGER, group=NC_("form", "How it went")),
        Column("passed_of_them", N_("Passed of them"), 9, kind=Kind.INTEGER),
        Column("result", N_("Result"), 12, kind=Kind.CHOICE, words=RESULT),
        Column("lead", N_("Lead"), 14),
        Column("participants", N_("Participants"), 30, False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("code", "name"),
    code="code",
    match=(("code",), ("name",)),
    views=(View("open", N_("Open")), View("overdue", N_("Overdue")), View("due_soon", N_("Due in two weeks"))),
    due="planned_end",
    owner="lead",
    files=True,
    when_told=True,
    empty=N_("No campaigns yet. Add the site acceptance test, the performance test, the reliability run."),
)

INSTRUMENTS = Register(
    key="instruments",
    icon="crosshair",
    model=MeasuringInstrument,
    name=N_("Measuring instruments"),
    aliases=("instrument", "measuring instruments", "计量器具", "测量仪器"),
    columns=(
        Column("code", N_("Instrument no."), 14),
        Column("name", N_("Instrument"), 30),
        Column("measures", N_("Measures"), 20),
        Column("accuracy", N_("Accuracy"), 14),
        Column("maker", N_("Maker"), 16, False),
        Column("model", N_("Model"), 14, False),
        Column("serial_no", N_("Serial no."), 14, False, copied=False),
        Column("calibrated_on", N_("Calibrated on"), 12, copied=False, group=NC_("form", "Dates")),
        Column("calibration_due", N_("Calibration due"), 12, copied=False),
        Column("certificate_no", N_("Certificate no."), 16, False, copied=False),
        Column("keeper", N_("Kept by"), 14, False),
        Column("retired_on", N_("Retired on"), 12, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("code", "name"),
    code="code",
    match=(("code",), ("serial_no",), ("name",)),
    views=(
        View("in_use", N_("In use")),
        View("overdue", N_("Calibration ran out")),
        View("due_soon", N_("Calibration runs out in two weeks")),
    ),
    due="calibration_due",
    owner="keeper",
    files=True,
    when_told=True,
    empty=N_("No instruments yet. Add those that are measured with, and until when each is calibrated."),
)

PARAMETERS = Register(
    key="parameters",
    icon="sliders-horizontal",
    model=AcceptanceParameter,
    name=N_("Acceptance parameters"),
    aliases=("parameter", "acceptance parameters", "验收参数", "考核参数", "参数清单"),
    columns=(
        Column("no", N_("Parameter no."), 16, copied=False),
        Column("name", N_("Parameter"), 36),
        Column("result", N_("Result"), 12, kind=Kind.CHOICE, words=RESULT),
        Column("measured", N_("Measured"), 12, copied=False),
        Column("measured_at", N_("Measured on"), 14, False, copied=False),
        Column("system", N_("System"), 14),
        Column("limits", NC_("parameter", "Limits"), 16, group=NC_("form", "What it must keep to")),
        Column("unit", N_("Unit"), 9),
        Column("design_value", N_("Design value"), 12, False),
        Column("accepted", N_("Accepted, in words"), 28, False, kind=LIMITS_READ),
        Column("direction", N_("Kind of limits"), 14, False, by_program=True),
        Column("lower", N_("Lower limit"), 10, False),
        Column("upper", N_("Upper limit"), 10, False),
        Column("na_because", N_("Why it isn't applicable"), 24, False),
        Column("key", N_("Key parameter"), 8, group=NC_("form", "Signature")),
        Column("signature", N_("Signature"), 12, False),
        Column("signed_by", N_("Signed by"), 14, False, copied=False),
        Column("signed_on", N_("Signed on"), 12, False, copied=False),
        Column("campaign", N_("Campaign"), 20, False, group=NC_("form", "How it is measured")),
        Column("test_point", N_("Test point"), 18, False),
        Column("test_method", N_("Test method"), 24, False),
        Column("test_conditions", N_("Test conditions"), 24, False),
        Column("instrument", N_("Instrument"), 20, False),
        Column("clause", N_("Contract clause"), 14, False, group=NC_("form", "Contract")),
        Column("remedy", N_("What follows where it fails"), 30, False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("no", "name"),
    code="no",
    match=(("no",), ("system", "name", "test_point"), ("system", "name"), ("name",)),
    views=(
        View("failed", NC_("parameter", "Failed")),
        View("pending", NC_("parameter", "Not measured")),
        View("to_sign", N_("To be signed")),
        View("on_waiver", N_("Waived")),
        View("unlimited", N_("Without limits that can be read")),
        View("passed_on", NC_("parameter", "Passed")),
    ),
    files=True,
    empty=N_("No parameters yet. Import the list of the contract: limits are read as people write them."),
)

READINGS = Register(
    key="readings",
    icon="pencil",
    model=ParameterReading,
    name=N_("Readings"),
    aliases=("reading", "measurements", "测量记录", "检验记录", "读数"),
    columns=(
        Column("parameter", N_("Parameter"), 34),
        Column("number", N_("No."), 6, by_program=True),
        Column("value", NC_("reading", "Reading"), 12, copied=False),
        Column("unit", N_("Unit"), 8),
        Column("result", N_("Result"), 10, kind=Kind.CHOICE, words=RESULT),
        Column("taken_at", N_("Measured on"), 16, copied=False, group=NC_("form", "How it is measured")),
        Column("shift", N_("Shift"), 8),
        Column("taken_by", N_("Measured by"), 14),
        Column("witness", N_("Witness"), 14),
        Column("instrument", N_("Instrument"), 20, False),
        Column("conditions", N_("Conditions"), 24, False),
        Column("campaign", N_("Campaign"), 20, False),
        Column("doubt", N_("Why it doesn't count"), 24, kind=Kind.CHOICE, words=DOUBT),
        Column("void_because", N_("Why it was struck out"), 24, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("value", "parameter"),
    match=(("parameter", "taken_at", "value"),),
    views=(
        View("failing", N_("Outside of the limits")),
        View("doubtful", N_("Don't count")),
        View("unjudged", N_("Can't be judged")),
    ),
    files=True,
    listed=True,
    when_told=True,
    empty=N_("Nothing is measured yet. Type the readings on their page, or import the records of the inspection."),
)

RECTIFICATIONS = Register(
    key="rectifications",
    icon="refresh-cw",
    model=Rectification,
    name=N_("Rectifications"),
    aliases=("rectification", "deviations", "整改项", "参数整改"),
    columns=(
        Column("parameter", N_("Parameter"), 34),
        Column("trial", NC_("trial", "Test"), 24),
        Column("deviation", N_("Deviation"), 24, by_program=True),
        Column("category", NC_("rectification", "Category"), 12),
        Column("status", N_("Status"), 18),
        Column("owner", N_("Owner"), 14),
        Column("due_on", N_("Due"), 12),
        Column("system", N_("System"), 14, False, by_program=True),
        Column("reading", N_("Failing reading"), 18, False, by_program=True),
        Column("failures", N_("Failing readings"), 8, kind=Kind.INTEGER),
        Column("opened_on", NC_("rectification", "Opened on"), 12, False, copied=False),
        Column("cause", N_("Cause"), 30, False, group=NC_("form", "Mended")),
        Column("measure", N_("Measure"), 30, False),
        Column("setpoint_changed", N_("A set point changed"), 8, False),
        Column("mended_by", N_("Mended by"), 14, False, copied=False),
        Column("mended_on", N_("Mended on"), 12, False, copied=False),
        Column("retest", N_("Reading after the mend"), 18, False, copied=False, group=NC_("form", "Proven")),
        Column("retested_on", N_("Done again on"), 12, False, by_program=True, copied=False),
        Column("reworked", N_("Times failed again"), 8, False, by_program=True, copied=False),
        Column("procedure", N_("Procedure"), 20, False),
        Column("closed_on", NC_("rectification", "Closed on"), 12, False, copied=False),
        Column("void_because", N_("Why it is void"), 24, False, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("parameter", "trial", "deviation"),
    match=(("parameter",),),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("to_measure", N_("To be measured again")),
        View("procedure_due", N_("Procedure to be updated")),
    ),
    due="due_on",
    owner="owner",
    files=True,
    when_told=True,
    empty=N_(
        "No rectifications. A reading outside of its limits opens one by itself, and so does a step of a test that "
        "fails, where the test says so."
    ),
)  # fmt: skip

WAIVERS = Register(
    key="waivers",
    icon="stamp",
    model=ParameterWaiver,
    name=N_("Waivers"),
    aliases=("waiver", "concessions", "让步接收", "让步"),
    columns=(
        Column("parameter", N_("Parameter"), 34),
        Column("value", N_("Value accepted"), 16),
        Column("reason", N_("Reason"), 30),
        Column("measure", N_("Compensating measure"), 30),
        Column("owner", N_("Owner"), 14),
        Column("status", N_("Status"), 12),
        Column("valid_until", N_("Valid until"), 12),
        Column("requested_by", N_("Requested by"), 14, False, copied=False, group=NC_("form", "Approval")),
        Column("requested_on", N_("Requested on"), 12, False, copied=False),
        Column("approved_by", N_("Approved by"), 14, copied=False),
        Column("approved_on", N_("Approved on"), 12, False, copied=False),
        Column("withdrawn_because", N_("Why it was withdrawn"), 24, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("parameter", "value"),
    match=(("parameter",),),
    views=(
        View("open", NC_("waiver", "Requested")),
        View("in_force", N_("In force")),
        View("due_soon", N_("Run out in two weeks")),
        View("overdue", NC_("waiver", "Ran out")),
    ),
    due="valid_until",
    owner="owner",
    files=True,
    when_told=True,
    empty=N_("No waivers. What is accepted outside of its limits needs a reason, a measure and the chief engineer."),
)

CHAPTER = Chapter(
    "acceptance",
    N_("Acceptance parameters"),
    "acceptance",
    (PARAMETERS, READINGS, RECTIFICATIONS, WAIVERS, CAMPAIGNS, INSTRUMENTS),
    pages=(
        OwnPage("readings_entry", N_("Enter readings"), "pencil"),
        OwnPage("parameter_chain", N_("Chain of a parameter"), "route"),
        OwnPage("acceptance_charts", N_("Acceptance charts"), "chart-column"),
    ),
    pack=(
        InPack("parameters", group_by="system"),
        InPack("rectifications"),
        InPack("waivers"),
        InPack("campaigns"),
        InPack("instruments"),
    ),
    headlines=(
        Headline("parameters", "failed", N_("Parameters failed")),
        Headline("parameters", "pending", N_("Parameters not measured")),
        Headline("rectifications", "overdue", N_("Rectifications overdue")),
    ),
    advances=(
        Advance("parameters", N_("Parameters passed"), done="passed_on"),
        Advance("rectifications", N_("Rectifications closed"), done="closed"),
    ),
    papers=(
        PaperKind("readings_sheet", "{project}-RDS-{n:03}", keeps_number=False),
        PaperKind("parameter_chain", "{project}-CHN-{n:03}"),
    ),
    order=62,
)
