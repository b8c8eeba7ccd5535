"""The sample's documents as they came: older revisions with their reviews and files, then the ones in force.

What belongs to a revision can't be added once it is accepted or superseded, so that everything comes in in its order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import select

from handover.jobs import Progress, step
from handover.model.documents.document import Document
from handover.model.documents.revising import SHOWN
from handover.model.documents.revision import Revision
from handover.registers.catalogue import register
from handover.registers.declare import Field
from handover.registers.files import attachments
from handover.sample.files import file_list
from handover.sample.filling import SampleFilling, Texts, Values
from handover.sample.papers import Papers

#: What a document shows of its revision: the fields of both.
_SHOWN = {attr.removesuffix("_id"): ours.removesuffix("_id") for attr, ours in SHOWN.items()}
#: Whoever accepts a revision does so after everything else.
_LAST = ("status", "accepted_on")


def load_documents(filling: SampleFilling, later: frozenset[str], progress: Progress) -> None:
    """Add the documents with their revisions, reviews, comments and files."""
    documents, revisions = register("documents"), register("revisions")
    parts = {key: filling.texts(register(key)) for key in ("reviews", "comments")}
    files = file_list(filling.language)
    older = _by_document(filling.texts(revisions))
    told = {_number(said) for rows in parts.values() for row in rows for said in _named(row)}
    told |= {_number(said) for said, _ in files} | older.keys()
    rows = filling.texts(documents)
    whole = filling.values(rows, later)
    slow = {n for n, row in enumerate(whole) if row.get("number") in told}
    keys = filling.add(documents, [_without_shown(row) if n in slow else row for n, row in enumerate(whole)])
    story = _Story(filling, parts, files)
    for wave in range(max(map(len, older.values()), default=0)):
        story.tell(filling.values([each[wave] for each in older.values() if len(each) > wave]))
    step(progress, 0, 0, revisions.label)
    story.tell([{"document": keys[n], **_shown(whole[n])} for n in sorted(slow)])


class _Story:
    """Revisions with what belongs to them, in the order in which they came."""

    def __init__(
        self, filling: SampleFilling, parts: dict[str, list[dict[Field, str]]], files: list[tuple[str, str]]
    ) -> None:
        self._filling, self._parts, self._files = filling, parts, files

    def tell(self, rows: Sequence[Values]) -> None:
        """Add revisions, what belongs to them, and then have accepted what is."""
        filling, revisions = self._filling, register("revisions")
        accepted = [row["status"] == "accepted" for row in rows]
        first = [{**row, "status": "issued"} if done else row for row, done in zip(rows, accepted, strict=True)]
        coming = [{k: v for k, v in row.items() if not done or k != "accepted_on"}
                  for row, done in zip(first, accepted, strict=True)]  # fmt: skip
        keys = filling.add(revisions, coming)
        here = self._names(keys)
        for key, texts in self._parts.items():
            of_these = [row for row in texts if any(said in here for said in _named(row))]
            filling.add(register(key), filling.values(of_these))
        self._attach(here)
        late = {key: {attr: row[attr] for attr in _LAST if attr in row}
                for key, row, done in zip(keys, rows, accepted, strict=True) if done}  # fmt: skip
        filling.change(revisions, late)

    def _names(self, keys: Sequence[str]) -> dict[str, str]:
        """The revisions by number and code."""
        of_document = Document.id == Revision.document_id
        wanted = select(Document.number, Revision.code, Revision.id).join(Document, of_document)
        with self._filling.workspace.read() as connection:
            found = connection.execute(wanted.where(Revision.id.in_(keys)))
            return {f"{number} {code}": key for number, code, key in found}

    def _attach(self, here: dict[str, str]) -> None:
        wanted = [(said, kind) for said, kind in self._files if said in here]
        if not wanted:
            return
        filling = self._filling
        with TemporaryDirectory(prefix="handover-sample-") as folder:
            papers = Papers(filling, Path(folder))
            made = [(here[said], papers.write(here[said], kind)) for said, kind in wanted]
            attachments.attach(filling.workspace, register("revisions"), filling.project_id, made, source="import")


def _by_document(rows: Iterable[dict[Field, str]]) -> dict[str, list[dict[Field, str]]]:
    found: dict[str, list[dict[Field, str]]] = {}
    for row in rows:
        found.setdefault(next(text for field, text in row.items() if field.field == "document"), []).append(row)
    return found


def _named(row: Texts) -> list[str]:
    """The revision that a row belongs to."""
    return [text for field, text in row.items() if field.field == "revision"]


def _number(said: str) -> str:
    """The number of the document of ``NUMBER CODE``."""
    return said.rpartition(" ")[0]


def _without_shown(row: Values) -> Values:
    return {field: value for field, value in row.items() if field not in _SHOWN}


def _shown(row: Values) -> Values:
    return {ours: row[field] for field, ours in _SHOWN.items() if row.get(field) is not None}
