"""Taking in what came, as one act that one undo takes back: transmittal, lines, receivers, revisions and files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy import select
from sqlalchemy.orm import Session

from handover.clock import today
from handover.errors import NotLawful, UnusableFile
from handover.exchange.transmittals.matching import MatchedLine
from handover.exchange.transmittals.opening import opened_parcel
from handover.exchange.transmittals.parcel import ParcelFile
from handover.exchange.transmittals.rehearsal import Rehearsed, rehearse
from handover.file_names import safe_name, shown_name
from handover.i18n import N_, tr
from handover.jobs import Progress, unattended
from handover.model import account, locks
from handover.model.attachment import Attachment
from handover.model.documents.document import Document
from handover.model.documents.revision import Revision
from handover.model.documents.transmittal import Recipient, Transmittal, TransmittalItem
from handover.model.people import Organisation, Person
from handover.model.picks.pick import Pick
from handover.model.project import Project
from handover.store.files.blobs import TakingIn
from handover.store.files.incoming_file import LARGEST, BytesHeard, Content
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace
from handover.values.cells import folded

_CHANGED = N_("“{name}” was written to while it was read. Choose it again once it is complete.")
_TAKE_IN = N_("Take in the transmittal {number}")


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What came of it: the transmittal, how many revisions and documents were added and files attached."""

    id: str
    ref: str
    lines: int
    revisions: int
    documents: int
    files: int


def take_in(
    workspace: Workspace,
    project: Project,
    run: Rehearsed,
    *,
    add_documents: bool = False,
    again: bool = False,
    progress: Progress = unattended,
) -> TakenIn:
    """Take in what a dry run showed.

    Args:
        add_documents: numbers that aren't in the register become documents; else they stay lines of the transmittal.
        again: also where a transmittal of that number was taken in before.

    Raises:
        NotLawful: it was taken in before.
        UnusableFile: a file was changed since the dry run.
        HandoverError: the disk is full. Cancelled: the user stopped it. Nothing was taken in.
    """
    if run.before and not again:
        raise NotLawful(N_("{number} was taken in already, as {ref}."), number=run.head.number, ref=run.before)
    good = [each.file for each in run.files.values() if each.wrong is None]
    heard = BytesHeard(progress, sum(file.size for file in good), tr("Keeping files"))
    with (
        workspace.blobs.taking_in() as taking,
        workspace.edit(_TAKE_IN, project=project.id, source="import",
                       number=run.head.number or run.parcel.name) as work,
    ):  # fmt: skip
        return _Taking(work, run, taking, heard, project.id).done(add_documents=add_documents, user=workspace.user)


def take_in_place(
    workspace: Workspace,
    project: Project,
    place: Path,
    shown: Rehearsed,
    *,
    add_documents: bool = False,
    again: bool = False,
    progress: Progress = unattended,
) -> TakenIn:
    """Take in what came, as it was shown before: what was changed meanwhile isn't taken. Raises as ``take_in``."""
    with opened_parcel(workspace, project, place, progress) as parcel:
        run = rehearse(workspace, project, parcel, progress)
        seen = {looked.file.name: looked.sha256 for looked in shown.files.values()}
        changed = next((f.file.name for f in run.files.values() if seen.get(f.file.name) != f.sha256), None)
        if changed is not None or run.head != shown.head or len(run.lines) != len(shown.lines):
            raise UnusableFile(N_("“{name}” was changed since you looked at it. Look at it again."),
                               name=shown_name(changed or place.name))  # fmt: skip
        return take_in(workspace, project, run, add_documents=add_documents, again=again, progress=progress)


class _Taking:
    """One act of taking in."""

    def __init__(self, work: UnitOfWork, run: Rehearsed, taking: TakingIn, heard: BytesHeard, project_id: str) -> None:
        self._work, self._run, self._taking, self._heard = work, run, taking, heard
        self._project = project_id
        self._session: Session = work.session
        self._names = _KnownParties(self._session, project_id)
        self._contents: dict[Path, Content] = {}
        self._made: dict[tuple[str, str], str] = {}
        self._documents: dict[str, str] = {}
        self.revisions = self.files = 0

    def done(self, *, add_documents: bool, user: str) -> TakenIn:
        """Do it all; the end of the act settles the rest."""
        work, head = self._work, self._run.head
        sender = self._names.find(head.sender)
        made = work.add(
            Transmittal(
                direction="in", external_no=head.number or None, status="draft",
                subject=head.subject or head.number or self._run.parcel.name[:300],
                purpose_id=self._names.purpose(head.purpose), sent_on=head.sent_on or today(),
                from_org_id=sender.organisation, sender_id=sender.person, notes=self._left_over(),
            )
        )  # fmt: skip
        linked = [(each, self._revision_of(each, add_documents=add_documents)) for each in self._run.lines]
        for each, revision in linked:
            line = each.line
            work.add(
                TransmittalItem(
                    transmittal_id=made.id, revision_id=revision, document_no=line.number or None,
                    title=line.title or (None if revision else line.number or line.place), code=line.code or None,
                    pages=line.pages, copies=line.copies, form="E" if line.files else None,
                )
            )  # fmt: skip
        for receiver in self._receivers(user):
            work.add(Recipient(transmittal_id=made.id, person_id=receiver.person,
                               organisation_id=None if receiver.person else receiver.organisation))  # fmt: skip
        for place, paper in enumerate(self._run.parcel.papers, 1):
            looked = self._run.files[paper.path]
            if looked.wrong is None:
                self._keep(Transmittal.__tablename__, made.id, paper, place, looked.sha256)
        made.status = "issued"
        return TakenIn(made.id, made.ref, len(linked), self.revisions, len(self._documents), self.files)

    def _revision_of(self, matched: MatchedLine, *, add_documents: bool) -> str | None:
        """The revision that a line is, added where it is new, with its files; None where it stays a line alone."""
        line = matched.line
        document = matched.document_id
        if matched.standing in ("older", "ambiguous") or (matched.standing == "unknown" and not add_documents):
            return None
        if matched.standing == "known":
            self._attach(matched.revision_id, matched, only_first=bool(matched.held))
            return matched.revision_id
        if not document:
            document = self._document(matched)
        key = document, line.code.casefold()
        if key not in self._made:
            sent_on = self._run.head.sent_on or today()
            row = self._work.add(
                Revision(document_id=document, code=line.code or None, revision_on=line.revision_on,
                         status="submitted", submitted_on=sent_on, pages=line.pages)
            )  # fmt: skip
            self.revisions += 1
            self._made[key] = row.id
        self._attach(self._made[key], matched)
        return self._made[key]

    def _document(self, matched: MatchedLine) -> str:
        line = matched.line
        key = folded(line.number or line.title)
        if key not in self._documents:
            row = self._work.add(Document(number=line.number or None, title=line.title or line.number))
            self._documents[key] = row.id
        return self._documents[key]

    def _attach(self, revision_id: str, matched: MatchedLine, *, only_first: bool = False) -> None:
        """Keep the files of a line with its revision; one that has a file keeps it."""
        if only_first:
            return
        owner = self._session.get(Revision, revision_id)
        for place, file in enumerate(matched.line.files, 1):
            looked = self._run.files[file.path]
            if looked.wrong is not None or (owner is not None and locks.of_part(owner)):
                continue
            self._keep(Revision.__tablename__, revision_id, file, place, looked.sha256)
            self.files += 1

    def _keep(self, table: str, owner_id: str, file: ParcelFile, place: int, sha256: str) -> None:
        """Keep a file with a row, if it still holds what it held in the dry run."""
        content = self._content(file)
        if content.sha256 != sha256:
            raise UnusableFile(_CHANGED, name=shown_name(file.name))
        self._work.add(
            Attachment(
                owner_table=table, owner_id=owner_id,
                name=safe_name(PurePosixPath(file.name.replace("\\", "/")).name, tr("File")),
                media_type=content.media_type, kept="stored", size=content.size, sha256=content.sha256,
                position=float(place),
            )
        )  # fmt: skip

    def _content(self, file: ParcelFile) -> Content:
        if file.path not in self._contents:
            self._contents[file.path] = self._taking.take(file.path, self._heard, LARGEST)
        return self._contents[file.path]

    def _receivers(self, user: str) -> Sequence[_Party]:
        """Those whom the head names and we know; else the user, who takes it in."""
        found = [party for name in self._run.head.receivers if (party := self._names.find(name)).known]
        found = list(dict.fromkeys(found))
        if not found and (person := account.person_of(self._session.connection(), self._project, user)) is not None:
            found = [_Party(person, None)]
        return found

    def _left_over(self) -> str | None:
        """What the head says and no field takes: senders and receivers whom nobody knows, a purpose of no list."""
        head = self._run.head
        said = []
        if head.sender and not self._names.find(head.sender).known:
            said.append(tr("From: {name}", name=head.sender))
        unknown = [name for name in head.receivers if not self._names.find(name).known]
        if unknown:
            said.append(tr("To: {name}", name=", ".join(unknown)))
        if head.purpose and self._names.purpose(head.purpose) is None:
            said.append(tr("Purpose: {text}", text=head.purpose))
        return "\n".join(said) or None


@dataclass(frozen=True, slots=True)
class _Party:
    """A person or a company by its key."""

    person: str | None = None
    organisation: str | None = None

    @property
    def known(self) -> bool:
        """Whether it is one of the project's."""
        return bool(self.person or self.organisation)


class _KnownParties:
    """The people and companies of a project by their names, and the purposes of its list. Nobody is made up."""

    def __init__(self, session: Session, project_id: str) -> None:
        here = (Person.project_id == project_id, Person.deleted_at.is_(None))
        self._people = {
            folded(name): _Party(key, organisation)
            for key, name, organisation in session.execute(
                select(Person.id, Person.name, Person.organisation_id).where(*here).order_by(Person.id.desc())
            )
        }
        firms = select(Organisation.id, Organisation.name).where(
            Organisation.project_id == project_id, Organisation.deleted_at.is_(None)
        )
        self._firms = {folded(name): _Party(None, key) for key, name in session.execute(firms)}
        entries = session.execute(
            select(Pick.id, Pick.code, Pick.en, Pick.zh).where(
                Pick.project_id == project_id, Pick.list == "document_purpose", Pick.deleted_at.is_(None)
            )
        )
        self._purposes: Mapping[str, str] = {
            folded(word): key
            for key, code, en, zh in entries
            for word in (code, en, zh, f"{code} {en}", f"{code} {zh}")
            if word
        }

    def find(self, name: str) -> _Party:
        """Whom a name means: the whole of it, or a part of it such as ``Anna Berg (Operations Ltd)``."""
        for said in (name, *_parts(name)):
            for known in (self._people, self._firms):
                if (party := known.get(folded(said))) is not None:
                    return party
        return _Party()

    def purpose(self, said: str) -> str | None:
        """The entry of the list that is meant."""
        if not said:
            return None
        return self._purposes.get(folded(said)) or self._purposes.get(folded(said.split(maxsplit=1)[0]))


def _parts(name: str) -> list[str]:
    for sign in "(（,，;；/)）":
        name = name.replace(sign, "\n")
    return [part.strip() for part in name.split("\n") if part.strip()]
