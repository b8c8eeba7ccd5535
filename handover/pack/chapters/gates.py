"""The report of a gate, as a steering committee reads and signs it; deciding a review issues it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.i18n import N_, NC_
from handover.model.gate import GATE_DECISION
from handover.model.people import SIDE
from handover.model.project import Project
from handover.model.readiness.condition import CONDITION_STATUS
from handover.model.readiness.criterion import CRITERION_KIND, CRITERION_STATUS
from handover.model.readiness.gate_signature import VOTE
from handover.model.readiness.review import REVIEW_STATUS, GateReview
from handover.model.vocabulary import Option
from handover.pack.blocks.tone import Tone
from handover.pack.contents import single_outline
from handover.pack.outline import (
    Bar,
    Bars,
    Block,
    Fact,
    Facts,
    KeyNumber,
    KeyNumbers,
    Marked,
    Note,
    PackOutline,
    Paragraph,
    Section,
    Status,
    TableBlock,
    TableColumn,
)
from handover.pack.paper_steps import PaperStep
from handover.pack.single.by_ending import write_outline
from handover.registers.acts.taking import Answers
from handover.registers.figures.readiness import area_name
from handover.registers.kinds.missing_at_gate import MissingAtGate
from handover.registers.readying.gate_standing import GateStanding, gate_standing
from handover.store.workspace import Workspace
from handover.values.print_forms import DAY, LONG, NUMBER, SHARE
from handover.values.print_forms import STATUS as STATE
from handover.wording import Language, Words, said, said_by, said_of, shown

#: The decision that each step takes.
_DECIDING = {"go": "go", "go_on_conditions": "conditional_go", "no_go": "no_go"}
_DECLARATION = N_(
    "Who signs has read the criteria with their evidence and decides on the gate as said under “Signs for”. "
    "A pass on conditions holds as long as each condition is fulfilled by its day."
)


def gate_report(workspace: Workspace, project_id: str, gate_id: str, language: Language) -> PackOutline:
    """Where a gate stands, as an outline without its number."""
    with workspace.read() as connection:
        standing = gate_standing(connection, project_id, gate_id)
    return _outline(workspace, project_id, standing, GATE_DECISION[standing.decision], language)


def write_gate_report(workspace: Workspace, project_id: str, gate_id: str, path: Path, language: Language) -> None:
    """Write where a gate stands, as PDF or workbook. Raises NotValid for another ending."""
    outline = gate_report(workspace, project_id, gate_id, language)
    write_outline(outline, path)


def _decided(
    step: str, workspace: Workspace, project_id: str, key: str, language: Language, answers: Answers
) -> PackOutline:
    """The report of the gate of a review, with what is being decided."""
    with workspace.read() as connection:
        gate = connection.execute(select(GateReview.gate_id).where(GateReview.id == key)).scalar_one()
        standing = gate_standing(connection, project_id, gate)
    because = str(answers.get("no_go_because") or answers.get("minutes") or "")
    return _outline(workspace, project_id, standing, REVIEW_STATUS[_DECIDING[step]], language, because)


def _of_review(step: str) -> Callable[[Workspace, str, str, Language], PackOutline]:
    def outline(workspace: Workspace, project_id: str, key: str, language: Language) -> PackOutline:
        return _decided(step, workspace, project_id, key, language, {})

    return outline


def _outline(
    workspace: Workspace,
    project_id: str,
    standing: GateStanding,
    decision: Option,
    language: Language,
    because: str = "",
) -> PackOutline:
    with workspace.read() as connection, Session(connection) as session:
        project = session.get_one(Project, project_id)
        session.expunge_all()
    blocks = [
        _numbers(standing, decision, language),
        *_verdict(standing, decision, because),
        _facts(standing),
        _areas(standing),
        _criteria(standing),
        *_conditions(standing),
        _signatures(standing),
        *_reviews(standing),
    ]
    title = said(N_("Report of the gate “{gate}”"), gate=standing.called)
    return single_outline(workspace, project, language, Section("gate", title, tuple(blocks)), "GATE")


def _numbers(standing: GateStanding, decision: Option, language: Language) -> KeyNumbers:
    stands, blockers = standing.stands, len(standing.blockers)
    open_conditions = sum(each.status == "open" for each in standing.conditions)
    score = "–" if stands.score is None else f"{stands.score:.1%}"
    return KeyNumbers(
        (
            KeyNumber(
                said(NC_("gate", "Decision"), context="gate"), shown(said(decision.name), language, " "), decision.tone
            ),
            KeyNumber(said(NC_("gate", "Score"), context="gate"), score, "info"),
            KeyNumber(said(N_("Open blockers")), blockers, "danger" if blockers else "ok"),
            KeyNumber(said(N_("Criteria met")), stands.met, "neutral", said(N_("of {of}"), of=stands.applicable)),
            KeyNumber(said(N_("Open conditions")), open_conditions, "warning" if open_conditions else "ok"),
        )
    )


def _verdict(standing: GateStanding, decision: Option, because: str) -> list[Block]:
    """What is decided in a sentence: blockers before the score, a pass that lapsed before all."""
    found: list[Block] = []
    n = len(standing.blockers)
    if decision.code == "lapsed":
        found.append(Note(said_by(standing.lapse), "danger"))
    if n:
        found.append(Note(said_of(
            "{n} criterion that decides alone is open: no go, whatever the score.",
            "{n} criteria that decide alone are open: no go, whatever the score.", n), "danger"))  # fmt: skip
    elif standing.stands.total and not standing.open:
        found.append(Note(said(N_("Every criterion that applies is met.")), "ok"))
    if because.strip():
        found.append(Paragraph(because))
    return found


def _facts(standing: GateStanding) -> Facts:
    lacks = MissingAtGate(standing.missing_documents) if standing.missing_documents else None
    facts = (
        Fact(said(N_("Gate")), standing.called),
        Fact(said(N_("Phase")), standing.phase),
        Fact(said(N_("Review on")), standing.review_on),
        Fact(said(N_("Chair")), standing.chair),
        Fact(said(N_("System")), standing.system),
        Fact(said(NC_("gate", "Opens"), context="gate"), said_by(standing.opened) if standing.opened() else ""),
        Fact(said(N_("Review")), standing.review.ref if standing.review is not None else ""),
        Fact(said(N_("Held on")), standing.review.held_on if standing.review is not None else None),
        Fact(said(N_("Documents that it lacks")), said_by(lacks.sentence) if lacks is not None else ""),
    )
    return Facts(tuple(fact for fact in facts if fact.value not in (None, "")))


def _areas(standing: GateStanding) -> Bars:
    bars = []
    for area in standing.areas:
        if not area.applicable:
            continue
        words = said_of("{n} decides alone", "{n} decide alone", area.blockers) if area.blockers else ""
        tone: Tone = "danger" if area.blockers else "ok" if area.met == area.applicable else "warning"
        bars.append(Bar(area_name(area.key), area.met, area.applicable, tone, words))
    return Bars(tuple(bars), said(N_("Criteria met by area")))


def _criteria(standing: GateStanding) -> TableBlock:
    columns = (
        TableColumn("ref", said(N_("Ref.")), weight=0.6),
        TableColumn("question", said(N_("What must be so")), LONG, 3.0),
        TableColumn("area", said(NC_("readiness", "Area"), context="readiness"), LONG, 1.2),
        TableColumn("weight", said(NC_("criterion", "Weight"), context="criterion"), NUMBER, 0.5),
        TableColumn("status", said(N_("Status")), STATE, 1.0),
        TableColumn("owner", said(N_("Owner")), LONG, 0.9),
        TableColumn("due_on", said(N_("Due")), DAY, 0.8),
    )
    rows = []
    for each in standing.open:
        option = CRITERION_STATUS[each.status]
        alone = said(N_("decides alone")) if each.blocker else ""
        entrance = said(CRITERION_KIND["entrance"].name) if each.kind == "entrance" else ""
        question: Words | Marked = Marked(each.question, "danger", alone) if each.blocker else each.question
        if entrance and not each.blocker:
            question = Marked(each.question, "info", entrance)
        due = Marked(each.due, "danger") if each.overdue and each.due is not None else each.due
        rows.append((each.ref, question, area_name(each.area), each.weight, Status(said(option.name), option.tone),
                     each.owner, due))  # fmt: skip
    return TableBlock("open-criteria", said(N_("Criteria that are open")), columns, tuple(rows), len(rows),
                      empty=said(N_("No criterion is open.")))  # fmt: skip


def _conditions(standing: GateStanding) -> list[Block]:
    if not standing.conditions:
        return []
    columns = (
        TableColumn("ref", said(N_("Ref.")), weight=0.6),
        TableColumn("title", said(N_("Condition")), LONG, 3.0),
        TableColumn("risk", said(N_("Risk accepted until then")), LONG, 1.8),
        TableColumn("owner", said(N_("Owner")), LONG, 0.9),
        TableColumn("due_on", said(NC_("condition", "Until"), context="condition"), DAY, 0.8),
        TableColumn("status", said(N_("Status")), STATE, 1.0),
    )
    rows = []
    for each in standing.conditions:
        option = CONDITION_STATUS[each.status]
        status = Status(said(N_("Ran out")), "danger") if each.ran_out else Status(said(option.name), option.tone)
        rows.append((each.ref, each.title, each.risk, each.owner, each.due, status))
    title = said(N_("Conditions of the pass"))
    return [TableBlock("gate-conditions", title, columns, tuple(rows), len(rows))]


def _signatures(standing: GateStanding) -> TableBlock:
    columns = (
        TableColumn("role", said(N_("Signing role")), LONG, 1.3),
        TableColumn("person", said(N_("Person")), LONG, 1.0),
        TableColumn("side", said(N_("Side")), LONG, 0.9),
        TableColumn("vote", said(NC_("gate", "Signs for"), context="gate"), STATE, 1.2),
        TableColumn("signed_on", said(N_("Signed on")), DAY, 0.9),
        TableColumn("signature", said(N_("Remark and signature")), LONG, 1.6),
    )
    rows = tuple(
        (
            each.named, f"{each.person}\n\u00a0", said(SIDE[each.side].name) if each.side else "",
            Status(said(VOTE[each.vote].name), VOTE[each.vote].tone) if each.vote else None, each.signed_on,
            each.remark,
        )
        for each in standing.signatures
    )  # fmt: skip
    return TableBlock("gate-signatures", said(N_("Signatures")), columns, rows, len(rows), caption=said(_DECLARATION),
                      empty=said(N_("Nobody has been asked to sign yet.")))  # fmt: skip


def _reviews(standing: GateStanding) -> list[Block]:
    earlier = [each for each in standing.reviews if standing.review is None or each.id != standing.review.id]
    if not earlier:
        return []
    columns = (
        TableColumn("number", said(N_("No.")), NUMBER, 0.4),
        TableColumn("status", said(NC_("gate", "Decision"), context="gate"), STATE, 1.2),
        TableColumn("decided_on", said(N_("Decided on")), DAY, 0.9),
        TableColumn("score", said(N_("Score then")), SHARE, 0.7, decimals=1),
        TableColumn("blockers", said(N_("Blockers open then")), NUMBER, 0.7),
        TableColumn("because", said(N_("Why")), LONG, 2.6),
    )
    rows = tuple(
        (each.number, Status(said(REVIEW_STATUS[each.status].name), REVIEW_STATUS[each.status].tone), each.decided_on,
         each.score, each.blockers, each.because)
        for each in earlier
    )  # fmt: skip
    title = said(N_("Earlier and later reviews of the gate"))
    return [TableBlock("gate-reviews-before", title, columns, rows, len(rows))]


def _always(_workspace: Workspace, _key: str) -> bool:
    return True


PAPERS = tuple(
    PaperStep("gate-reviews", step, "gate_report", _of_review(step), _always, number="",
              answered=partial(_decided, step))
    for step in _DECIDING
)  # fmt: skip
