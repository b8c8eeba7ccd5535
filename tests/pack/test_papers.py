"""Labels, the list of a box, the forms of the trade; a form that somebody filled in comes back as changes."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader
from sqlalchemy import select

from handover.errors import NotFound, NotLawful, NotValid, Refused
from handover.exchange.dry_run.dry_run import DryRun
from handover.exchange.dry_run.several_sheets import runs_of
from handover.exchange.importing.apply import apply
from handover.exchange.importing.command import Asked, rehearse
from handover.model import Document, Organisation, Person, Project, System
from handover.model.documents.box import Box
from handover.model.documents.transmittal import Transmittal
from handover.model.issued import Issued
from handover.pack import paper_steps
from handover.pack.labels import LABEL_SHEETS, LabelSheet, PaperLabel, label_sheet, labels_of, write_labels
from handover.pack.trade_forms import TradeForm, form_of, form_table, trade_forms, write_form
from handover.registers.acts import taking
from handover.registers.beginning import add_project
from handover.registers.catalogue import register
from handover.registers.files.reading_back import BoxReading, ReadBack
from handover.registers.query import every
from handover.store import Workspace, undo
from handover.wording import Language

BOXES, DOCUMENTS = register("boxes"), register("documents")


class Archive:
    """Two boxes, four papers, two people."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace
        with workspace.edit("Project") as work:
            project = add_project(work, Project(code="P-1", name="Plant"))
        with workspace.edit("Rows", project=project.id) as work:
            firm = work.add(Organisation(name="启航调试", side="project"))
            self.giver = work.add(Person(name="王静", organisation_id=firm.id)).id
            self.taker = work.add(Person(name="Ma Qiang")).id
            first = work.add(Box(code="BX-001", title="As-built drawings", cabinet="4", shelf="1"))
            second = work.add(Box(code="BX-002", title="Certificates"))
            for n, box in ((1, first), (2, first), (3, first), (4, second)):
                work.add(Document(number=f"D-{n}", title=f"Drawing {n}", box_id=box.id, pages=n * 10, medium="paper"))
            work.add(Document(number="D-9", title="In no box"))
            work.add(System(code="S-1", name="Line"))
        self.project, self.box = project.id, first.id
        self.owner = next(p for p in workspace.projects() if p.id == project.id)

    def set(self, paper_no: str, **values: object) -> None:
        with self.workspace.edit("Set", project=self.project) as work:
            paper = work.session.scalars(select(Document).where(Document.number == paper_no)).one()
            for key, value in values.items():
                setattr(paper, key, value)

    def reading(self) -> BoxReading:
        return BoxReading(self.workspace, self.project, self.box)


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Workspace.create(tmp_path / "archive.handover") as workspace:
        yield Archive(workspace)


def words(path: Path) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


# -- labels


def test_label_says_what_a_box_is_called_and_where_it_stands(archive: Archive) -> None:
    first, second = labels_of(archive.workspace, BOXES, archive.project)
    assert (first.code, first.name) == ("BX-001", "As-built drawings")
    assert first.lines == ("Cabinet 4 · Shelf 1", "BOX-0001")
    assert second.lines == ("BOX-0002",)


def test_sheet_begins_where_the_last_one_ended(archive: Archive, tmp_path: Path) -> None:
    labels = [PaperLabel(f"BX-{n:03}", "As-built drawings", ("Cabinet 4",)) for n in range(20)]
    assert write_labels(labels, tmp_path / "a.pdf", first=14) == 3
    assert len(PdfReader(tmp_path / "a.pdf").pages) == 3
    assert "BX-000" in PdfReader(tmp_path / "a.pdf").pages[0].extract_text()
    assert "BX-001" in PdfReader(tmp_path / "a.pdf").pages[1].extract_text()


@pytest.mark.parametrize("sheet", LABEL_SHEETS, ids=lambda sheet: sheet.key)
def test_no_label_leaves_its_sheet(sheet: LabelSheet, tmp_path: Path) -> None:
    labels = [PaperLabel("NEV01-BIW10-ME-MAN-001-A", "安装调试记录与竣工图 " * 6, ("柜 4 · 架 1",))] * 30
    write_labels(labels, tmp_path / "a.pdf", sheet)
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].render(scale=1).to_pil().convert("L")
    for edge in (page.crop((0, 0, page.width, 1)), page.crop((page.width - 1, 0, page.width, page.height))):
        assert edge.getextrema() == (255, 255)


def test_qr_code_holds_the_code(tmp_path: Path) -> None:
    segno = pytest.importorskip("segno")
    write_labels([PaperLabel("BX-001", "")], tmp_path / "a.pdf")
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].render(scale=10).to_pil().convert("L")
    box = page.point(lambda v: 255 - v).crop((0, 0, page.width // 5, page.height // 4)).getbbox()
    assert box is not None
    wanted = segno.make("BX-001", error="m", micro=False)
    data = io.BytesIO()
    wanted.save(data, kind="png", scale=1, border=0)
    code = page.crop(box)
    side = Image.open(data).convert("L")
    drawn = code.resize(side.size, Image.Resampling.BOX)
    pairs = zip(drawn.tobytes(), side.tobytes(), strict=True)
    assert all((a < 128) == (b < 128) for a, b in pairs)


def test_what_has_no_label_is_refused(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(NotLawful, match="have no labels"):
        labels_of(archive.workspace, register("systems"), archive.project)
    with pytest.raises(NotValid, match="nothing to print"):
        write_labels([], tmp_path / "a.pdf")
    with pytest.raises(NotValid, match="has 14 labels"):
        write_labels([PaperLabel("a", "b")], tmp_path / "a.pdf", first=15)
    with pytest.raises(NotValid, match="too long"):
        write_labels([PaperLabel("a" * 500, "b")], tmp_path / "a.pdf")
    with pytest.raises(NotValid, match="14, 8, 24"):
        label_sheet("13")


# -- a box handed over


def test_box_that_is_handed_over_gets_its_list_with_both_names_in_one_act(archive: Archive) -> None:
    archive.set("D-2", lent_to_id=archive.taker)
    step = taking.lifecycle(BOXES).step("hand_over")  # type: ignore[union-attr]  # boxes have one
    answers = {"given_by": archive.giver, "taken_by": archive.taker}

    paper_steps.take(archive.workspace, BOXES, archive.project, [archive.box], step, answers)

    with archive.workspace.read() as connection:
        number, sha256 = connection.execute(select(Issued.number, Issued.pdf_sha256)).one()
        assert connection.execute(select(Box.status).where(Box.id == archive.box)).scalar() == "handed_over"
    said = words(archive.workspace.blobs.path_of(sha256))
    for text in ("P-1-BX-001", "BX-001", "D-1", "D-3", "王静", "Ma Qiang", "启航调试", "Lent to Ma Qiang"):
        assert text in said, text
    assert "D-4" not in said
    assert number == "P-1-BX-001"
    undo(archive.workspace)
    with archive.workspace.read() as connection:
        assert connection.execute(select(Issued.id).where(Issued.deleted_at.is_(None))).first() is None


def test_box_is_not_handed_over_without_its_two_names(archive: Archive) -> None:
    step = taking.lifecycle(BOXES).step("hand_over")  # type: ignore[union-attr]  # as above
    with pytest.raises((Refused, NotValid)):
        paper_steps.take(archive.workspace, BOXES, archive.project, [archive.box], step, {"given_by": archive.giver})
    with archive.workspace.read() as connection:
        assert connection.execute(select(Issued.id)).first() is None


# -- a box read back


def test_codes_tell_what_is_here_twice_elsewhere_and_unknown(archive: Archive) -> None:
    reading = archive.reading()
    outcomes = [reading.take(code).outcome for code in ("D-1", " d-1 ", "Ｄ－２", "DOC-0003", "D-4", "D-9", "X")]
    assert outcomes == [ReadBack.FOUND, ReadBack.AGAIN, ReadBack.FOUND, ReadBack.FOUND, ReadBack.ELSEWHERE,
                        ReadBack.ELSEWHERE, ReadBack.UNKNOWN]  # fmt: skip
    assert reading.read[4].sentence == "“D-4” doesn't belong here. Its place: BX-002."
    assert "in no box" in reading.read[5].sentence
    assert (reading.missing, reading.complete) == ([], False)


def test_box_is_complete_when_all_but_what_is_lent_was_read(archive: Archive) -> None:
    archive.set("D-2", lent_to_id=archive.taker)
    reading = archive.reading()
    reading.take_all(["D-1", "", "  "])
    assert [paper.number for paper in reading.missing] == ["D-3"]
    reading.take_all(["D-3"])
    assert (reading.complete, [p.lent_to for p in reading.lent]) == (True, ["Ma Qiang"])
    assert "although it is lent" in reading.take("D-2").sentence


def test_number_of_two_papers_asks_for_the_reference_unless_one_is_here(archive: Archive) -> None:
    archive.set("D-9", number="D-4")
    assert archive.reading().take("D-4").outcome is ReadBack.SEVERAL
    archive.set("D-3", number="D-4")
    assert archive.reading().take("D-4").outcome is ReadBack.FOUND


def test_box_that_is_gone_is_told(archive: Archive) -> None:
    with pytest.raises(NotFound):
        BoxReading(archive.workspace, archive.project, "gone")


# -- forms


@pytest.mark.parametrize("form", trade_forms(), ids=lambda form: form.key)
def test_every_form_is_written_in_both_languages(archive: Archive, tmp_path: Path, form: TradeForm) -> None:
    languages: tuple[Language, ...] = ("zh", "en")
    for language in languages:
        write_form(archive.workspace, archive.owner, form, tmp_path / "a.pdf", language)
        write_form(archive.workspace, archive.owner, form, tmp_path / "a.xlsx", language)
    assert "Plant" in words(tmp_path / "a.pdf")


def test_contents_stand_under_their_volumes_and_the_book_counts_and_is_signed(archive: Archive, tmp_path: Path) -> None:
    write_form(archive.workspace, archive.owner, form_of("transfer-book"), tmp_path / "a.pdf", "zh")
    said = words(tmp_path / "a.pdf").replace("\n", " ")
    assert said.index("BX-001") < said.index("D-1")
    assert "D-9" not in said
    for text in ("案卷目录", "卷内目录", "总页数", "100"):
        assert text in said, text


def test_papers_are_numbered_within_their_volume(archive: Archive) -> None:
    with archive.workspace.edit("Another box", project=archive.project) as work:
        box = work.add(Box(code="BX-002", title="Certificates"))
        for n in (1, 2):
            work.add(Document(title=f"Certificate {n}", number=f"E-{n}", box_id=box.id))
    table = form_table(archive.workspace, archive.project, form_of("volume-contents"))
    at = next(n for n, column in enumerate(table.columns) if column.key == "box")

    serials: dict[str, list[object]] = {}
    for row in table.rows:
        serials.setdefault(str(row[at]), []).append(row[0])

    assert len(serials) > 1
    assert all(each == [*range(1, len(each) + 1)] for each in serials.values())


def test_unknown_form_and_suffix_are_told(archive: Archive, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="transfer-list"):
        form_of("nothing")
    with pytest.raises(NotValid, match=r"\.pdf or \.xlsx"):
        write_form(archive.workspace, archive.owner, form_of("transfer-list"), tmp_path / "a.csv")


@pytest.mark.parametrize("language", ["zh", "en", "both"])
@pytest.mark.parametrize(
    ("key", "table", "number"), [("master-register", "documents", "D-1"), ("transfer-list", "documents", "D-1"),
                                 ("volume-contents", "documents", "D-1"), ("volume-catalogue", "boxes", "BX-001")]
)  # fmt: skip
def test_form_that_a_supplier_filled_in_comes_back_as_changes(
    archive: Archive, tmp_path: Path, key: str, table: str, number: str, language: Language
) -> None:
    path = tmp_path / "form.xlsx"
    write_form(archive.workspace, archive.owner, form_of(key), path, language)
    book = openpyxl.load_workbook(path)
    sheet = next(s for s in book if any(c.value == number for row in s.iter_rows() for c in row))
    row = next(c.row for line in sheet.iter_rows() for c in line if c.value == number)
    title = next(c for c in sheet[row] if str(c.value).startswith(("Drawing", "As-built")))
    title.value = "Filled in by the supplier"
    book.save(path)

    run = next(run for run in _runs(archive, path) if run.register.key == table)

    told = {outcome: n for outcome, n in run.rows.items() if n}
    assert told.pop("changed") == 1, [v.why for v in run.verdicts]
    assert set(told) <= {"unchanged"}, [(v.outcome, v.why) for v in run.verdicts]
    assert not run.questions
    apply(run, archive.workspace)
    with archive.workspace.read() as connection:
        rows = every(connection, register(table), archive.project, None, [register(table)["title"]])
        assert [row.values[0] for row in rows].count("Filled in by the supplier") == 1


@pytest.mark.parametrize("form", [f for f in trade_forms() if f.columns], ids=lambda form: form.key)
@pytest.mark.parametrize("language", ["zh", "en", "both"])
def test_form_that_nobody_touched_is_no_change(
    archive: Archive, tmp_path: Path, form: TradeForm, language: Language
) -> None:
    with archive.workspace.edit("Transmittal", project=archive.project) as work:
        work.add(Transmittal(subject="Drawings", direction="in", external_no="T-77"))
    write_form(archive.workspace, archive.owner, form, tmp_path / "form.xlsx", language)
    (run,) = _runs(archive, tmp_path / "form.xlsx")
    assert (run.register.key, bool(run.questions)) == (form.register, False)
    assert {o for o, n in run.rows.items() if n} == {"unchanged"}, [(v.outcome, v.why) for v in run.verdicts]


def _runs(archive: Archive, path: Path) -> list[DryRun]:
    return list(runs_of(rehearse(archive.workspace, archive.owner, path, Asked())))
