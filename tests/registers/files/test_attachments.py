"""Files follow their row: attached whole or not at all, logged, undone, into the bin and back, into copies."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest
from sqlalchemy import update

from handover.errors import Cancelled, HandoverError, NotLawful, NotValid, ReadOnly, Refused, UnusableFile
from handover.model import Attachment, Document, Project
from handover.registers import query
from handover.registers.acts import editing
from handover.registers.acts.emptying import empty_bin
from handover.registers.files import attached_files, attachments
from handover.registers.files.attached_files import Presence, budget, file_of, files_of, files_of_project, why_closed
from handover.registers.query import Condition, Query
from handover.store import Workspace, redo, undo
from handover.store.checking.check import check
from handover.store.checking.salvage import salvage
from handover.store.copies import copies, copying, restoring
from handover.store.history import history
from tests.registers.conftest import Site
from tests.registers.filing import DOCUMENTS, a_file, attached, in_folder


def test_files_are_attached_in_one_act_that_undo_takes_back_and_redo_does_again(site: Site, tmp_path: Path) -> None:
    row = site.ids["late"]
    photo = a_file(tmp_path, "photo.png", b"\x89PNG\r\n\x1a\n....")

    files = attached(site.workspace, site.project, row, a_file(tmp_path), photo)

    assert [(f.ref, f.name, f.media_type, f.presence) for f in files] == [
        ("ATT-0001", "manual.pdf", "application/pdf", Presence.HERE),
        ("ATT-0002", "photo.png", "image/png", Presence.HERE),
    ]
    assert files[0].added_by == site.workspace.user
    assert undo(site.workspace).label == "Attach 2 files to DOC-0001"
    assert files_of(site.workspace, row) == []
    redo(site.workspace)
    assert [f.id for f in files_of(site.workspace, row)] == [f.id for f in files]
    assert check(site.workspace.path) == []


def test_equal_contents_are_kept_once_and_each_keeps_its_name(site: Site, tmp_path: Path) -> None:
    one, two = a_file(tmp_path, "a.pdf", b"same"), a_file(tmp_path, "b.pdf", b"same")

    files = attached(site.workspace, site.project, site.ids["late"], one, two)

    assert [f.name for f in files] == ["a.pdf", "b.pdf"]
    assert len(in_folder(site.workspace)) == 1
    assert budget(site.workspace, site.project) == attached_files.Budget(2, 4, 0)


def test_of_several_files_all_or_none_are_attached(site: Site, tmp_path: Path) -> None:
    good, bad = a_file(tmp_path), tmp_path / "gone.pdf"

    with pytest.raises(UnusableFile, match="gone"):
        attached(site.workspace, site.project, site.ids["late"], good, bad)

    assert files_of(site.workspace, site.ids["late"]) == []
    assert in_folder(site.workspace) == []


def test_files_that_cannot_be_attached_are_told_from_those_that_can(tmp_path: Path) -> None:
    good = a_file(tmp_path)

    fit, unfit = attachments.sift([good, tmp_path, tmp_path / "gone.pdf"], 100)

    assert fit == [good]
    assert [str(u.reason).split("” ")[1] for u in unfit] == ["is a folder. Choose the files in it.",
                                                             "isn't there any more."]  # fmt: skip


def test_cancelled_attaching_leaves_nothing(site: Site, tmp_path: Path) -> None:
    paths = [a_file(tmp_path, f"{n}.bin", os.urandom(10)) for n in range(5)]
    said: list[int] = []

    def stop(done: int, _total: int, _what: str) -> bool:
        said.append(done)
        return len(said) < 3

    with pytest.raises(Cancelled):
        attachments.attach(site.workspace, DOCUMENTS, site.project, [(site.ids["late"], path) for path in paths], stop)

    assert said == [10, 20, 30]
    assert in_folder(site.workspace) == []


def test_file_above_the_limit_is_refused_but_may_be_linked(site: Site, tmp_path: Path) -> None:
    pairs = [(site.ids["late"], a_file(tmp_path, "film.mp4", b"x" * 1001))]

    with pytest.raises(UnusableFile, match="raise the limit"):
        attachments.attach(site.workspace, DOCUMENTS, site.project, pairs, most=1000)
    attachments.link(site.workspace, DOCUMENTS, site.project, pairs)

    (file,) = files_of(site.workspace, site.ids["late"])
    assert (file.kept, file.size, in_folder(site.workspace)) == ("linked", 1001, [])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_hostile_name_is_made_safe_and_told(site: Site, tmp_path: Path) -> None:
    names = ["a\nb.pdf", "photo\u202egpj.exe", "con.txt", "x" * 240 + ".pdf", "C:\\evil.pdf"]
    pairs = [(site.ids["late"], a_file(tmp_path, name)) for name in names]

    made = attachments.attach(site.workspace, DOCUMENTS, site.project, pairs)

    kept = [f.name for f in files_of(site.workspace, site.ids["late"])]
    assert kept == ["a b.pdf", "photogpj.exe", "_con.txt", "x" * 176 + ".pdf", "C--evil.pdf"]
    assert [after for _, after in made.renamed] == kept


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("", "needs a name"),
        ("../up.pdf", "holds a path"),
        ("a\\b.pdf", "holds a path"),
        ("a\tb.pdf", "can't be seen"),
        ("a\u202eb.pdf", "can't be seen"),
        ("what?.pdf", "holds ?"),
        ("nul.pdf", "a device"),
        ("x" * 300, "too long"),
        ("dots...", "would be: “dots”"),
    ],
)
def test_name_that_is_not_safe_is_refused_with_its_reason(site: Site, tmp_path: Path, name: str, reason: str) -> None:
    (file,) = attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))

    with pytest.raises(NotValid) as refused:
        attachments.change(site.workspace, site.project, file.id, name=name)

    assert reason in str(refused.value)
    assert files_of(site.workspace, site.ids["late"])[0].name == "manual.pdf"


def test_name_and_caption_change_and_history_tells(site: Site, tmp_path: Path) -> None:
    (file,) = attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))

    attachments.change(site.workspace, site.project, file.id, name="使用说明.pdf", caption=" Page 3 is new ")

    changed = file_of(site.workspace, file.id)
    assert changed is not None
    assert (changed.name, changed.caption) == ("使用说明.pdf", "Page 3 is new")
    assert history(site.workspace, [file.id])[0].fields["name"] == ("manual.pdf", "使用说明.pdf")


def test_files_are_put_in_another_order(site: Site, tmp_path: Path) -> None:
    files = attached(site.workspace, site.project, site.ids["late"], *(a_file(tmp_path, f"{n}.txt") for n in "abc"))

    attachments.move(site.workspace, site.project, files[2].id, -1)
    attachments.move(site.workspace, site.project, files[0].id, 9)

    assert [f.name for f in files_of(site.workspace, site.ids["late"])] == ["c.txt", "b.txt", "a.txt"]


def test_removed_file_goes_to_the_bin_and_comes_back(site: Site, tmp_path: Path) -> None:
    (file,) = attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))

    assert attachments.detach(site.workspace, site.project, [file.id]) == 1
    assert files_of(site.workspace, site.ids["late"]) == []
    assert [f.id for f in files_of(site.workspace, site.ids["late"], binned=True)] == [file.id]

    assert attachments.restore(site.workspace, site.project, [file.id]) == 1
    assert [f.presence for f in files_of(site.workspace, site.ids["late"])] == [Presence.HERE]


def test_files_go_into_the_bin_with_their_row_and_come_back_with_it(site: Site, tmp_path: Path) -> None:
    row = site.ids["late"]
    before, kept = attached(site.workspace, site.project, row, a_file(tmp_path), a_file(tmp_path, "b.txt"))
    attachments.detach(site.workspace, site.project, [before.id])

    editing.delete(site.workspace, DOCUMENTS, site.project, [row])
    assert files_of_project(site.workspace, site.project) == []
    with pytest.raises(NotLawful, match="Restore DOC-0001 first"):
        attachments.restore(site.workspace, site.project, [kept.id])

    editing.restore(site.workspace, DOCUMENTS, site.project, [row])
    assert [f.id for f in files_of(site.workspace, row)] == [kept.id], "what was removed before stays removed"


def test_files_of_a_row_in_the_bin_are_left_as_they_are(site: Site, tmp_path: Path) -> None:
    row = site.ids["late"]
    editing.delete(site.workspace, DOCUMENTS, site.project, [row])

    with pytest.raises(NotLawful, match="DOC-0001 is in the bin"):
        attached(site.workspace, site.project, row, a_file(tmp_path))

    assert "in the bin" in why_closed(site.workspace, DOCUMENTS, row)
    assert in_folder(site.workspace) == []


def test_lock_of_a_row_covers_its_files(site: Site, tmp_path: Path) -> None:
    row = site.ids["late"]
    (file,) = attached(site.workspace, site.project, row, a_file(tmp_path))
    with site.workspace.edit("Accept", project=site.project) as work:
        work.session.execute(update(Document).where(Document.id == row).values(status="accepted"))

    def behind(**values: object) -> None:
        with site.workspace.edit("Behind", project=site.project) as work:
            work.update_many(Attachment, {file.id: values})

    def object_behind(**values: object) -> None:
        with site.workspace.edit("Behind", project=site.project) as work:
            for key, value in values.items():
                setattr(work.get(Attachment, file.id), key, value)

    for act in (
        lambda: attached(site.workspace, site.project, row, a_file(tmp_path, "b.txt", b"b")),
        lambda: attachments.detach(site.workspace, site.project, [file.id]),
        lambda: attachments.change(site.workspace, site.project, file.id, name="b.pdf"),
        lambda: attachments.move(site.workspace, site.project, file.id, 1),
        lambda: behind(name="b.pdf"),
        lambda: object_behind(name="b.pdf"),
        lambda: object_behind(deleted_at="2026-11-18"),
    ):
        with pytest.raises(Refused, match="DOC-0001 is “Accepted by operations”: what belongs to it"):
            act()
    assert [f.name for f in files_of(site.workspace, row)] == ["manual.pdf"]
    assert len(in_folder(site.workspace)) == 1
    assert "what belongs to it" in why_closed(site.workspace, DOCUMENTS, row)


def test_closed_project_takes_no_files(site: Site, tmp_path: Path) -> None:
    row = site.ids["late"]
    (file,) = attached(site.workspace, site.project, row, a_file(tmp_path))
    with site.workspace.edit("Close") as work:
        project = work.get(Project, site.project)
        for state in ("active", "handed_over", "in_aftercare", "closed"):
            project.status = state

    for act in (
        lambda: attached(site.workspace, site.project, row, a_file(tmp_path, "b.txt", b"b")),
        lambda: attachments.detach(site.workspace, site.project, [file.id]),
        lambda: attachments.change(site.workspace, site.project, file.id, name="b.pdf"),
    ):
        with pytest.raises(NotLawful, match="is closed"):
            act()
    assert len(in_folder(site.workspace)) == 1
    assert "is closed" in why_closed(site.workspace, DOCUMENTS, row)


def test_workspace_for_reading_takes_no_files_and_shows_those_that_it_has(site: Site, tmp_path: Path) -> None:
    attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))

    with Workspace.open(site.workspace.path, "read") as reading:
        with pytest.raises(ReadOnly):
            attached(reading, site.project, site.ids["late"], a_file(tmp_path))
        assert [f.presence for f in files_of(reading, site.ids["late"])] == [Presence.HERE]
        assert "reading only" in why_closed(reading, DOCUMENTS, site.ids["late"])


# -- linked files


def test_linked_file_is_found_missing_changed_and_again(site: Site, tmp_path: Path) -> None:
    path = a_file(tmp_path, content=b"first")
    attachments.link(site.workspace, DOCUMENTS, site.project, [(site.ids["late"], path)])

    def presence() -> Presence:
        (file,) = files_of(site.workspace, site.ids["late"])
        return file.presence

    assert presence() == Presence.HERE
    os.utime(path, ns=(5, 5))
    assert presence() == Presence.HERE, "written anew with the same content"
    path.write_bytes(b"other")
    assert presence() == Presence.CHANGED
    path.write_bytes(b"longer than before")
    assert presence() == Presence.CHANGED
    path.unlink()
    assert presence() == Presence.MISSING
    a_file(tmp_path, content=b"first")
    assert presence() == Presence.HERE


def test_changed_file_is_taken_as_it_is_now_and_a_moved_one_from_where_it_lies(site: Site, tmp_path: Path) -> None:
    path = a_file(tmp_path, content=b"first")
    attachments.link(site.workspace, DOCUMENTS, site.project, [(site.ids["late"], path)])
    (file,) = files_of(site.workspace, site.ids["late"])
    path.write_bytes(b"second edition")

    attachments.renew(site.workspace, site.project, file.id)
    (now,) = files_of(site.workspace, site.ids["late"])
    assert (now.presence, now.size) == (Presence.HERE, 14)

    moved = path.rename(tmp_path / "elsewhere.pdf")
    assert files_of(site.workspace, site.ids["late"])[0].presence == Presence.MISSING
    attachments.renew(site.workspace, site.project, file.id, moved)
    assert files_of(site.workspace, site.ids["late"])[0].place == moved


def test_stored_file_never_changes(site: Site, tmp_path: Path) -> None:
    (file,) = attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))
    with pytest.raises((NotLawful, UnusableFile)):
        attachments.renew(site.workspace, site.project, file.id, a_file(tmp_path, "b.pdf"))


def test_workspace_and_linked_files_of_its_folder_move_together(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with Workspace.create(home / "plant.handover") as workspace:
        with workspace.edit("P") as work:
            project = work.add(Project(code="P", name="P")).id
        with workspace.edit("D", project=project) as work:
            row = work.add(Document(title="Manual")).id
        attachments.link(workspace, DOCUMENTS, project, [(row, a_file(home))])
    moved = Path(shutil.move(home, tmp_path / "moved"))

    with Workspace.open(moved / "plant.handover") as workspace:
        assert [f.presence for f in files_of(workspace, row)] == [Presence.HERE]


# -- contents that are not there


def test_workspace_without_its_folder_says_so_at_the_file_and_finds_it_again(site: Site, tmp_path: Path) -> None:
    attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))
    away = shutil.move(site.workspace.blobs.folder, tmp_path / "away")

    (file,) = files_of(site.workspace, site.ids["late"])
    assert file.presence == Presence.NO_FOLDER
    assert file.remark == "The file lies in a folder that isn't here. Put it beside the workspace again."
    assert [f.kind for f in check(site.workspace.path)] == ["files_folder"]

    shutil.move(away, site.workspace.blobs.folder)
    assert files_of(site.workspace, site.ids["late"])[0].presence == Presence.HERE


@pytest.mark.parametrize("where", ["away", "."])
def test_folder_that_the_user_points_to_gives_the_contents_back(site: Site, tmp_path: Path, where: str) -> None:
    attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path), a_file(tmp_path, "b.txt", b"b"))
    shutil.move(site.workspace.blobs.folder, tmp_path / "away")

    found = attachments.find_again(site.workspace, tmp_path / where)

    assert (found.files, found.missing) == (2, 0)
    assert [f.presence for f in files_of(site.workspace, site.ids["late"])] == [Presence.HERE] * 2
    assert check(site.workspace.path) == []


def test_contents_are_found_among_plain_files_by_what_they_hold(site: Site, tmp_path: Path) -> None:
    original = a_file(tmp_path, content=b"the one")
    attached(site.workspace, site.project, site.ids["late"], original)
    shutil.rmtree(site.workspace.blobs.folder)
    other = a_file(tmp_path, "of equal size.pdf", b"another")
    original.rename(original.with_name("renamed.bin"))

    assert attachments.find_again(site.workspace, other.parent).missing == 0

    assert [path.read_bytes() for path in in_folder(site.workspace)] == [b"the one"]


def test_spoiled_content_is_found_by_the_check_and_not_handed_out(site: Site, tmp_path: Path) -> None:
    (file,) = attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path, content=b"true"))
    file.place.chmod(0o644)
    file.place.write_bytes(b"lies")

    (finding,) = check(site.workspace.path)

    assert finding.kind == "file_changed"
    assert "ATT-0001 “manual.pdf”" in finding.message


def test_missing_content_and_a_file_without_its_row_are_found_by_the_check(site: Site, tmp_path: Path) -> None:
    files = attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path), a_file(tmp_path, "b", b"b"))
    files[0].place.unlink()
    with site.workspace.edit("Stray", project=site.project) as work:
        work.update_many(Attachment, {files[1].id: {"owner_id": "0" * 32}})

    assert sorted(f.kind for f in check(site.workspace.path)) == ["file_missing", "file_owner"]


def test_check_can_be_cancelled(site: Site, tmp_path: Path) -> None:
    attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))
    with pytest.raises(Cancelled):
        check(site.workspace.path, lambda _done, _total, what: what != "Checking files")


# -- copies, the bin, salvage


def test_copy_takes_the_files_along_or_leaves_them_and_says_so(site: Site, tmp_path: Path) -> None:
    attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))
    (tmp_path / "elsewhere").mkdir()

    took = site.workspace.save_copy(tmp_path / "elsewhere" / "with.handover")
    left = site.workspace.save_copy(tmp_path / "elsewhere" / "without.handover", with_files=False)

    assert (took.files, took.size, took.missing, left.files) == (1, 15, 0, 0)
    assert check(tmp_path / "elsewhere" / "with.handover") == []
    assert [f.kind for f in check(tmp_path / "elsewhere" / "without.handover")] == ["files_folder"]


def test_failed_copy_leaves_no_files_behind(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))
    target = tmp_path / "elsewhere" / "copy.handover"
    target.parent.mkdir()

    def stop(_done: int, _total: int, what: str) -> bool:
        return not what.startswith("Copying site")

    with pytest.raises(Cancelled):
        site.workspace.save_copy(target, stop)

    assert [path for path in target.parent.rglob("*") if path.is_file()] == []


def test_contents_go_when_the_bin_is_emptied_and_no_copy_mentions_them(site: Site, tmp_path: Path) -> None:
    row = site.ids["late"]
    (file,) = attached(site.workspace, site.project, row, a_file(tmp_path))
    attachments.detach(site.workspace, site.project, [file.id])

    empty_bin(site.workspace, DOCUMENTS, site.project)
    assert len(in_folder(site.workspace)) == 1, "the copy made before the bin was emptied mentions it"

    for copy in copies.copies_of(site.workspace.path):
        copy.path.unlink()
    empty_bin(site.workspace, DOCUMENTS, site.project)
    assert in_folder(site.workspace) == []
    assert check(site.workspace.path) == []


def test_contents_stay_while_a_copy_cannot_be_read(site: Site, tmp_path: Path) -> None:
    (file,) = attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))
    attachments.detach(site.workspace, site.project, [file.id])
    empty_bin(site.workspace, DOCUMENTS, site.project)
    (copy,) = copies.copies_of(site.workspace.path)
    copy.path.chmod(0o644)
    copy.path.write_bytes(copy.path.read_bytes()[:5000])

    empty_bin(site.workspace, DOCUMENTS, site.project)

    assert len(in_folder(site.workspace)) == 1


def test_emptied_row_takes_its_files_for_good(site: Site, tmp_path: Path) -> None:
    attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))
    editing.delete(site.workspace, DOCUMENTS, site.project, [site.ids["late"]])

    assert empty_bin(site.workspace, DOCUMENTS, site.project) == 1

    assert files_of(site.workspace, site.ids["late"], binned=True) == []
    assert check(site.workspace.path) == []


def test_restored_copy_finds_its_files(site: Site, tmp_path: Path) -> None:
    path, row = site.workspace.path, site.ids["late"]
    attached(site.workspace, site.project, row, a_file(tmp_path))
    made = copying.make(path, copies.DAILY)
    editing.delete(site.workspace, DOCUMENTS, site.project, [row])
    empty_bin(site.workspace, DOCUMENTS, site.project)
    site.workspace.close()

    with Workspace.open(made, "read") as copy:
        assert [f.presence for f in files_of(copy, row)] == [Presence.HERE]
    restoring.restore(path, made, "test")

    with Workspace.open(path) as again:
        assert [f.presence for f in files_of(again, row)] == [Presence.HERE]
    assert check(path) == []


def test_salvaged_workspace_has_the_files_beside_it(site: Site, tmp_path: Path) -> None:
    attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path))

    saved = salvage(site.workspace.path, tmp_path / "saved.handover", "test")

    assert saved.files_missing == 0
    assert check(tmp_path / "saved.handover") == []


# -- columns on wish


def test_number_and_names_of_files_are_columns_on_wish(site: Site, tmp_path: Path) -> None:
    attached(site.workspace, site.project, site.ids["late"], a_file(tmp_path), a_file(tmp_path, "b.txt"))
    fields = [DOCUMENTS["files"], DOCUMENTS["file_names"]]

    with site.workspace.read() as connection:
        rows = list(query.every(connection, DOCUMENTS, site.project, Query(sort=(("files", True),)), fields))
        with_files = query.count(connection, DOCUMENTS, site.project, Query(where=(Condition("files", "after", (0,)),)))
        named = query.count(connection, DOCUMENTS, site.project, Query(text="b.txt", searched=("file_names",)))

    assert [r.values for r in rows] == [(2, "manual.pdf; b.txt"), (0, None), (0, None), (0, None)]
    assert (with_files, named) == (1, 1)
    assert not any(f.shown for f in fields)
    with pytest.raises(HandoverError, match="follows from other fields"):
        editing.change(site.workspace, DOCUMENTS, site.project, {site.ids["late"]: {"files": 3}})


def test_counting_files_takes_no_statement_a_row(site: Site, tmp_path: Path) -> None:
    from sqlalchemy import event

    editing.add_many(site.workspace, DOCUMENTS, site.project, [{"title": f"{n}"} for n in range(300)])
    asked: list[str] = []
    event.listen(site.workspace.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with site.workspace.read() as connection:
        list(query.every(connection, DOCUMENTS, site.project, Query(), [DOCUMENTS["files"]]))

    assert len(asked) <= 3  # that it begins, the keys, the rows
