"""The commands of readiness: where the gates stand, their report, and what a project of an industry starts from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from handover.cli import talk
from handover.cli.arguments import AsJson, ProjectCode, WorkspaceFile, WrittenIn
from handover.cli.at_work import at_work
from handover.cli.write_or_issue import IssueIt, PaperAsked, ToFile, write_or_issue
from handover.errors import NotFound, NotValid
from handover.i18n import N_, language, tr, trn
from handover.model.gate import GATE_DECISION
from handover.model.readiness.areas import AREA
from handover.model.readiness.condition import CONDITION_STATUS
from handover.model.readiness.criterion import CRITERION_STATUS
from handover.pack.chapters.gates import write_gate_report
from handover.pack.chapters.readiness import issue_readiness_pack, write_readiness_pack
from handover.pack.produce import language_of
from handover.registers.readying.gate_standing import GateStanding, gate_keys, gate_named, gate_standing
from handover.registers.readying.taking_phases import PARTS, take_phases
from handover.registers.readying.templates import phase_templates
from handover.store.workspace import Workspace
from handover.values.shown import moment
from handover.wording import Language, shown

_GATE = (
    '{"gates":[{"ref","code","name","decision","decided_on","score","met","applicable","open_blockers",'
    '"opens":{"certificate","system","phases":[],"open"},'
    '"open":[{"ref","question","area","status","weight","blocker","owner","due"}],'
    '"conditions":[{"ref","title","owner","due","status","ran_out"}],'
    '"signatures":[{"role","person","vote","signed_on"}],"reviews":[{"number","decision","decided_on","score"}]}]}'
)
_PHASES = '{"templates":[{"key","name",…}]} or {"new":{…},"present":{…},"stored"}'


def register_with(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command(
        "gate",
        help=tr(
            "Say where a gate stands, or all of them: decision, score, open blockers, conditions. Exit 1 where it "
            "isn't passed, its pass has lapsed or a blocker is open. JSON: {shape}.",
            shape=_GATE,
        ),
    )(gate)
    app.command(
        "phases",
        help=tr(
            "Take the phases, milestones, gates and criteria of an industry into a project. Without --template, say "
            "which templates there are. JSON: {shape}.",
            shape=_PHASES,
        ),
    )(phases)
    app.command(
        "readiness-pack",
        help=tr(
            "Write the readiness pack (training, spare parts, emergency plans) with --to as .pdf or .xlsx, or issue it "
            "under its number with --issue. JSON: {shape}.",
            shape='{"number","title","file"}',
        ),
    )(readiness_pack)


def gate(
    workspace: WorkspaceFile,
    named: Annotated[
        str, typer.Argument(help=tr("Reference, code or name of a gate; all without."), metavar="GATE")
    ] = "",
    project: ProjectCode = "",
    to: Annotated[
        Path | None, typer.Option(help=tr("Write its report for the steering committee as .pdf or .xlsx."),
                                  metavar="FILE")
    ] = None,
    written_in: WrittenIn = "both",
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Say where gates stand."""
    if to is not None and not named:
        raise NotValid(N_("Name the gate whose report is wanted."))
    with Workspace.open(workspace, "read") as opened:
        owner = opened.project(project) if project else opened.only_project()
        with opened.read() as connection:
            keys = ([gate_named(connection, owner.id, named)] if named
                    else [key for key, _ in gate_keys(connection, owner.id)])  # fmt: skip
            found = [gate_standing(connection, owner.id, key) for key in keys]
        if to is not None:
            write_gate_report(opened, owner.id, keys[0], to, language_of(written_in))
    if as_json:
        talk.data({"gates": [_as_json(each) for each in found]})
    else:
        for each in found:
            _tell(each)
        if to is not None:
            talk.line(tr("Wrote {file}.", file=talk.shown_path(to)))
    if any(each.blockers or each.decision in ("lapsed", "no_go", "not_reviewed") for each in found):
        raise typer.Exit(1)


def _tell(each: GateStanding) -> None:
    decision = GATE_DECISION.label(each.decision)
    on = f" ({moment(each.decided_on)})" if each.decided_on is not None else ""
    talk.line(f"{each.ref} {each.called}: {decision}{on}")
    stands = each.stands
    if each.decision == "lapsed":
        talk.line("  " + each.lapse())
    elif each.opened():
        talk.line("  " + tr("Opens: {what}", what=each.opened()))
    if stands.score is not None:
        talk.line(
            "  "
            + tr("Score {score}: {met} of {of} criteria met.", score=f"{stands.score:.1%}", met=stands.met,
                 of=stands.applicable)
        )  # fmt: skip
    if each.blockers:
        n = len(each.blockers)
        talk.line("  " + trn("{n} open criterion decides alone:", "{n} open criteria decide alone:", n))
    for line in each.blockers:
        talk.line(f"    {line.ref} {line.question} – {CRITERION_STATUS.label(line.status)}")
    for condition in each.conditions:
        day = moment(condition.due) if condition.due is not None else ""
        state = tr("ran out") if condition.ran_out else CONDITION_STATUS.label(condition.status)
        talk.line(f"    {condition.ref} {condition.title} – {condition.owner}, {day}: {state}")


def _as_json(each: GateStanding) -> dict[str, Any]:  # Any: JSON's values
    stands = each.stands
    return {
        "ref": each.ref, "code": each.code, "name": each.name, "decision": each.decision,
        "decided_on": _day(each.decided_on), "score": stands.score, "met": stands.met,
        "applicable": stands.applicable, "open_blockers": len(each.blockers),
        "opens": {"certificate": shown(each.opens, "zh" if language() == "zh" else "en") or None,
                  "system": each.system or None, "phases": list(each.enters), "open": each.stands_open},
        "open": [
            {"ref": line.ref, "question": line.question, "area": AREA.label(line.area), "status": line.status,
             "weight": line.weight, "blocker": line.blocker, "owner": line.owner, "due": _day(line.due)}
            for line in each.open
        ],
        "conditions": [
            {"ref": line.ref, "title": line.title, "owner": line.owner, "due": _day(line.due), "status": line.status,
             "ran_out": line.ran_out}
            for line in each.conditions
        ],
        "signatures": [
            {"role": line.role, "person": line.person, "vote": line.vote, "signed_on": _day(line.signed_on)}
            for line in each.signatures
        ],
        "reviews": [
            {"number": line.number, "decision": line.status, "decided_on": _day(line.decided_on), "score": line.score}
            for line in each.reviews
        ],
    }  # fmt: skip


def _day(day: Any) -> str | None:  # Any: a day or nothing
    return day.isoformat() if day is not None else None


def phases(
    workspace: WorkspaceFile,
    project: Annotated[str, typer.Option(help=tr("The code of the project."), metavar="CODE")] = "",
    template: Annotated[str, typer.Option(help=tr("The template of an industry."), metavar="KEY")] = "",
    only: Annotated[
        str, typer.Option(help=tr("Only these, parted by commas: phases, milestones, gates, criteria."),
                          metavar="PARTS")
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=tr("Only say what would happen."))] = False,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Take what projects of an industry start from."""
    if not template:
        _tell_templates(as_json)
        return
    if not project:
        raise NotFound(N_("Name the project with --project."))
    parts = [each.strip() for each in only.split(",") if each.strip()] or list(PARTS)
    for each in parts:
        if each not in PARTS:
            raise NotFound(N_("There is no part {name}. There are: {names}."), name=each, names=", ".join(PARTS))
    with Workspace.open(workspace, "read") if dry_run else at_work(workspace) as opened:
        taken = take_phases(opened, opened.project(project).id, template, parts, dry_run=dry_run)
    if as_json:
        talk.data({"new": taken.new, "present": taken.present, "stored": not dry_run})
        return
    n = taken.total
    if dry_run:
        talk.line(trn("{n} row would come.", "{n} rows would come.", n))
    else:
        talk.line(trn("{n} row came.", "{n} rows came.", n))
    rows = [[part, str(taken.new[part]), str(taken.present[part])] for part in PARTS]
    talk.table([tr("Register"), tr("New"), tr("There already")], rows)


def _tell_templates(as_json: bool) -> None:
    known = phase_templates()
    if as_json:
        talk.data({"templates": [{"key": each.key, "name": each.label, **_numbers(each)} for each in known]})
        return
    rows = [[each.key, each.label, *(str(n) for n in _numbers(each).values())] for each in known]
    talk.table(
        [tr("Template"), tr("Industry"), tr("Phases"), tr("Milestones"), tr("Gates"), tr("Readiness criteria")], rows
    )


def _numbers(template: Any) -> dict[str, int]:  # Any: a template
    return {part: len(getattr(template, part)) for part in PARTS}


def readiness_pack(
    workspace: WorkspaceFile,
    project: ProjectCode,
    to: ToFile = None,
    issued: IssueIt = False,
    written_in: WrittenIn = "both",
    as_json: AsJson = False,
) -> None:
    """Write the readiness pack, issue it, or both."""

    def pack(opened: Workspace, language: Language) -> PaperAsked:
        owner = opened.project(project)
        return PaperAsked(
            lambda path: write_readiness_pack(opened, owner, path, language),
            lambda: issue_readiness_pack(opened, owner, language),
        )

    write_or_issue(workspace, to, issued, written_in, as_json, pack)
