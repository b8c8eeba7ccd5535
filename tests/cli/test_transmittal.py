"""From a draft to a folder that the other side checks, by the command line alone."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from zipfile import ZipFile

import pytest

from handover.model import Document, Person
from handover.model.documents.revision import Revision
from handover.model.documents.transmittal import Recipient, Transmittal, TransmittalItem
from handover.pack.proof.verify import verify
from handover.registers.catalogue import register
from handover.registers.files.attachments import attach
from tests.cli.conftest import Run
from tests.domain import a_project, a_workspace


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A workspace with a draft of two documents, the first with a file, to two people."""
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        with workspace.edit("Rows", project=project) as work:
            people = [work.add(Person(name=name)) for name in ("Anna Berg", "赵海龙")]
            sent = work.add(Transmittal(subject="Manuals: body line"))
            revisions = []
            for number in ("D-1", "D/2"):
                document = work.add(Document(title="Manual", number=number))
                revisions.append(work.add(Revision(document_id=document.id, code="A")))
                work.add(TransmittalItem(transmittal_id=sent.id, revision_id=revisions[-1].id))
            for person in people:
                work.add(Recipient(transmittal_id=sent.id, person_id=person.id))
        (tmp_path / "manual.txt").write_text("torque", encoding="utf-8")
        attach(workspace, register("revisions"), project, [(revisions[0].id, tmp_path / "manual.txt")])
        return workspace.path


def test_transmittal_goes_from_draft_to_acknowledged(run: Run, file: Path, tmp_path: Path) -> None:
    assert run("transmittal", file, "TRM-0001", "--project", "P1", "--to", tmp_path / "out")[0] == 2
    assert run("do", file, "TRM-0001", "issue", "--project", "P1")[0] == 0

    written = run("transmittal", file, "TRM-0001", "--project", "P1", "--to", tmp_path / "out", "--json")

    assert written[0] == 1
    told = json.loads(written[1])
    assert (told["number"], told["without_file"]) == ("P1-TR-0001", ["D/2 A"])
    folder = Path(told["place"])
    assert sorted(told["files"])[0] == "D-1 A manual.txt"
    for line in (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines():
        digest, name = line.split("  ", 1)
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest
    assert all(found.ok for found in verify(folder))
    assert run("verify", folder)[0] == 0
    (folder / "D-1 A manual.txt").write_text("changed", encoding="utf-8")
    assert run("verify", folder)[0] == 1

    for person, state in (("Anna Berg", "partly_acknowledged"), ("赵海龙", "acknowledged")):
        assert run("do", file, "TRM-0001", "acknowledge", "--by", person, "--project", "P1")[0] == 0
        listed = json.loads(run("list", file, "transmittals", "--project", "P1", "--json")[1])
        assert listed[0]["status"] == state


def test_transmittal_as_an_archive(run: Run, file: Path, tmp_path: Path) -> None:
    run("do", file, "TRM-0001", "issue", "--project", "P1")

    told = json.loads(
        run("transmittal", file, "TRM-0001", "--project", "P1", "--to", tmp_path / "out", "--zip", "--json")[1]
    )

    with ZipFile(told["place"]) as packed:
        assert packed.testzip() is None
        assert {"SHA256SUMS", *told["files"]} <= set(packed.namelist())
    assert run("verify", told["place"])[0] == 0


def test_archive_in_which_a_file_is_changed_or_missing_is_told(run: Run, file: Path, tmp_path: Path) -> None:
    run("do", file, "TRM-0001", "issue", "--project", "P1")
    words = ("transmittal", file, "TRM-0001", "--project", "P1", "--to", tmp_path / "out", "--zip", "--json")
    place = Path(json.loads(run(*words)[1])["place"])
    spoilt = tmp_path / "spoilt.zip"
    with ZipFile(place) as packed, ZipFile(spoilt, "w") as other:
        for name in packed.namelist():
            if name != "SHA256SUMS":
                other.writestr(name, b"changed" if name.endswith(".txt") else packed.read(name))
    code, out, _ = run("verify", spoilt, "--json")
    states = {each["name"]: each["state"] for each in json.loads(out)[0]["files"]}
    assert (code, states["D-1 A manual.txt"], states["SHA256SUMS"]) == (1, "changed", "missing")


@pytest.mark.parametrize(("content", "said"), [(b"no archive", "不能作为 .zip 压缩包读取"), (None, "清单")])
def test_archive_that_is_none_or_has_no_manifest_is_refused_in_chinese(
    run: Run, tmp_path: Path, content: bytes | None, said: str
) -> None:
    place = tmp_path / "a.zip"
    if content is None:
        with ZipFile(place, "w") as packed:
            packed.writestr("a.txt", "text")
    else:
        place.write_bytes(content)
    code, _, err = run("--speak", "zh", "verify", place)
    assert code == 3 and said in err


def test_acknowledgement_by_one_of_two_is_told_as_what_it_is(run: Run, file: Path) -> None:
    run("do", file, "TRM-0001", "issue", "--project", "P1")
    words = ("do", file, "TRM-0001", "acknowledge", "--by")
    assert json.loads(run(*words, "Anna Berg", "--project", "P1", "--json")[1])["state"] == "partly_acknowledged"
    assert "“Acknowledged”" in run(*words, "赵海龙", "--project", "P1")[1]


def test_who_waits_is_listed_and_gets_a_draft_each(run: Run, file: Path, tmp_path: Path) -> None:
    assert run("remind", file, "--project", "P1")[:2] == (0, "Nobody is left to be reminded.\n")
    run("do", file, "TRM-0001", "issue", "--project", "P1")
    run("do", file, "TRM-0001", "acknowledge", "--by", "Anna Berg", "--project", "P1")

    (late,) = json.loads(run("remind", file, "--project", "P1", "--json")[1])["waiting"]
    assert (late["transmittal"], late["name"], late["days"], late["reminded_on"]) == ("TRM-0001", "赵海龙", 0, None)

    code, out, _ = run("remind", file, "TRM-0001", "--project", "P1", "--to", tmp_path / "mails", "--json")
    told = json.loads(out)
    assert (code, told["without_address"]) == (1, ["赵海龙"])
    assert [Path(each).name for each in told["files"]] == ["P1-TR-0001 赵海龙.eml"]
    (again,) = json.loads(run("remind", file, "--project", "P1", "--json")[1])["waiting"]
    assert again["reminded_on"] is not None


def test_two_receivers_of_one_name_get_a_draft_each(run: Run, tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        with workspace.edit("Rows", project=project) as work:
            sent = work.add(Transmittal(subject="Manuals"))
            revision = work.add(Revision(document_id=work.add(Document(title="M", number="D-1")).id, code="A"))
            work.add(TransmittalItem(transmittal_id=sent.id, revision_id=revision.id))
            for n in (1, 2):
                namesake = work.add(Person(name="王伟", email=f"w{n}@ops.example"))
                work.add(Recipient(transmittal_id=sent.id, person_id=namesake.id))
        path = workspace.path
    run("do", path, "TRM-0001", "issue", "--project", "P1")

    told = json.loads(run("remind", path, "--project", "P1", "--to", tmp_path / "mails", "--json")[1])

    assert len({Path(each).read_bytes() for each in told["files"]}) == 2
