"""Transmittals that come in: as a workbook, a folder, an archive; hostile ones, too."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from handover.errors import HandoverError, NotLawful, UnusableFile
from handover.exchange.transmittals.opening import opened_parcel
from handover.exchange.transmittals.rehearsal import Rehearsed, rehearse
from handover.exchange.transmittals.taking_in import TakenIn, take_in
from handover.model import Document, Organisation, Person
from handover.model.attachment import Attachment
from handover.model.documents.revision import Revision
from handover.model.documents.transmittal import Recipient, Transmittal, TransmittalItem
from handover.store import Workspace, undo
from tests.exchange.trying import a_file, the_project

ROWS = [
    ["Document transmittal", None, None, None],
    ["Transmittal No.:", "QH-TR-0042", "Date:", dt.date(2026, 3, 5)],
    ["From:", "Nordlicht GmbH", "To:", "Anna Berg; Bob Unknown"],
    ["Purpose:", "For review", None, None],
    ["Document no.", "Title", "Revision", "Pages"],
    ["PL-001", "Layout", "B", 12],
    ["PL-002", "Diagram", "A", 3],
    ["PL-003", "Manual", "A", 90],
    ["XX-9", "Nobody knows", "0", 1],
]


@pytest.fixture
def site(workspace: Workspace) -> Workspace:
    """Three documents: one with revision A and one with A and B as of its files, one that never came."""
    project = the_project(workspace).id
    with workspace.edit("Rows", project=project) as work:
        work.add(Organisation(name="Nordlicht GmbH", side="project"))
        work.add(Person(name="Anna Berg", side="operations"))
        for number, code in (("PL-001", "A"), ("PL-002", "A"), ("PL-003", None)):
            made = work.add(Document(number=number, title=f"Paper {number}"))
            if code:
                work.add(Revision(document_id=made.id, code=code, status="submitted"))
    return workspace


def looked(workspace: Workspace, place: Path) -> Rehearsed:
    with opened_parcel(workspace, the_project(workspace), place) as parcel:
        return rehearse(workspace, the_project(workspace), parcel)


def taken(workspace: Workspace, place: Path, **options: bool) -> TakenIn:
    project = the_project(workspace)
    with opened_parcel(workspace, project, place) as parcel:
        return take_in(workspace, project, rehearse(workspace, project, parcel), **options)


def rows(workspace: Workspace, *columns: object) -> list[tuple[object, ...]]:
    with workspace.read() as connection:
        return [tuple(row) for row in connection.execute(select(*columns))]  # type: ignore[call-overload]  # columns


def standings(run: Rehearsed) -> dict[str, str]:
    return {each.line.number: each.standing for each in run.lines}


def a_folder(folder: Path, files: dict[str, bytes], sums: bool = True) -> Path:
    folder.mkdir(exist_ok=True)
    for name, held in files.items():
        (folder / name).write_bytes(held)
    if sums:
        said = "".join(f"{hashlib.sha256(held).hexdigest()}  {name}\n" for name, held in files.items())
        (folder / "SHA256SUMS").write_text(said, encoding="utf-8")
    return folder


def test_workbook_is_read_as_head_and_lines(site: Workspace, tmp_path: Path) -> None:
    run = looked(site, a_file(tmp_path, ROWS, "transmittal.xlsx"))

    assert (run.head.number, run.head.sent_on, run.head.sender) == (
        "QH-TR-0042", dt.date(2026, 3, 5), "Nordlicht GmbH",
    )  # fmt: skip
    assert run.head.receivers == ("Anna Berg", "Bob Unknown")
    assert standings(run) == {"PL-001": "newer", "PL-002": "known", "PL-003": "new", "XX-9": "unknown"}
    assert rows(site, Transmittal.id) == []


def test_workbook_is_taken_in_as_one_act(site: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, ROWS, "transmittal.xlsx")

    done = taken(site, path)

    assert (done.lines, done.revisions, done.documents) == (4, 2, 0)
    ((external, direction, status, notes),) = rows(
        site, Transmittal.external_no, Transmittal.direction, Transmittal.status, Transmittal.notes
    )
    assert (external, direction, status) == ("QH-TR-0042", "in", "issued")
    assert "Bob Unknown" in str(notes)
    assert sorted(rows(site, TransmittalItem.document_no, TransmittalItem.code, TransmittalItem.pages)) == [
        ("PL-001", "B", 12), ("PL-002", "A", None), ("PL-003", "A", 90), ("XX-9", "0", 1),
    ]  # fmt: skip
    assert rows(site, Recipient.notified_on) == [(dt.date(2026, 3, 5),)]
    shown = dict(rows(site, Document.number, Document.revision))
    assert shown == {"PL-001": "B", "PL-002": "A", "PL-003": "A"}
    assert [name for (name,) in rows(site, Attachment.name)] == ["transmittal.xlsx"]

    undo(site)
    assert all(deleted for (deleted,) in rows(site, Transmittal.deleted_at) + rows(site, Attachment.deleted_at))
    assert dict(rows(site, Document.number, Document.revision)) == {"PL-001": "A", "PL-002": "A", "PL-003": None}


def test_unknown_numbers_become_documents_where_they_are_wanted(site: Workspace, tmp_path: Path) -> None:
    done = taken(site, a_file(tmp_path, ROWS), add_documents=True)
    assert done.documents == 1
    assert ("XX-9", "Nobody knows", "0") in rows(site, Document.number, Document.title, Document.revision)


def test_transmittal_is_taken_in_once(site: Workspace, tmp_path: Path) -> None:
    path = a_file(tmp_path, ROWS)
    taken(site, path)
    with pytest.raises(NotLawful):
        taken(site, path)
    taken(site, path, again=True)


def test_folder_of_files_is_matched_by_their_names(site: Workspace, tmp_path: Path) -> None:
    files = {"PL-001 Rev B layout.pdf": b"%PDF-b", "PL-002_A.pdf": b"%PDF-a", "holiday.jpg": b"\xff\xd8"}

    place = a_folder(tmp_path / "came", files)
    run = looked(site, place)

    assert standings(run) == {"PL-001": "newer", "PL-002": "known"}
    assert [file.name for file in run.parcel.loose] == ["holiday.jpg"]
    done = taken(site, place)
    assert (done.revisions, done.files) == (1, 2)
    assert sorted(rows(site, Attachment.name, Attachment.sha256)) == [
        ("PL-001 Rev B layout.pdf", hashlib.sha256(b"%PDF-b").hexdigest()),
        ("PL-002_A.pdf", hashlib.sha256(b"%PDF-a").hexdigest()),
    ]


def test_file_that_is_not_what_was_sent_is_left_out_and_told(site: Workspace, tmp_path: Path) -> None:
    place = a_folder(tmp_path / "came", {"PL-001 B.pdf": b"%PDF-b", "PL-003 A.pdf": b"%PDF-c"})
    (place / "PL-001 B.pdf").write_bytes(b"%PDF-changed")

    run = looked(site, place)

    assert [each.file.name for each in run.wrong] == ["PL-001 B.pdf"]
    assert "its checksum is another" in run.said_of(run.lines[0])[0]
    assert taken(site, place).files == 1


def test_list_among_the_files_says_what_they_are(site: Workspace, tmp_path: Path) -> None:
    place = a_folder(tmp_path / "came", {"PL-001.pdf": b"%PDF-b", "PL-003_A.pdf": b"%PDF-c"}, sums=False)
    a_file(place, ROWS, "list.xlsx")

    run = looked(site, place)

    assert run.head.number == "QH-TR-0042"
    assert {each.line.number: len(each.line.files) for each in run.lines} == {
        "PL-001": 1, "PL-002": 0, "PL-003": 1, "XX-9": 0,
    }  # fmt: skip


def test_archive_that_leads_out_of_itself_is_held_in(site: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "came.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("PL-001 B.pdf", b"%PDF-b")
        packed.writestr("../PL-002 A.pdf", b"out")
        packed.writestr("/etc/PL-002 A.pdf", b"out")
        packed.writestr("sub/CON: PL-003|A.pdf", b"%PDF-c")
        entry = zipfile.ZipInfo("PL-002 B.pdf")
        entry.external_attr = (stat.S_IFLNK | 0o777) << 16
        packed.writestr(entry, "/etc/passwd")

    run = looked(site, path)

    assert standings(run) == {"PL-001": "newer", "PL-003": "new"}
    assert len(run.notices) == 3
    taken(site, path)
    assert sorted(name for (name,) in rows(site, Attachment.name)) == ["CON- PL-003-A.pdf", "PL-001 B.pdf"]
    assert not (tmp_path.parent / "PL-002 A.pdf").exists()


def test_archive_with_names_in_gbk_is_held_against_its_checksums(site: Workspace, tmp_path: Path) -> None:
    path, held = tmp_path / "came.zip", b"%PDF-b"
    sums = f"{hashlib.sha256(held).hexdigest()}  PL-001 B 布置图.pdf\n"
    with zipfile.ZipFile(path, "w") as packed:
        entry = zipfile.ZipInfo("PL-001 B xxxxxx.pdf")
        packed.writestr(entry, held)
        packed.writestr("SHA256SUMS", sums.encode())
    raw = path.read_bytes()
    path.write_bytes(raw.replace(b"xxxxxx", "布置图".encode("gb18030")))

    run = looked(site, path)

    assert [file.name for file in run.lines[0].line.files] == ["PL-001 B 布置图.pdf"]
    assert run.wrong == [] == list(run.notices)


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_link_out_of_the_folder_is_not_followed(site: Workspace, tmp_path: Path) -> None:
    (tmp_path / "secret.pdf").write_bytes(b"secret")
    (tmp_path / "outside").mkdir()
    place = a_folder(tmp_path / "came", {"PL-001 B.pdf": b"%PDF-b"})
    (place / "PL-002 B.pdf").symlink_to(tmp_path / "secret.pdf")
    (place / "more").symlink_to(tmp_path / "outside")

    run = looked(site, place)

    assert standings(run) == {"PL-001": "newer"}
    assert {str(each).split("”")[0] for each in run.notices} == {"“PL-002 B.pdf", "“more"}


@pytest.mark.skipif(os.name == "nt", reason="files with holes")
def test_file_of_five_gigabytes_is_left_out_without_reading_it(site: Workspace, tmp_path: Path) -> None:
    place = a_folder(tmp_path / "came", {"PL-001 B.pdf": b"%PDF-b"}, sums=False)
    with (place / "PL-003 A.pdf").open("wb") as file:
        file.truncate(5_000_000_000)

    run = looked(site, place)

    assert [each.file.name for each in run.wrong] == ["PL-003 A.pdf"]
    assert taken(site, place).files == 1


def test_file_that_changes_between_looking_and_taking_stops_it(site: Workspace, tmp_path: Path) -> None:
    place = a_folder(tmp_path / "came", {"PL-001 B.pdf": b"%PDF-b"}, sums=False)
    project = the_project(site)
    with opened_parcel(site, project, place) as parcel:
        run = rehearse(site, project, parcel)
        (place / "PL-001 B.pdf").write_bytes(b"%PDF-other")
        with pytest.raises(UnusableFile, match="written to"):
            take_in(site, project, run)
    assert rows(site, Transmittal.id) == rows(site, Attachment.id) == []


def test_number_of_two_documents_stays_a_line_alone(site: Workspace, tmp_path: Path) -> None:
    with site.edit("Rows", project=the_project(site).id) as work:
        work.add(Document(number="pl-001", title="Another"))

    run = looked(site, a_file(tmp_path, ROWS))

    assert standings(run)["PL-001"] == "ambiguous"
    assert "DOC-0001, DOC-0004" in run.said_of(run.lines[0])[0]
    taken(site, a_file(tmp_path, ROWS))
    assert ("PL-001", None) in rows(site, TransmittalItem.document_no, TransmittalItem.revision_id)


def test_number_of_its_originator_is_known(site: Workspace, tmp_path: Path) -> None:
    with site.edit("Theirs", project=the_project(site).id) as work:
        work.add(Document(title="Gearbox", number="PL-009", originator_no="XX-9"))
    run = looked(site, a_file(tmp_path, ROWS))
    assert standings(run)["XX-9"] == "new"


def test_older_revision_does_not_take_the_place_of_the_newer(site: Workspace, tmp_path: Path) -> None:
    with site.edit("Rows", project=the_project(site).id) as work:
        for (key,) in rows(site, Document.id):
            work.add(Revision(document_id=key, code="C", status="submitted"))

    taken(site, a_file(tmp_path, ROWS))

    assert set(rows(site, Document.revision)) == {("C",)}


@pytest.mark.parametrize("held", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_what_is_no_archive_is_refused_in_words(site: Workspace, tmp_path: Path, held: bytes) -> None:
    path = tmp_path / "came.zip"
    path.write_bytes(held)
    with pytest.raises(HandoverError) as refused:
        looked(site, path)
    assert "came.zip" in str(refused.value)


def test_damaged_list_of_ours_is_refused_in_words(site: Workspace, tmp_path: Path) -> None:
    place = a_folder(tmp_path / "came", {"PL-001 B.pdf": b"%PDF-b", "transmittal.json": b"{"})
    with pytest.raises(UnusableFile, match="damaged"):
        looked(site, place)
    (place / "transmittal.json").write_text(json.dumps({"items": [1, {"files": [2, "../x"]}], "to": 3}))
    assert standings(looked(site, place)) == {"PL-001": "newer"}
