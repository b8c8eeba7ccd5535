"""A folder from a supplier: revisions, title blocks, copies, changes, and all that is odd in it, each told in words."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import IO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

from handover.errors import HandoverError, UnusableFile
from handover.model.documents.revision import Revision
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.registers.files import attachments
from handover.registers.files.attached_files import Presence, files_of, files_of_project
from handover.registers.files.attachments import FileFor
from handover.registers.files.file_matching import revision_in, revision_stated, words_of
from handover.registers.files.file_scan import FileVerdict, FoundFile, Scan, scan, taken
from handover.registers.query import Query, keys
from handover.store import undo
from handover.store.files import incoming_file
from tests.registers.conftest import Site
from tests.registers.filing import DOCUMENTS, a_file, attached

REVISIONS = register("revisions")


@pytest.fixture
def supplied(site: Site, tmp_path: Path) -> tuple[Site, Path]:
    """Documents with revisions, and an empty folder outside."""
    rows = [{"title": "Pump data sheet", "number": "PU-101-DS"}, {"title": "Layout", "number": "PU-101"}]
    sheet, layout = editing.add_many(site.workspace, DOCUMENTS, site.project, rows)
    with site.workspace.edit("Revisions", project=site.project) as work:
        for document, codes in ((sheet, "ABC"), (layout, "0")):
            for number, code in enumerate(codes, 1):
                work.add(Revision(document_id=document, number=number, code=code, status="submitted"))
    folder = tmp_path / "outside"
    folder.mkdir()
    return site, folder


def look(site: Site, folder: Path, **more: bool) -> Scan:
    return scan(site.workspace, DOCUMENTS, site.project, folder, **more)


def one(site: Site, folder: Path, **more: bool) -> FoundFile:
    (found,) = look(site, folder, **more).files
    return found


def named(site: Site, file: FoundFile) -> list[str]:
    return [row.name for row in file.rows]


def a_pdf(path: Path, *lines: tuple[int, int, str], password: str = "") -> Path:
    """A PDF with texts at places of its first page."""
    path.parent.mkdir(parents=True, exist_ok=True)
    canvas = Canvas(str(path), pagesize=(840, 595), encrypt=StandardEncryption(password) if password else None)
    for x, y, text in lines:
        canvas.drawString(x, y, text)
    canvas.save()
    return path


# -- revisions


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("PU-101-DS_C.pdf", "C"),
        ("PU-101-DS rev C.pdf", "C"),
        ("PU-101-DS-RevC pump.pdf", "C"),
        ("PU_101_DS 版次C.pdf", "C"),
        ("PU-101-DS C版.pdf", "C"),
        ("pu101ds_c.pdf", "C"),
    ],
)
def test_file_goes_to_the_revision_that_its_name_states(supplied: tuple[Site, Path], name: str, code: str) -> None:
    site, folder = supplied
    (folder / name).write_bytes(b"x")

    found = one(site, folder)

    assert (found.verdict, found.match.code, len(found.rows)) == (FileVerdict.MATCHED, code, 1)
    assert found.rows[0].name == f"PU-101-DS Pump data sheet · {code}"
    assert found.rows[0].register == "revisions"


def test_folder_says_the_revision_where_the_name_does_not(supplied: tuple[Site, Path]) -> None:
    site, folder = supplied
    (folder / "Rev A").mkdir()
    (folder / "Rev A" / "PU-101-DS.pdf").write_bytes(b"x")
    assert named(site, one(site, folder)) == ["PU-101-DS Pump data sheet · A"]


def test_number_within_a_longer_number_is_not_taken_for_it(supplied: tuple[Site, Path]) -> None:
    site, folder = supplied
    (folder / "PU-101_0.pdf").write_bytes(b"x")
    assert named(site, one(site, folder)) == ["PU-101 Layout · 0"]


def test_revision_that_the_register_lacks_is_to_be_looked_at(supplied: tuple[Site, Path]) -> None:
    site, folder = supplied
    (folder / "PU-101-DS_D.pdf").write_bytes(b"x")
    found = one(site, folder)
    assert (found.verdict, found.note) == (FileVerdict.DOUBTFUL, "DOC-0005 has no revision D in the register.")


def test_unstated_revision_proposes_the_newest_of_several(supplied: tuple[Site, Path]) -> None:
    site, folder = supplied
    (folder / "PU-101-DS.pdf").write_bytes(b"x")
    found = one(site, folder)
    assert (found.verdict, found.rows[0].name) == (FileVerdict.DOUBTFUL, "PU-101-DS Pump data sheet · C")


@given(st.lists(st.text("ab01版次revREV第.-_ ", max_size=8), max_size=5))
def test_any_words_beside_a_number_are_read_as_a_short_revision_or_none(words: list[str]) -> None:
    code = revision_in([w for text in words for w in words_of(text)])
    assert len(code) <= 5


def test_title_block_states_its_revision() -> None:
    assert [revision_stated(t) for t in ("Rev. B  Date", "版 次：0", "REVISION NO: P01", "revised by")] == [
        "b", "0", "p01", ""
    ]  # fmt: skip


# -- what the first page says


def test_title_block_tells_the_row_of_a_file_whose_name_says_nothing(supplied: tuple[Site, Path]) -> None:
    site, folder = supplied
    a_pdf(folder / "scan0001.pdf", (600, 60, "PU-101-DS"), (600, 40, "Rev. C"), (60, 400, "see PU-101"))
    found = one(site, folder)
    assert (found.verdict, found.match.by, named(site, found)) == (
        FileVerdict.MATCHED, "title_block", ["PU-101-DS Pump data sheet · C"]
    )  # fmt: skip


def test_number_in_the_running_text_alone_is_to_be_looked_at(supplied: tuple[Site, Path]) -> None:
    site, folder = supplied
    a_pdf(folder / "letter.pdf", (60, 350, "With reference to PU-101-DS rev. C we"))
    assert (one(site, folder).verdict, one(site, folder).match.by) == (FileVerdict.DOUBTFUL, "page")


def test_name_that_contradicts_the_title_block_is_found_when_all_are_read(supplied: tuple[Site, Path]) -> None:
    site, folder = supplied
    a_pdf(folder / "PU-101_0.pdf", (600, 60, "PU-101-DS"), (600, 40, "Rev. A"))
    assert one(site, folder).verdict is FileVerdict.MATCHED
    found = one(site, folder, read_all=True)
    assert (found.verdict, found.note) == (
        FileVerdict.DOUBTFUL, "Its name says REV-0005, its title block DOC-0005."
    )  # fmt: skip


def test_locked_and_broken_pdfs_are_matched_by_name_or_say_why_not(supplied: tuple[Site, Path]) -> None:
    site, folder = supplied
    a_pdf(folder / "PU-101-DS_C.pdf", (600, 60, "x"), password="secret")
    a_pdf(folder / "scan1.pdf", (600, 60, "PU-101"), password="secret")
    (folder / "scan2.pdf").write_bytes(b"%PDF-1.7 and no more")

    said = {f.path.name: (f.verdict, f.note) for f in look(site, folder, read_all=True).files}

    assert said["PU-101-DS_C.pdf"][0] is FileVerdict.MATCHED
    assert (said["scan1.pdf"][0], "password" in said["scan1.pdf"][1]) == (FileVerdict.UNMATCHED, True)
    assert (said["scan2.pdf"][0], "damaged" in said["scan2.pdf"][1]) == (FileVerdict.UNMATCHED, True)


# -- copies, changes, closed rows


def test_renamed_copy_of_a_file_that_is_there_is_found_by_its_content(site: Site, tmp_path: Path) -> None:
    path = a_file(tmp_path, "D-1.pdf", b"the manual")
    attached(site.workspace, site.project, site.ids["late"], path)
    path.rename(path.with_name("copy of something.pdf"))
    found = one(site, path.parent)
    assert (found.verdict, found.note) == (FileVerdict.HELD, "DOC-0001 has it as “D-1.pdf”.")


def test_content_that_another_row_has_is_to_be_looked_at(site: Site, tmp_path: Path) -> None:
    attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path, "D-1.pdf", b"same"))
    a_file(tmp_path, "D-2.pdf", b"same")
    found = {f.path.name: f.verdict for f in look(site, tmp_path / "outside").files}
    assert found == {"D-1.pdf": FileVerdict.HELD, "D-2.pdf": FileVerdict.DOUBTFUL}


def test_two_files_of_one_content_are_taken_once(site: Site, tmp_path: Path) -> None:
    a_file(tmp_path, "D-1.pdf", b"same")
    a_file(tmp_path, "D-1 copy.pdf", b"same")
    found = {f.path.name: f.verdict for f in look(site, tmp_path / "outside").files}
    assert sorted(found.values()) == [FileVerdict.COPY, FileVerdict.MATCHED]


def test_two_files_of_one_name_for_one_row_are_to_be_looked_at(site: Site, tmp_path: Path) -> None:
    a_file(tmp_path, "one/D-1.pdf", b"first")
    a_file(tmp_path, "two/D-1.pdf", b"second")
    files = look(site, tmp_path / "outside").files
    assert [(f.verdict, f.note) for f in files] == [(FileVerdict.DOUBTFUL, "Two files of this name fit DOC-0001.")] * 2


def test_number_that_fits_two_documents_offers_both(site: Site, tmp_path: Path) -> None:
    editing.add_many(site.workspace, DOCUMENTS, site.project, [{"title": "Other", "number": "D-1"}])
    a_file(tmp_path, "D-1.pdf")
    found = one(site, tmp_path / "outside")
    assert (found.verdict, [r.ref for r in found.rows]) == (FileVerdict.DOUBTFUL, ["DOC-0001", "DOC-0005"])


def test_number_that_its_originator_gave_finds_the_document(supplied: tuple[Site, Path]) -> None:
    site, folder = supplied
    row = {"title": "Valve", "number": "VA-7", "originator_no": "BA/4711-M01", "revision": "A", "status": "submitted"}
    editing.add_many(site.workspace, DOCUMENTS, site.project, [row])
    a_file(folder.parent, "BA-4711-M01.pdf")
    found = one(site, folder)
    assert (found.verdict, named(site, found)) == (FileVerdict.MATCHED, ["VA-7 Valve · A"])


def test_stored_file_with_another_content_and_linked_file_that_changed_are_told(site: Site, tmp_path: Path) -> None:
    stored, linked = a_file(tmp_path, "D-1.pdf", b"first"), a_file(tmp_path, "D-2.pdf", b"first of it")
    attached(site.workspace, site.project, site.ids["late"], stored)
    attachments.link(site.workspace, DOCUMENTS, site.project, [(site.ids["late"], linked)])
    stored.write_bytes(b"second time")
    linked.write_bytes(b"second of it")

    found = {f.path.name: f for f in look(site, tmp_path / "outside").files}

    assert [found[n].verdict for n in ("D-1.pdf", "D-2.pdf")] == [FileVerdict.CHANGED, FileVerdict.CHANGED]
    assert found["D-2.pdf"].renews
    renewed = {found["D-2.pdf"].renews: linked}
    attachments.link_to(site.workspace, site.project, [], renewed=renewed)
    assert {f.presence for f in files_of(site.workspace, site.ids["late"])} == {Presence.HERE}


def test_linked_file_that_left_the_folder_is_missing(site: Site, tmp_path: Path) -> None:
    path = a_file(tmp_path, "D-1.pdf")
    attachments.link(site.workspace, DOCUMENTS, site.project, [(site.ids["late"], path)])
    path.unlink()
    assert [f.name for f in look(site, tmp_path / "outside").missing] == ["D-1.pdf"]


def test_closed_row_says_why_it_takes_no_file(site: Site, tmp_path: Path) -> None:
    a_file(tmp_path, "D-3 record.pdf")
    found = one(site, tmp_path / "outside")
    assert (found.verdict, "Accepted by operations" in found.note) == (FileVerdict.CLOSED, True)


def test_unmatched_file_names_what_comes_near(site: Site, tmp_path: Path) -> None:
    a_file(tmp_path, "Weldng manaul.pdf")
    found = one(site, tmp_path / "outside")
    assert (found.verdict, [r.ref for r in found.match.near]) == (FileVerdict.UNMATCHED, ["DOC-0001"])


def test_row_given_by_hand_is_taken_with_the_sure_ones_in_one_act_that_undo_takes_back(
    supplied: tuple[Site, Path],
) -> None:
    site, folder = supplied
    (folder / "PU-101-DS_C.pdf").write_bytes(b"x")
    (folder / "holiday.jpg").write_bytes(b"y")
    found = look(site, folder)
    by_hand = found.of(FileVerdict.UNMATCHED)[0].given_to(found.names.like("weld")[0])

    made = attachments.attach_to(site.workspace, site.project, taken([*found.of(FileVerdict.MATCHED), by_hand]))

    assert len(made.ids) == 2
    assert undo(site.workspace).label == "Attach 2 files to Revisions, Documents"
    assert files_of_project(site.workspace, site.project) == []


def test_documents_and_revisions_that_came_without_a_file_are_a_view(supplied: tuple[Site, Path]) -> None:
    site, folder = supplied
    (folder / "PU-101-DS_C.pdf").write_bytes(b"x")

    def without() -> tuple[int, int]:
        with site.workspace.read() as connection:
            asked = Query(view="without_file")
            return (len(keys(connection, DOCUMENTS, site.project, asked)),
                    len(keys(connection, REVISIONS, site.project, asked)))  # fmt: skip

    documents, revisions = without()
    attachments.attach_to(site.workspace, site.project, taken(look(site, folder).files))
    assert without() == (documents - 1, revisions - 1)


# -- what is odd


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")
def test_links_out_of_the_folder_are_told_and_not_followed(site: Site, tmp_path: Path) -> None:
    a_file(tmp_path, "D-1.pdf")
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "D-2.pdf").write_bytes(b"x")
    (tmp_path / "outside" / "way out").symlink_to(secret)
    (tmp_path / "outside" / "D-2.pdf").symlink_to(secret / "D-2.pdf")

    found = look(site, tmp_path / "outside")

    assert [f.path.name for f in found.files] == ["D-1.pdf"]
    assert [u.path.name for u in found.unfit] == ["way out", "D-2.pdf"]
    assert all("only a link" in str(u.reason) for u in found.unfit)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows allows none of these names")
def test_names_that_windows_forbids_are_found_and_kept_under_safe_ones(site: Site, tmp_path: Path) -> None:
    names = ['D-1 a<b>c:d"e|f?g*h\\i.pdf', "D-1 aux. .pdf", "CON.pdf", "D-1 \x07bell.pdf", "D-1 end. "]
    for n, name in enumerate(names):
        (a_file(tmp_path, "x").parent / name).write_bytes(b"%d" % n)
    (tmp_path / "outside" / "x").unlink()
    found = look(site, tmp_path / "outside")
    assert len(found.files) == len(names)

    files = [FileFor(DOCUMENTS, site.ids["late"], f.path) for f in found.files]
    made = attachments.attach_to(site.workspace, site.project, files)

    kept = {f.name for f in files_of(site.workspace, site.ids["late"])}
    assert not any(set(name) & set('<>:"/\\|?*') for name in kept)
    assert len(made.renamed) >= 4


def test_path_of_more_than_260_characters_is_found_and_attached(site: Site, tmp_path: Path) -> None:
    deep = tmp_path / "outside"
    for n in range(6):
        deep /= f"{n}" + "d" * 60
    deep.mkdir(parents=True)
    (deep / "D-1.pdf").write_bytes(b"x")
    found = one(site, tmp_path / "outside")
    assert len(str(found.path)) > 260
    attachments.attach_to(site.workspace, site.project, taken([found]))
    assert [f.name for f in files_of(site.workspace, site.ids["late"])] == ["D-1.pdf"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="rights bind neither Windows nor root")
def test_folder_that_may_not_be_read_is_told(site: Site, tmp_path: Path) -> None:
    closed = a_file(tmp_path, "closed/D-1.pdf").parent
    closed.chmod(0)
    try:
        (unfit,) = look(site, tmp_path / "outside").unfit
        assert "can't be looked through" in str(unfit.reason)
    finally:
        closed.chmod(0o700)


def test_file_of_five_gigabytes_is_linked_by_hand_and_refused_as_a_copy(site: Site, tmp_path: Path) -> None:
    path = a_file(tmp_path, "D-1.pdf", b"%PDF-1.7")
    with path.open("r+b") as file:
        file.truncate(5_000_000_000)  # sparse: it takes no room
    found = one(site, tmp_path / "outside")
    assert (found.verdict, found.size) == (FileVerdict.MATCHED, 5_000_000_000)
    with pytest.raises(UnusableFile, match=r"has 5 GB, more than the 2 GB"):
        attachments.attach_to(site.workspace, site.project, taken([found]))
    assert files_of_project(site.workspace, site.project) == []


def test_file_that_changes_while_it_is_taken_leaves_nothing(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steady, restless = a_file(tmp_path, "D-1.pdf", b"x" * 50), a_file(tmp_path, "D-2.pdf", b"y" * 3_000_000)

    piece = incoming_file._next

    def touched(path: Path, file: IO[bytes]) -> bytes:
        found = piece(path, file)
        if path == restless:
            restless.write_bytes(b"z" * 4_000_000)
        return found

    monkeypatch.setattr(incoming_file, "_next", touched)
    files = [FileFor(DOCUMENTS, site.ids["late"], path) for path in (steady, restless)]
    with pytest.raises(UnusableFile, match="was written to while it was read"):
        attachments.attach_to(site.workspace, site.project, files)
    assert files_of_project(site.workspace, site.project) == []
    assert list(site.workspace.blobs.contents()) == []


def test_full_disk_leaves_nothing_of_many_files(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    paths = [a_file(tmp_path, f"{n}.pdf", os.urandom(200)) for n in range(200)]
    flushed: list[int] = []
    flush = os.fsync

    def full(number: int) -> None:
        flushed.append(number)
        if len(flushed) > 150:
            raise OSError(28, "No space left on device")
        flush(number)

    monkeypatch.setattr("handover.store.files.blobs.os.fsync", full)
    with pytest.raises(HandoverError, match="is full"):
        attachments.attach_to(
            site.workspace, site.project, [FileFor(DOCUMENTS, site.ids["late"], path) for path in paths]
        )
    monkeypatch.undo()
    assert list(site.workspace.blobs.contents()) == []
    assert not any(path.name.endswith(".part") for path in site.workspace.blobs.folder.iterdir())


def test_files_of_many_documents_keep_their_places(site: Site, tmp_path: Path) -> None:
    ids = editing.add_many(
        site.workspace, DOCUMENTS, site.project, [{"title": f"T{n}", "number": f"X-{n:03}"} for n in range(300)]
    )
    for n in range(300):
        a_file(tmp_path, f"X-{n:03}.txt", b"%d" % n)

    found = look(site, tmp_path / "outside")
    attachments.attach_to(site.workspace, site.project, taken(found.of(FileVerdict.MATCHED)))

    assert all(files_of(site.workspace, key)[0].name == f"X-{n:03}.txt" for n, key in enumerate(ids[:5]))
    assert len(files_of_project(site.workspace, site.project)) == 300
