"""The questions of an interview: what is asked about every item, and what its subject and kind add."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Select, select

from handover.clock import today
from handover.errors import NotFound, NotValid
from handover.i18n import N_, tr
from handover.model.knowledge.holder import KnowledgeHolder
from handover.model.knowledge.item import KnowledgeItem
from handover.model.people import Person
from handover.model.system import System
from handover.store.workspace import Workspace

#: How the keys of the sheets begin on which the questions about an item stand in a workbook; its reference follows.
ASKED_SHEET = "questions-"
#: Of every item.
_ALWAYS = {
    "what": N_("What is it, in two or three sentences?"),
    "when": N_("When is it needed: in which situation, and how often?"),
    "how": N_("How is it done, step by step? What is easily forgotten?"),
    "wrong": N_("What goes wrong, what are the first signs, and what helps then?"),
    "call": N_("Whom to call when it goes on: name, company, number?"),
    "written": N_("Where is it written down, and what is missing there?"),
}
_OF_SUBJECT: Mapping[str, Mapping[str, str]] = {
    "operate": {
        "well": N_("By which values, sounds or pictures do you see that it runs well?"),
        "limits": N_("Which limits must never be passed, and what happens then?"),
    },
    "maintain": {
        "tools": N_("Which tools, parts and settings are needed?"),
        "wears": N_("What wears first, and how do you notice?"),
    },
    "diagnose": {
        "order": N_("In which order do you look for the fault, and what do you rule out first?"),
        "misleads": N_("Which alarms or readings mislead?"),
    },
    "configure": {
        "settings": N_("Which settings were changed, from what to what, and why?"),
        "back": N_("How do you get back to the former settings?"),
    },
    "whom_to_call": {"agreed": N_("What is agreed with them: contract, response time, costs?")},
    "why_so": {
        "rejected": N_("What else was considered, and why was it rejected?"),
        "would_change": N_("What would have to happen for the decision to be another one?"),
    },
}
_OF_KIND: Mapping[str, Mapping[str, str]] = {
    "tacit": {"learnt": N_("Which case taught you most about it?")},
}


@dataclass(frozen=True, slots=True)
class AskedItem:
    """An item as it is asked about."""

    id: str
    ref: str
    title: str
    system: str
    about: str | None
    kind: str | None
    consequence: str
    description: str
    written: str

    def questions(self) -> dict[str, str]:
        """Its questions by key, as keys of the catalogue, in the order in which they are asked."""
        return {
            **{key: _ALWAYS[key] for key in ("what", "when", "how")},
            **_OF_SUBJECT.get(self.about or "", {}),
            **{key: _ALWAYS[key] for key in ("wrong", "call", "written")},
            **_OF_KIND.get(self.kind or "", {}),
        }


@dataclass(frozen=True, slots=True)
class Interview:
    """Somebody with the open items that he or she holds, those first that are lost first."""

    person: str
    ref: str
    name: str
    post: str
    leaves_in: int | None
    items: tuple[AskedItem, ...]


def interview_of(connection: Connection, project_id: str, person_id: str) -> Interview:
    """The interview of a holder. Raises NotFound where he or she holds nothing that is open."""
    found = connection.execute(
        select(Person.ref, Person.name, Person.post, Person.leaves_on).where(Person.id == person_id)
    ).one()
    held = select(KnowledgeHolder.item_id).where(
        KnowledgeHolder.person_id == person_id, KnowledgeHolder.deleted_at.is_(None)
    )
    items = tuple(_items(connection, project_id, held))
    if not items:
        raise NotFound(N_("{name} holds no open knowledge item: there is nothing to ask about."), name=found.name)
    days = (found.leaves_on - today()).days if found.leaves_on is not None else None
    return Interview(person_id, found.ref, found.name, found.post or "", days, items)


def asked_item(connection: Connection, item_id: str) -> AskedItem:
    """One item as it is asked about."""
    row = connection.execute(_columns().where(KnowledgeItem.id == item_id)).one()
    return _asked(tuple(row))


def answered(item: AskedItem, answers: Mapping[str, str]) -> str:
    """The answers as the text of a description, below what stands there already; empty ones leave no trace, and those
    that stand there come once.

    Args:
        answers: by the keys of the questions.
    """
    asked = item.questions()
    given = [f"{tr(asked[key])}\n{answers[key].strip()}" for key in asked if answers.get(key, "").strip()]
    new = [each for each in given if each not in item.description]
    return "\n\n".join((*((item.description,) if item.description else ()), *new))


def note_answers(workspace: Workspace, project_id: str, item_id: str, answers: Mapping[str, str]) -> None:
    """Write the answers of an interview into the description of an item, in one act.

    Raises:
        NotValid: nothing was answered.
        NotLawful, Refused: the item is verified or accepted, and so locked.
    """
    with workspace.read() as connection:
        item = asked_item(connection, item_id)
    if not any(text.strip() for text in answers.values()):
        raise NotValid(N_("Answer one of the questions at least."))
    with workspace.edit(N_("Note the answers about {ref}"), project=project_id, ref=item.ref) as work:
        work.get(KnowledgeItem, item_id).description = answered(item, answers)


def _items(
    connection: Connection, project_id: str, held: Select[Any]
) -> Iterator[AskedItem]:  # Any: a selection of keys
    query = _columns().where(
        KnowledgeItem.project_id == project_id, KnowledgeItem.deleted_at.is_(None), KnowledgeItem.open(),
        KnowledgeItem.id.in_(held),
    ).order_by(KnowledgeItem.loss_risk.is_(None), KnowledgeItem.loss_risk.desc(), KnowledgeItem.id)  # fmt: skip
    for row in connection.execute(query):
        yield _asked(tuple(row))


def _columns() -> Select[*tuple[Any, ...]]:  # Any: the nine columns of an item as it is asked about
    i = KnowledgeItem
    return select(
        i.id, i.ref, i.title, System.code, i.about, i.kind, i.consequence, i.description, i.written
    ).outerjoin(System, System.id == i.system_id)


def _asked(row: tuple[str | None, ...]) -> AskedItem:
    key, ref, title, system, about, kind, *texts = row
    return AskedItem(key or "", ref or "", title or "", system or "", about, kind, *(text or "" for text in texts))
