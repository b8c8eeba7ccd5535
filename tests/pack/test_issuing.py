"""Issuing papers: one act with number, frozen outline and PDF; never changed, printed again byte for byte."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from sqlalchemy import select

from handover.errors import HandoverError, NotLawful, NotValid, ReadOnly, Refused, UnusableFile
from handover.model.issued import ISSUED_STATUS, Issued
from handover.model.people import Person
from handover.pack import issuing as module
from handover.pack import reprint
from handover.pack.issuing import Paper, in_force, issue
from handover.pack.outline import PackOutline
from handover.pack.pdf import style as pdf_style
from handover.pack.produce import Issue, make_pack, pack_names, packs_in_force
from handover.pack.proof.verify import verify
from handover.pack.reprint import KeptPdf, save_paper, verify_paper
from handover.registers.acts import taking
from handover.registers.catalogue import register
from handover.registers.chapter import PaperKind
from handover.registers.numbering import set_pattern
from handover.store import Workspace, redo, undo, undo_label
from handover.store.checking.check import check
from handover.store.files.collecting import collect
from tests.domain import a_project, a_row, a_workspace, contents
from tests.pack.sample import a_pack

PACK = PaperKind("pack", "{project}-HP-{n:03}")
NOTE = PaperKind("transmittal", "{project}-TR-{n:04}", keeps_number=False)
ISSUED = register("issued")


@dataclass
class Desk:
    """A workspace with a project whose papers are issued."""

    workspace: Workspace
    project: str

    def issue(self, outline: PackOutline | None = None, kind: PaperKind = PACK, supersedes: str | None = None) -> Paper:
        return issue(self.workspace, self.project, outline or a_pack(5, 5), kind, supersedes=supersedes)

    def row(self, paper: Paper) -> Issued:
        with self.workspace.edit("Look", project=self.project) as work:
            row = work.get(Issued, paper.id)
            work.session.expunge(row)
        return row

    def in_force(self, kind: PaperKind = PACK) -> list[str]:
        with self.workspace.read() as connection:
            return [f"{each.number}/{each.edition}" for each in in_force(connection, self.project, kind)]

    def pdf(self, paper: Paper) -> Path:
        return self.workspace.blobs.path_of(self.row(paper).pdf_sha256)

    def blobs(self) -> set[str]:
        return {sha256 for sha256, _ in self.workspace.blobs.contents()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    with a_workspace(tmp_path) as workspace:
        yield Desk(workspace, a_project(workspace, "P-01", name="Plant"))


def text_of(pdf: Path) -> str:
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    text = "\n".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    return text


# -- issuing ----------------------------------------------------------------------------------------------------------


def test_a_paper_gets_number_edition_and_pdf_in_one_act(desk: Desk) -> None:
    desk.workspace.user = "anna"
    me = a_row(desk.workspace, desk.project, Person(name="Anna", account="anna"))

    paper = desk.issue()

    row, label = desk.row(paper), undo_label(desk.workspace)
    assert (row.number, row.edition, row.status, row.kind) == ("P-01-HP-001", 1, "issued", "pack")
    assert (row.issued_by_id, row.language) == (me.id, "both")
    assert label is not None
    assert label.label == "Issue P-01-HP-001 投产移交包 Handover pack"
    assert "P-01-HP-001" in text_of(desk.pdf(paper))
    assert "DRAFT" not in text_of(desk.pdf(paper))
    assert check(desk.workspace.path) == []


def test_the_next_edition_supersedes_the_one_before_under_its_number(desk: Desk) -> None:
    first = desk.issue()

    second = desk.issue(supersedes=first.id)

    assert (second.number, second.edition) == ("P-01-HP-001", 2)
    assert desk.row(first).status == "superseded"
    assert desk.in_force() == ["P-01-HP-001/2"]
    assert desk.issue().number == "P-01-HP-002"


def test_a_kind_may_number_each_paper_anew(desk: Desk) -> None:
    first = desk.issue(kind=NOTE)

    second = desk.issue(kind=NOTE, supersedes=first.id)

    assert (second.number, second.edition) == ("P-01-TR-0002", 1)
    assert desk.in_force(NOTE) == ["P-01-TR-0002/1"]


def test_only_a_paper_in_force_is_superseded(desk: Desk) -> None:
    first = desk.issue()
    desk.issue(supersedes=first.id)

    with pytest.raises(NotLawful, match="Superseded"):
        desk.issue(supersedes=first.id)
    with pytest.raises(NotLawful, match="another kind"):
        desk.issue(kind=NOTE, supersedes=first.id)


def test_an_undone_issue_leaves_number_and_edition_void(desk: Desk) -> None:
    first = desk.issue()
    desk.issue(supersedes=first.id)
    undo(desk.workspace)
    assert desk.in_force() == ["P-01-HP-001/1"]

    again = desk.issue(supersedes=first.id)
    assert (again.number, again.edition) == ("P-01-HP-001", 3)
    undo(desk.workspace)
    undo(desk.workspace)
    assert desk.issue().number == "P-01-HP-002"


def test_an_issue_done_again_has_its_pdf(desk: Desk) -> None:
    paper = desk.issue()
    undo(desk.workspace)

    redo(desk.workspace)

    assert desk.in_force() == ["P-01-HP-001/1"]
    assert verify_paper(desk.workspace, paper.id).ok


def test_a_number_that_came_with_another_copy_is_passed_over(desk: Desk) -> None:
    paper = desk.issue()
    row = desk.row(paper)
    with desk.workspace.edit("Merge", project=desk.project) as work:
        values = {c.key: getattr(row, c.key) for c in Issued.__table__.columns}
        work.add(Issued(**{**values, "id": None, "ref": None, "number": "P-01-HP-002"}))

    assert desk.issue().number == "P-01-HP-003"


def test_two_papers_of_one_number_are_refused_with_a_sentence(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.issue()
    monkeypatch.setattr(module, "_new_number", lambda *_: "P-01-HP-001")
    before = contents(desk.workspace.path)

    with pytest.raises(NotLawful, match="given out in the meantime"):
        desk.issue()

    assert contents(desk.workspace.path) == before


# -- never changed ----------------------------------------------------------------------------------------------------


def test_an_issued_paper_is_never_changed(desk: Desk) -> None:
    paper = desk.issue()

    for values in ({"number": "X"}, {"outline": "{}"}, {"pdf_sha256": "0" * 64}, {"title": "Other"}):
        with pytest.raises(Refused), desk.workspace.edit("Change", project=desk.project) as work:
            row = work.get(Issued, paper.id)
            for key, value in values.items():
                setattr(row, key, value)
    with pytest.raises(Refused), desk.workspace.edit("Delete", project=desk.project) as work:
        work.delete(work.get(Issued, paper.id))
    with pytest.raises(Refused), desk.workspace.edit("Change", project=desk.project) as work:
        work.update_many(Issued, {paper.id: {"number": "Y"}})
    with desk.workspace.edit("Remark", project=desk.project) as work:
        work.get(Issued, paper.id).notes = "sent by post"


def test_voiding_needs_a_reason_and_superseding_another_paper(desk: Desk) -> None:
    paper = desk.issue()
    void, supersede = ISSUED_STATUS.step("void"), ISSUED_STATUS.step("supersede")

    offers = {o.step.key: o for o in taking.offers(desk.workspace, ISSUED, desk.project, [paper.id])}
    assert offers["void"].possible
    assert [str(r) for r in offers["supersede"].reasons] == [
        "P-01-HP-001 is superseded when its next edition is issued. Issue that, or void this one."
    ]
    with pytest.raises(Refused, match="next edition"):
        taking.take(desk.workspace, ISSUED, desk.project, [paper.id], supersede, {})
    with pytest.raises(Refused, match="Void because"):
        taking.take(desk.workspace, ISSUED, desk.project, [paper.id], void, {})
    taking.take(desk.workspace, ISSUED, desk.project, [paper.id], void, {"void_because": "wrong project"})
    assert desk.row(paper).status == "void"
    assert desk.in_force() == []


# -- printed again ----------------------------------------------------------------------------------------------------


def test_a_paper_is_saved_as_it_was_issued(desk: Desk, tmp_path: Path) -> None:
    paper = desk.issue()
    given = desk.pdf(paper).read_bytes()

    assert save_paper(desk.workspace, paper.id, tmp_path / "a.pdf") is False
    assert (tmp_path / "a.pdf").read_bytes() == given
    verdict = verify_paper(desk.workspace, paper.id)
    assert (verdict.kept, verdict.prints_same, verdict.ok) == (KeptPdf.SAME, True, True)
    assert str(verdict) == "The PDF of P-01-HP-001 is as it was issued, and prints the same again."


@pytest.mark.parametrize("harm", ["lost", "changed"])
def test_a_lost_pdf_is_printed_again_byte_for_byte(desk: Desk, tmp_path: Path, harm: str) -> None:
    paper = desk.issue()
    given = desk.pdf(paper).read_bytes()
    spoil(desk.pdf(paper), harm)

    verdict = verify_paper(desk.workspace, paper.id)
    assert save_paper(desk.workspace, paper.id, tmp_path / "a.pdf") is True

    assert (tmp_path / "a.pdf").read_bytes() == given
    assert (verdict.ok, verdict.prints_same) == (True, True)


def test_the_kept_pdf_counts_where_type_is_set_in_another_way(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    paper = desk.issue()
    given = desk.pdf(paper).read_bytes()
    monkeypatch.setattr("handover.pack.pdf.page._SMALL", 8.5)
    assert pdf_style

    verdict = verify_paper(desk.workspace, paper.id)
    save_paper(desk.workspace, paper.id, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == given
    assert (verdict.ok, verdict.prints_same) == (True, False)
    assert "would print it in another way" in str(verdict)

    spoil(desk.pdf(paper), "lost")
    with pytest.raises(UnusableFile, match="is lost"):
        save_paper(desk.workspace, paper.id, tmp_path / "b.pdf")
    assert not verify_paper(desk.workspace, paper.id).ok
    assert not (tmp_path / "b.pdf").exists()


def test_a_paper_whose_outline_is_damaged_still_has_its_pdf(desk: Desk, tmp_path: Path) -> None:
    paper = desk.issue()
    with desk.workspace.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE issued SET outline='{}'")

    verdict = verify_paper(desk.workspace, paper.id)

    assert (verdict.ok, verdict.prints_same) == (True, None)
    assert save_paper(desk.workspace, paper.id, tmp_path / "a.pdf") is False


def spoil(path: Path, harm: str) -> None:
    path.chmod(0o644)
    if harm == "lost":
        path.unlink()
    else:
        path.write_bytes(b"%PDF-1.4 something else")


def test_each_verdict_has_its_sentence() -> None:
    assert set(reprint._SAID) == {(kept, same) for kept in KeptPdf for same in (True, False, None)}


# -- whole or not at all ----------------------------------------------------------------------------------------------


def test_an_issue_that_fails_leaves_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    before = contents(desk.workspace.path)

    def full(*_: object, **__: object) -> None:
        raise HandoverError("The disk is full.")

    monkeypatch.setattr(module, "write_pdf", full)
    with pytest.raises(HandoverError, match="full"):
        desk.issue()
    monkeypatch.undo()

    assert contents(desk.workspace.path) == before
    assert desk.blobs() == set()
    assert desk.issue().number == "P-01-HP-001"


@pytest.mark.parametrize("moment", ["reading", "printed", "kept", "committing"])
def test_a_killed_issue_leaves_nothing_or_all(tmp_path: Path, moment: str) -> None:
    with a_workspace(tmp_path) as workspace:
        a_project(workspace, "P-01")
        path = workspace.path
    before = contents(path)

    killed = subprocess.run(
        [sys.executable, "-m", "tests.pack.killed_issue", str(path), moment],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        check=False,
        capture_output=True,
    )

    assert killed.returncode == -9, killed.stderr.decode()
    assert contents(path) == before
    with Workspace.open(path) as workspace:
        desk = Desk(workspace, workspace.only_project().id)
        left = desk.blobs()
        assert bool(left) == (moment in ("kept", "committing"))
        assert check(path) == []
        assert collect(path, workspace.blobs, workspace.contents()) == len(left)
        assert desk.issue().number == "P-01-HP-001"
        assert len(desk.blobs()) == 1


def test_what_an_undone_issue_kept_is_collected_when_nothing_mentions_it(desk: Desk) -> None:
    desk.issue()
    undo(desk.workspace)

    assert len(desk.blobs()) == 1
    assert collect(desk.workspace.path, desk.workspace.blobs, desk.workspace.contents()) == 1
    assert desk.blobs() == set()


# -- the pack ---------------------------------------------------------------------------------------------------------


def test_a_pack_is_a_draft_until_it_is_issued(desk: Desk, tmp_path: Path) -> None:
    project = desk.workspace.only_project()

    made = make_pack(desk.workspace, project, tmp_path / "out", language="both", chapters=("summary",))

    manifest = json.loads(made.manifest.read_text(encoding="utf-8"))
    text = text_of(made.files[0])
    assert made.paper is None
    assert manifest["draft"] is True
    assert "log" not in manifest
    assert "HP-" not in manifest["number"]
    assert "草稿" in text
    assert "DRAFT" in text
    assert desk.in_force() == []
    assert verify(made.folder)[0].draft


def test_an_issued_pack_has_number_files_and_anchor(desk: Desk, tmp_path: Path) -> None:
    project = desk.workspace.only_project()
    with desk.workspace.read() as connection:
        act, chain = connection.exec_driver_sql("SELECT id, hash FROM act ORDER BY id DESC LIMIT 1").one()
    names = pack_names(desk.workspace, project, issue=Issue())

    made = make_pack(desk.workspace, project, tmp_path / "out", issue=Issue())

    manifest = json.loads(made.manifest.read_text(encoding="utf-8"))
    assert made.paper is not None
    assert sorted(names) == sorted(path.name for path in made.files)
    assert (manifest["number"], manifest["edition"], manifest["draft"]) == ("P-01-HP-001", 1, False)
    assert manifest["log"] == {"act": act, "hash": chain}
    assert all(found.ok for found in verify(made.folder))
    assert made.pdf is not None
    assert made.pdf.read_bytes() == desk.pdf(made.paper).read_bytes()
    assert len(desk.blobs()) == 3
    assert check(desk.workspace.path) == []


def test_a_pack_is_issued_as_the_next_edition_of_another(desk: Desk, tmp_path: Path) -> None:
    project = desk.workspace.only_project()
    set_pattern(desk.workspace, desk.project, "pack", "NEV/{n}")
    first = make_pack(desk.workspace, project, tmp_path, issue=Issue(), workbook=False)
    assert first.paper is not None
    names = pack_names(desk.workspace, project, issue=Issue(first.paper.id), workbook=False)

    second = make_pack(desk.workspace, project, tmp_path, issue=Issue(first.paper.id), workbook=False)

    assert second.paper is not None
    assert (second.paper.number, second.paper.edition) == ("NEV/1", 2)
    assert sorted(names) == sorted(path.name for path in second.files)
    assert {path.name for path in second.files}.isdisjoint(path.name for path in first.files)
    with desk.workspace.read() as connection:
        assert [p.edition for p in packs_in_force(connection, desk.project)] == [2]


def test_a_pack_without_pdf_is_not_issued(desk: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotValid, match="PDF"):
        make_pack(desk.workspace, desk.workspace.only_project(), tmp_path, pdf=False, issue=Issue())


def test_nothing_is_issued_from_a_workspace_open_for_reading(desk: Desk, tmp_path: Path) -> None:
    path = desk.workspace.path
    desk.workspace.close()
    with Workspace.open(path, "read") as reading, pytest.raises(ReadOnly):
        make_pack(reading, reading.only_project(), tmp_path / "out", issue=Issue())
    assert not (tmp_path / "out").exists()


def test_an_issue_whose_files_find_no_place_says_that_it_was_issued(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise HandoverError("The file is open elsewhere.")

    monkeypatch.setattr("handover.pack.delivery._move", refuse)
    with pytest.raises(HandoverError, match=r"P-01-HP-001 was issued.*open elsewhere.*register of issued papers"):
        make_pack(desk.workspace, desk.workspace.only_project(), tmp_path / "out", issue=Issue())

    assert desk.in_force() == ["P-01-HP-001/1"]


def test_a_paper_is_frozen_with_the_rows_of_its_day(desk: Desk, tmp_path: Path) -> None:
    project = desk.workspace.only_project()
    made = make_pack(desk.workspace, project, tmp_path, issue=Issue(), workbook=False)
    a_row(desk.workspace, desk.project, Person(name="Somebody who came later"))
    assert made.paper is not None

    save_paper(desk.workspace, made.paper.id, tmp_path / "again.pdf")

    assert made.pdf is not None
    assert (tmp_path / "again.pdf").read_bytes() == made.pdf.read_bytes()
    assert verify_paper(desk.workspace, made.paper.id).prints_same


def test_issued_papers_are_made_by_the_program_alone(desk: Desk) -> None:
    from handover.registers.acts import editing

    with pytest.raises(NotLawful, match="program alone"):
        editing.add(desk.workspace, ISSUED, desk.project, {"notes": "x"})
    with desk.workspace.read() as connection:
        assert connection.execute(select(Issued.id)).all() == []
    assert replace(a_pack(1, 1), draft=True).draft
