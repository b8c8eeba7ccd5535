"""What can be done with the rows of knowledge: plan, invite, print, type back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from handover.exchange.importing.filled_papers import take_answers, take_results
from handover.i18n import tr
from handover.registers import query
from handover.registers.catalogue import register as register_of
from handover.registers.declare import Register
from ui.chapters.knowing.answers import AnswersDialog
from ui.chapters.knowing.coming_home import Take, choose_filled
from ui.chapters.knowing.forms import PlanSessionForm, type_sheets_back
from ui.chapters.knowing.invite import SessionInviteDialog
from ui.chapters.knowing.papers import ask_paper, guide_paper, plan_paper, sheet_paper
from ui.register.own_acts import OwnAct
from ui.shell.page import Context

Run = Callable[[Sequence[str], QWidget], object]


def knowledge_acts(context: Context, register: Register) -> list[OwnAct]:
    """The acts of a register of knowledge, in the order of the buttons."""
    return _ACTS[register.key](context) if register.key in _ACTS else []


def person_acts(context: Context) -> list[OwnAct]:
    """What can be printed about somebody's knowledge."""
    return [
        OwnAct(tr("Transfer plan of a person…"), "file-text",
               _one(context, lambda key, over: ask_paper(context, lambda: plan_paper(context, "person", key), over)),
               writes=False),
        OwnAct(tr("Interview guide…"), "printer",
               _one(context, lambda key, over: ask_paper(context, lambda: guide_paper(context, key), over)),
               writes=False),
    ]  # fmt: skip


def system_act(context: Context) -> OwnAct:
    """The transfer plan of a system."""
    return OwnAct(
        tr("Transfer plan of a system…"), "graduation-cap",
        _one(context, lambda key, over: ask_paper(context, lambda: plan_paper(context, "system", key), over)),
        writes=False,
    )  # fmt: skip


def _of_items(context: Context) -> list[OwnAct]:
    def plan(key: str, over: QWidget) -> None:
        PlanSessionForm(context, key, over.window(), done=lambda row: context.open_row("sessions", row)).open()

    return [
        OwnAct(tr("Plan a session…"), "calendar-days", _one(context, plan)),
        OwnAct(tr("Answers of an interview…"), "messages-square",
               _one(context, lambda key, over: AnswersDialog(context, key, over.window()).open())),
        _home(context, tr("Answers from a workbook…"), take_answers),
        OwnAct(tr("Knowledge-transfer plan…"), "file-text",
               lambda _ids, over: ask_paper(context, lambda: plan_paper(context), over), writes=False, of_rows=False),
    ]  # fmt: skip


def _of_holders(context: Context) -> list[OwnAct]:
    def of_person(run: Callable[[str, QWidget], object]) -> Run:
        def with_person(key: str, over: QWidget) -> None:
            with context.workspace.read() as connection:
                holders = register_of("holders")
                row = query.one(connection, holders, key)
            person = next(v for f, v in zip(holders.fields, row.values, strict=False) if f.field == "person")
            run(person.id, over)

        return _one(context, with_person)

    return [
        OwnAct(tr("Interview guide…"), "printer",
               of_person(lambda key, over: ask_paper(context, lambda: guide_paper(context, key), over)), writes=False),
        OwnAct(tr("Transfer plan of a person…"), "file-text",
               of_person(lambda key, over: ask_paper(context, lambda: plan_paper(context, "person", key), over)),
               writes=False),
    ]  # fmt: skip


def _of_receivers(context: Context) -> list[OwnAct]:
    def sheets(ids: Sequence[str], over: QWidget) -> None:
        if ids:
            ask_paper(context, lambda: sheet_paper(ids), over)
        else:
            context.tell(tr("Choose the receivers who are to be verified."))

    return [
        OwnAct(tr("Verification sheets…"), "printer",
               sheets, writes=False),
        OwnAct(tr("Type sheets back…"), "shield-check", lambda ids, over: type_sheets_back(context, ids, over)),
        _home(context, tr("Sheets from a workbook…"), take_results),
    ]  # fmt: skip


def _home(context: Context, name: str, take: Take) -> OwnAct:
    """A paper that was filled in as a workbook comes home."""
    return OwnAct(name, "upload", lambda _ids, over: choose_filled(context, take, name, over), of_rows=False)


def _of_sessions(context: Context) -> list[OwnAct]:
    def invite(ids: Sequence[str], over: QWidget) -> None:
        if ids:
            SessionInviteDialog(context, ids, over.window()).open()
        else:
            context.tell(tr("Choose the sessions to which you invite."))

    return [OwnAct(tr("Invite…"), "calendar-check", invite)]


_ACTS: dict[str, Callable[[Context], list[OwnAct]]] = {
    "knowledge": _of_items,
    "holders": _of_holders,
    "receivers": _of_receivers,
    "sessions": _of_sessions,
}


def _one(context: Context, run: Callable[[str, QWidget], object]) -> Run:
    """An act on one row alone."""

    def of_rows(ids: Sequence[str], over: QWidget) -> None:
        if len(ids) == 1:
            run(ids[0], over)
        else:
            context.tell(tr("Choose one row."))

    return of_rows
