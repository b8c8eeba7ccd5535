"""The guide of an interview with a holder: what is asked about each of his or her items, with room for the answers.

It is printed and filled in by hand; the answers are typed back and become the first draft of the item's description.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from handover.i18n import N_
from handover.model.project import Project
from handover.pack.contents import single_outline
from handover.pack.issuing import Paper, issue
from handover.pack.knowing.signing_lines import signing_lines
from handover.pack.outline import Block, Fact, Facts, Note, PackOutline, Paragraph, Section, TableBlock, TableColumn
from handover.pack.single.by_ending import write_outline
from handover.registers.catalogue import paper as paper_of
from handover.registers.knowing.questions import ASKED_SHEET, AskedItem, Interview, interview_of
from handover.store.workspace import Workspace
from handover.values.print_forms import LONG
from handover.wording import Language, Text, said

KIND = "interview_guide"
_HOW = N_(
    "Ask in the holder's own words, let him or her show it at the plant where that is possible, and note names, values "
    "and places. Each item has its page; the answers are typed back into the item and become the first draft of its "
    "description."
)
#: Room for an answer, in lines.
_ROOM = "\n\u00a0" * 4


def interview_guide(workspace: Workspace, project: Project, person_id: str, language: Language) -> PackOutline:
    """The guide as an outline, a page for each item. Raises NotFound where the person holds nothing that is open."""
    with workspace.read() as connection:
        interview = interview_of(connection, project.id, person_id)
    first = Section("interview", said(N_("Interview guide")), tuple(_head(interview)))
    items = tuple(Section(f"item-{item.ref}", f"{item.ref} {item.title}", tuple(_item(item)), 1)
                  for item in interview.items)  # fmt: skip
    outline = single_outline(workspace, project, language, first, "KIG")
    return replace(outline, sections=(first, *items))


def write_guide(workspace: Workspace, project: Project, person_id: str, path: Path, language: Language) -> None:
    """Write the guide as a draft, as PDF or workbook. Raises NotValid for another ending."""
    write_outline(interview_guide(workspace, project, person_id, language), path)


def issue_guide(workspace: Workspace, project: Project, person_id: str, language: Language) -> Paper:
    """Issue the guide under its number. Raises as ``issuing``."""
    outline = interview_guide(workspace, project, person_id, language)
    return issue(workspace, project.id, outline, paper_of(KIND), about=("person", person_id))


def _head(interview: Interview) -> Iterator[Block]:
    facts = [
        Fact(said(N_("Holder")), f"{interview.ref} {interview.name}"),
        Fact(said(N_("Post")), interview.post),
        Fact(said(N_("Knowledge items")), str(len(interview.items))),
        Fact(said(N_("Interviewed by")), "\u00a0"),
        Fact(said(N_("Day and place")), "\u00a0"),
    ]
    yield Facts(tuple(fact for fact in facts if fact.value))
    yield Paragraph(said(_HOW))
    yield signing_lines([(interview.name, said(N_("Holder"))), ("\u00a0", said(N_("Interviewer")))])


def _item(item: AskedItem) -> Iterator[Block]:
    facts = [
        Fact(said(N_("System")), item.system),
        Fact(said(N_("Consequence of loss")), item.consequence),
        Fact(said(N_("What is written, and where")), item.written),
    ]
    told = tuple(fact for fact in facts if fact.value)
    if told:
        yield Facts(told, 1)
    if item.description:
        yield Note(said(N_("Known so far: {text}"), text=item.description))
    asked = [said(question) for question in item.questions().values()]
    title = f"{item.ref} {item.title}"
    question = TableColumn("question", said(N_("Question")), LONG, 1.2)
    answer = TableColumn("answer", said(N_("Answer")), LONG, 2.2)
    rows = tuple((Text(each.en + _ROOM, each.zh + _ROOM),) for each in asked)
    heading = replace(question, label=said(N_("Question and answer")))
    yield TableBlock(f"asked-{item.ref}", title, (heading,), rows, len(rows), place="print")
    blank = tuple((each, "") for each in asked)
    yield TableBlock(f"{ASKED_SHEET}{item.ref}", title, (question, answer), blank, len(blank), place="workbook")
