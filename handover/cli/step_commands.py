"""The command that takes a step of a row's lifecycle."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer
from sqlalchemy import Connection

from handover.cli import talk
from handover.cli.arguments import AsJson
from handover.cli.at_work import at_work
from handover.cli.exits import FINDINGS
from handover.errors import NotFound, NotValid, Refused
from handover.i18n import N_, tr
from handover.model.lifecycle import Step
from handover.pack import paper_steps
from handover.registers import catalogue, entry
from handover.registers.acts import taking
from handover.registers.declare import Register


def register_with(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command(
        "do",
        context_settings={"allow_extra_args": True, "ignore_unknown_options": True},
        help=tr(
            "Take a step of a row, such as: do site.handover DOC-0001 submit --project P-01 --submitted-on 2026-03-05. "
            "Exit code 1 and every reason where it is refused. With --steps REGISTER: the steps and what each asks. "
            "JSON: {shape}.",
            shape='{"refs","step","state","refused":[{"reason","field","rows"}]}',
        ),
    )(do)


def do(
    context: typer.Context,
    workspace: Annotated[Path | None, typer.Argument(help=tr("The workspace."), metavar="WORKSPACE")] = None,
    ref: Annotated[str, typer.Argument(help=tr("The reference of the row."), metavar="REF")] = "",
    step: Annotated[str, typer.Argument(help=tr("The key of the step."), metavar="STEP")] = "",
    project: Annotated[str, typer.Option("--project", help=tr("The code of the project."), metavar="CODE")] = "",
    steps: Annotated[str, typer.Option("--steps", help=tr("List the steps of a register."), metavar="REGISTER")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=tr("Only say what would happen."))] = False,
    as_json: AsJson = False,
) -> None:
    """Take a step of a row's lifecycle."""
    if steps:
        _list(catalogue.register(steps), as_json)
        return
    if workspace is None or not (ref and step and project):
        raise NotValid(N_("Name the workspace, the row, the step and the project: do FILE REF STEP --project CODE."))
    with at_work(workspace) as opened:
        owner = opened.project(project)
        with opened.read() as connection:
            register, key = taking.row_of(connection, owner.id, ref)
            wanted = taking.step_of(register, step)
            answers = _answers(connection, owner.id, register, wanted, context.args)
        try:
            done = paper_steps.take(opened, register, owner.id, [key], wanted, answers, source="cli", dry_run=dry_run)
        except Refused as error:
            _refuse(error, ref, wanted, as_json)
            raise typer.Exit(FINDINGS) from None
    if as_json:
        talk.data({"refs": list(done.refs), "step": wanted.key, "state": done.code, "refused": []})
    elif dry_run:
        talk.line(tr("{ref} would be “{state}”. Nothing was stored.", ref=ref.upper(), state=done.state))
    else:
        talk.line(tr("{ref} is now “{state}”.", ref=ref.upper(), state=done.state))


def _answers(
    connection: Connection, project_id: str, register: Register, step: Step, words: list[str]
) -> dict[str, Any]:  # Any: what fields hold
    """The fields given as ``--cleared-on 2026-03-05`` or ``--cleared-on=2026-03-05``; ``--by`` and ``--on`` for those
    that say who took the step and when."""
    answers: dict[str, Any] = {}
    asked = {each.field: each for each in taking.asked(register, step)}
    left = list(words)
    while left:
        word = left.pop(0)
        if not word.startswith("--"):
            raise NotValid(N_("“{text}” is no field. Write --field value."), text=word)
        name, has_value, text = word[2:].partition("=")
        field = {"by": step.by, "on": step.on}.get(name) or name.replace("-", "_")
        if field not in asked:
            known = ", ".join(f"--{each.replace('_', '-')}" for each in asked) or "–"
            raise NotFound(
                N_("“{step}” doesn't take {field}. It takes: {fields}."), step=step, field=word, fields=known
            )
        if not has_value:
            if not left:
                raise NotValid(N_("{field} needs a value."), field=word)
            text = left.pop(0)
        answers[field] = entry.parse(connection, project_id, asked[field], text)
    return answers


def _refuse(error: Refused, ref: str, step: Step, as_json: bool) -> None:
    if as_json:
        refused = [{"reason": str(r), "field": r.field, "rows": [key for _, key in r.rows]} for r in error.reasons]
        talk.data({"refs": [ref.upper()], "step": step.key, "state": None, "refused": refused})
        return
    talk.aside(tr("{ref} was left as it is:", ref=ref.upper()))
    for reason in error.reasons:
        talk.aside(f"- {reason}")


def _list(register: Register, as_json: bool) -> None:
    life = taking.lifecycle(register)
    if life is None:
        raise NotFound(N_("{register} has no steps."), register=register.label)
    if as_json:
        talk.data([_described(each) for each in life.steps])
        return
    headings = [tr("Step"), tr("Name"), tr("From"), tr("To"), tr("Asks"), tr("Can be given")]
    rows = [
        [
            each.key,
            each.label,
            ", ".join(life.label(state) for state in each.source),
            life.label(each.target),
            ", ".join(each.asks),
            ", ".join(field for field in each.given if field not in each.asks),
        ]
        for each in life.steps
    ]
    talk.table(headings, rows)


def _described(step: Step) -> dict[str, object]:
    return {
        "step": step.key,
        "name": step.label,
        "from": list(step.source),
        "to": step.target,
        "asks": list(step.asks),
        "takes": [field for field in step.given if field not in step.asks],
        "by": step.by or None,
        "on": step.on or None,
        "not_by": list(step.by_other_than),
        "wipes": list(step.wipes),
    }
