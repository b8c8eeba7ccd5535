"""What taking in would do, or did, told as sentences and as data for scripts."""

from __future__ import annotations

from collections.abc import Iterator

from handover.exchange.transmittals.rehearsal import Rehearsed
from handover.exchange.transmittals.taking_in import TakenIn
from handover.file_names import shown_name
from handover.i18n import tr, trn

#: The shape of ``as_data``.
SHAPE = (
    '{"transmittal":{"number","sent_on","subject","purpose","from","to":[]},"counts":{STANDING:n},"lines":[{"place",'
    '"number","revision","title","standing","document","current","files":[{"name","sha256","ok"}],"said":[]}],'
    '"loose":[],"notices":[],"before","taken":{"ref","lines","revisions","documents","files"}|null}'
)


def as_data(run: Rehearsed, taken: TakenIn | None = None) -> dict[str, object]:
    """A dry run, with what came of it, as plain data."""
    head = run.head
    return {
        "transmittal": {
            "number": head.number,
            "sent_on": head.sent_on.isoformat() if head.sent_on else None,
            "subject": head.subject,
            "purpose": head.purpose,
            "from": head.sender,
            "to": list(head.receivers),
        },
        "counts": run.counts,
        "lines": [
            {
                "place": each.line.place,
                "number": each.line.number,
                "revision": each.line.code,
                "title": each.line.title,
                "standing": each.standing,
                "document": each.document_ref,
                "current": each.current,
                "files": [
                    {"name": file.name, "sha256": run.files[file.path].sha256, "ok": run.files[file.path].wrong is None}
                    for file in each.line.files
                ],
                "said": run.said_of(each),
            }
            for each in run.lines
        ],
        "loose": [file.name for file in run.parcel.loose],
        "notices": [str(each) for each in run.notices],
        "before": run.before,
        "taken": None if taken is None else {name: getattr(taken, name)
                                             for name in ("ref", "lines", "revisions", "documents", "files")},
    }  # fmt: skip


def head_said(run: Rehearsed) -> str:
    """The head in a line."""
    head = run.head
    said = [
        head.number,
        head.sent_on.isoformat() if head.sent_on else "",
        tr("From: {name}", name=head.sender) if head.sender else "",
        tr("To: {name}", name=", ".join(head.receivers)) if head.receivers else "",
        tr("Purpose: {text}", text=head.purpose) if head.purpose else "",
        head.subject,
    ]
    return tr("; ").join(part for part in said if part) or tr("Nothing says which transmittal it is.")


def notices_said(run: Rehearsed) -> Iterator[str]:
    """What is to be told of the whole."""
    if run.before:
        yield tr("{number} was taken in already, as {ref}.", number=run.head.number, ref=run.before)
    yield from map(str, run.notices)
    if loose := run.parcel.loose:
        yield trn("{n} file belongs to no line: {names}.", "{n} files belong to no line: {names}.", len(loose),
                  names=", ".join(shown_name(file.name) for file in loose[:5]))  # fmt: skip


def taken_said(taken: TakenIn) -> str:
    """What came of it."""
    said = [trn("{ref} is taken in with {n} line.", "{ref} is taken in with {n} lines.", taken.lines, ref=taken.ref)]
    if taken.documents:
        said.append(trn("{n} document was added.", "{n} documents were added.", taken.documents))
    said.append(trn("{n} revision was added.", "{n} revisions were added.", taken.revisions))
    said.append(trn("{n} file was attached.", "{n} files were attached.", taken.files))
    return " ".join(said)
