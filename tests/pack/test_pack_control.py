"""Packs as controlled papers: editions, what changed, what is bound to the signature, kinds and their definitions."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader

from handover.errors import NotFound, NotValid
from handover.model import Document, Person, System, Task
from handover.model.documents.revision import Revision
from handover.model.group import GroupSystem, Member, WorkingGroup
from handover.model.issued import Issued
from handover.model.pack_definition import PackCover, PackDefinition, PackPage
from handover.model.punch import Punch
from handover.pack import tables
from handover.pack.contents import outline_of, parts
from handover.pack.frozen import freeze, thaw
from handover.pack.packs.annexes import annexes_mark
from handover.pack.packs.defined import PackAsked, asked_of, contents_asked
from handover.pack.packs.kinds import PACK_KINDS, pack_kind
from handover.pack.packs.logos import logo_of
from handover.pack.packs.preview import COVER, PreviewPages, preview_of
from handover.pack.pdf.document import write_pdf
from handover.pack.produce import Issue, Pack, make_pack
from handover.pack.reprint import save_paper
from handover.registers.acts import editing
from handover.registers.catalogue import register
from handover.store import Workspace
from tests.domain import a_project, a_workspace


@dataclass
class Site:
    """A project with two systems, of which packs are made."""

    workspace: Workspace
    project: str
    folder: Path

    def make(self, asked: PackAsked | None = None, issue: Issue | None = None, pdf: bool = True) -> Pack:
        project = self.workspace.only_project()
        contents = contents_asked(self.workspace, project, asked or PackAsked())
        language = asked.language if asked else "en"
        return make_pack(
            self.workspace, project, self.folder, language=language, contents=contents, issue=issue, pdf=pdf
        )

    def text(self, made: Pack) -> str:
        assert made.pdf is not None
        return text_of(made.pdf)


def text_of(path: Path) -> str:
    document = pypdfium2.PdfDocument(path)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    with a_workspace(tmp_path) as workspace:
        key = a_project(workspace, "P-01", name="Plant")
        with workspace.edit("Fill", project=key) as work:
            one = work.add(System(code="S1", name="Paint shop"))
            part = work.add(System(code="S1.1", name="Oven", parent_id=one.id))
            other = work.add(System(code="S2", name="Press shop"))
            for system in (one, part, other):
                work.add(Document(title=f"Manual of {system.name}", system_id=system.id))
                work.add(Punch(description=f"Leak in {system.name}", system_id=system.id))
            work.add(Task(name="Paint it", system_id=one.id))
            anna = work.add(Person(name="Anna")).id
            group = work.add(WorkingGroup(name="Paint group"))
            work.add(GroupSystem(group_id=group.id, system_id=one.id))
            work.add(Member(group_id=group.id, person_id=anna, role="member"))
        yield Site(workspace, key, tmp_path / "out")


# -- editions ---------------------------------------------------------------------------------------------------------


def test_each_edition_says_who_answers_for_it_and_lists_those_before(site: Site) -> None:
    asked = PackAsked(language="en", prepared="Anna", checked="Bo", approved="Chen", classification="internal",
                      distribution=("Owner", "Plant"), purpose="review")  # fmt: skip
    first = site.make(asked, Issue(purpose="review"))
    assert first.paper is not None

    second = site.make(replace(asked, purpose="signature"), Issue(first.paper.id, "signature", "Comments worked in"))

    text = site.text(second)
    assert second.paper is not None
    assert (second.paper.number, second.paper.edition) == (first.paper.number, 2)
    for words in ("Prepared by", "Anna", "Bo", "Chen", "Owner", "Comments worked in", "For signature", "Superseded"):
        assert words in text, words
    document = pypdfium2.PdfDocument(second.pdf)
    assert all("Internal" in page.get_textpage().get_text_range() for page in document)
    document.close()
    with site.workspace.edit("Look", project=site.project) as work:
        row = work.get(Issued, second.paper.id)
        assert (row.pack_kind, row.purpose, row.changes) == ("full", "signature", "Comments worked in")


def test_next_edition_tells_what_changed_since_the_one_before(site: Site) -> None:
    first = site.make(issue=Issue())
    assert first.paper is not None
    documents = register("documents")
    with site.workspace.read() as connection:
        key = connection.exec_driver_sql("SELECT id FROM document WHERE title = 'Manual of Oven'").scalar_one()
    editing.change(site.workspace, documents, site.project, {key: {"title": "Manual of the oven, 2nd issue"}})
    editing.add(site.workspace, documents, site.project, {"title": "A new drawing"})

    text = site.text(site.make(PackAsked(language="en"), Issue(first.paper.id)))

    assert "What changed since the last edition" in text
    assert "2 rows were added, changed or deleted" in text
    assert "Manual of Oven → Manual of the oven, 2nd issue" in text.replace("\r\n", " ")
    assert "A new drawing" in text


def test_superseded_paper_is_marked_where_it_is_saved(site: Site, tmp_path: Path) -> None:
    first = site.make(issue=Issue())
    assert first.paper is not None and first.pdf is not None
    site.make(issue=Issue(first.paper.id))

    save_paper(site.workspace, first.paper.id, tmp_path / "as-issued.pdf")
    save_paper(site.workspace, first.paper.id, tmp_path / "marked.pdf", marked=True)

    assert (tmp_path / "as-issued.pdf").read_bytes() == first.pdf.read_bytes()
    assert "SUPERSEDED" in text_of(tmp_path / "marked.pdf").upper()


def test_page_to_sign_names_the_checksum_of_the_workbook(site: Site) -> None:
    made = site.make(issue=Issue())
    assert made.workbook is not None and made.paper is not None

    digest = hashlib.sha256(made.workbook.read_bytes()).hexdigest()
    text = site.text(made)
    assert " ".join(digest[at : at + 4] for at in range(0, 16, 4)) in text
    for words in ("accept with the exceptions of list 2", "reject", "Custody passes", made.paper.number):
        assert words in text, words


def test_moment_of_custody_stands_on_the_page_to_sign(site: Site) -> None:
    assert "Custody passes: 1 March 2027, 08:00" in site.text(
        site.make(PackAsked(language="en", custody="1 March 2027, 08:00"))
    )


# -- kinds ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [k.key for k in PACK_KINDS if k.about == "project"])
@pytest.mark.parametrize("language", ["en", "zh", "both"])
def test_every_kind_is_made_in_every_language(site: Site, tmp_path: Path, kind: str, language: str) -> None:
    contents = contents_asked(site.workspace, site.workspace.only_project(), PackAsked(kind))
    outline = outline_of(site.workspace, site.workspace.only_project(), language, contents=contents)  # type: ignore[arg-type]

    made = write_pdf(outline, tmp_path / "pack.pdf")

    assert made.pages >= 2
    assert made.lacking == ""
    assert thaw(freeze(replace(outline.of_print(), sections=()))).control == outline.control


def test_steering_pack_has_two_pages(site: Site, tmp_path: Path) -> None:
    contents = contents_asked(site.workspace, site.workspace.only_project(), PackAsked("steering"))
    for language in ("en", "zh", "both"):
        outline = outline_of(site.workspace, site.workspace.only_project(), language, contents=contents)  # type: ignore[arg-type]
        assert write_pdf(outline, tmp_path / "two.pdf").pages == 2


def test_dossier_is_about_its_systems_and_what_is_below_them(site: Site) -> None:
    text = site.text(site.make(PackAsked("dossier", "en", systems=("S1",))))

    assert "Manual of Paint shop" in text
    assert "Manual of Oven" in text
    assert "Leak in Oven" in text
    assert "Press shop" not in text


def test_pack_of_a_group_is_about_its_members_and_systems(site: Site) -> None:
    text = site.text(site.make(PackAsked("group", "en", group="Paint group")))
    assert "Paint group: " in text  # on the cover

    assert "Anna" in text
    assert "Manual of Paint shop" in text
    assert "Press shop" not in text


def test_what_cannot_be_asked_is_refused_with_the_choices(site: Site) -> None:
    with pytest.raises(NotFound, match="steering"):
        site.make(PackAsked("poster"))
    with pytest.raises(NotFound, match="blockers"):
        site.make(PackAsked(chapters=("nothing",)))
    with pytest.raises(NotFound, match="S9"):
        site.make(PackAsked("dossier", systems=("S9",)))
    with pytest.raises(NotValid, match="systems"):
        site.make(PackAsked("dossier"))
    with pytest.raises(NotValid, match="group"):
        site.make(PackAsked("group"))
    with pytest.raises(NotValid, match="review"):
        site.make(PackAsked(purpose="fun"))
    assert not site.folder.exists()


def test_a_definition_is_made_again_as_it_was_saved(site: Site) -> None:
    with site.workspace.edit("Define", project=site.project) as work:
        anna = work.add(Person(name="Anna Lee")).id
        monthly = PackDefinition(
            name="Monthly", kind="dossier", language="en", systems="S1，S2", prepared_by_id=anna,
            classification="secret", distribution="A\nB", chapters="documents,sign_off",
        )  # fmt: skip
        ref = work.add(monthly).ref

    asked = asked_of(site.workspace, site.workspace.only_project(), "Monthly")
    assert asked == asked_of(site.workspace, site.workspace.only_project(), ref)
    assert (asked.systems, asked.distribution, asked.prepared) == (("S1", "S2"), ("A", "B"), "Anna Lee")
    assert asked.chapters == ("documents", "sign_off")
    text = site.text(site.make(asked))
    assert "Confidential" in text
    assert "Leak" not in text
    with pytest.raises(NotFound, match="Monthly"):
        asked_of(site.workspace, site.workspace.only_project(), "Yearly")


def test_definition_without_what_it_is_about_is_refused(site: Site) -> None:
    with pytest.raises(NotValid):
        editing.add(site.workspace, register("pack-definitions"), site.project, {"name": "D", "kind": "dossier"})


def test_parts_of_a_kind_are_those_that_its_outline_can_have() -> None:
    for kind in PACK_KINDS:
        keys = [part.key for part in parts(kind)]
        assert len(keys) == len(set(keys))
        assert ("sign_off" in keys) == kind.signed
    assert pack_kind("full").takes


# -- logos ------------------------------------------------------------------------------------------------------------


def test_logo_is_made_small_and_stands_on_the_cover(site: Site, tmp_path: Path) -> None:
    Image.new("RGB", (3000, 900), (10, 110, 117)).save(tmp_path / "logo.png")
    logo = logo_of(tmp_path / "logo.png")
    assert logo.width <= 640 and logo.height <= 200

    made = site.make(PackAsked(language="en", logos=(tmp_path / "logo.png",)))
    assert made.pdf is not None
    document = pypdfium2.PdfDocument(made.pdf)
    images = [each for each in document[0].get_objects() if each.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE]
    document.close()
    assert len(images) == 1


def test_picture_that_is_none_or_far_too_large_is_told(tmp_path: Path) -> None:
    (tmp_path / "broken.png").write_bytes(b"\x89PNG\r\n\x1a\nnothing")
    with pytest.raises(NotValid, match=r"broken\.png"):
        logo_of(tmp_path / "broken.png")
    Image.new("1", (10_000, 5_000)).save(tmp_path / "huge.png")
    with pytest.raises(NotValid, match="50 megapixels"):
        logo_of(tmp_path / "huge.png")


# -- order, pages in one's own words, readers, covers -----------------------------------------------------------------


def test_chapters_stand_in_the_order_in_which_they_are_named(site: Site) -> None:
    project = site.workspace.only_project()
    asked = PackAsked(language="en", chapters=("sign_off", "punches", "blockers"))
    outline = outline_of(site.workspace, project, "en", contents=contents_asked(site.workspace, project, asked))

    assert [section.key for section in outline.sections if not section.annex] == ["sign_off", "punches", "blockers"]
    (block,) = [b for s in outline.sections for b in s.blocks if type(b).__name__ == "SignOff"]
    assert "list 3" in str(block.choices)


def test_definition_has_pages_of_its_own_and_the_cover_of_its_company(site: Site, tmp_path: Path) -> None:
    with site.workspace.edit("Define", project=site.project) as work:
        cover = work.add(PackCover(name="Ours", cover_text="{project} ({code})", foot="Form QA-7")).id
        pack = work.add(
            PackDefinition(name="Monthly", language="en", cover_id=cover, chapters="page-2, punches, page-1")
        )
        work.add(PackPage(definition_id=pack.id, number=1, title="Letter", text="Dear reader,\n\n# Why\n\n- first"))
        work.add(PackPage(definition_id=pack.id, number=2, title="Foreword", text="Read this **first**."))
    project = site.workspace.only_project()
    asked = asked_of(site.workspace, project, "Monthly")
    outline = outline_of(site.workspace, project, "en", contents=contents_asked(site.workspace, project, asked))
    keys = [section.key for section in outline.sections if not section.annex]
    text = site.text(site.make(asked))

    assert keys == ["page-2", "punches", "page-1", "page-1-1"]
    assert "Plant (P-01)" in text
    assert "Form QA-7" in text
    assert "Dear reader," in text and "Why" in text and "• first" in text


def test_people_outside_get_nothing_confidential_by_any_door(site: Site) -> None:
    with site.workspace.edit("Classify", project=site.project) as work:
        secret = work.add(Document(title="Secret recipe", confidentiality="secret", mandatory=True)).id
        work.add(Revision(document_id=secret, code="A"))
    inside = site.text(site.make(PackAsked(language="en")))
    outside = site.text(site.make(PackAsked(language="en", readers="outside", chapters=("blockers", "documents"))))

    assert "Secret recipe" in inside
    assert "Secret recipe" not in outside
    assert "Manual of Oven" in outside


def test_our_own_side_reads_internal_fields_marked_as_such(site: Site) -> None:
    editing.add(site.workspace, register("people"), site.project, {"name": "Bo", "phone": "0571-1234"})
    parties = site.text(site.make(PackAsked(language="en")))
    own = site.text(site.make(PackAsked(language="en", readers="own")))

    assert "0571-1234" not in parties
    assert "0571-1234" in own
    assert "It holds internal data" in own
    with pytest.raises(NotValid, match="parties, own, outside"):
        site.make(PackAsked(readers="everybody"))


def test_blocker_leads_to_its_row_and_the_row_back(site: Site) -> None:
    made = site.make(PackAsked(language="en"))
    assert made.pdf is not None
    reader = PdfReader(made.pdf)
    numbers = {page.indirect_reference.idnum: n for n, page in enumerate(reader.pages)}  # type: ignore[union-attr]
    blockers = next(n for n, page in enumerate(reader.pages) if "Everything that stands" in page.extract_text())
    leads = {
        (n, numbers[dest[0].idnum])
        for n, page in enumerate(reader.pages)
        for link in page.get("/Annots", [])
        if isinstance(dest := link.get_object().get("/Dest"), list)
    }
    rows = {to for at, to in leads if at == blockers and to != blockers}

    assert rows
    assert any((row, blockers) in leads for row in rows)


def test_annexes_are_bound_by_what_they_say(site: Site) -> None:
    first = site.make(PackAsked(language="en"), Issue())
    with site.workspace.read() as connection:
        one = thaw(connection.execute(Issued.__table__.select()).one().outline)
    mark = annexes_mark(one)
    changed = replace(one, sections=tuple(replace(s, title="Other") if s.annex else s for s in one.sections))
    other = annexes_mark(changed)

    assert mark is not None and other is not None and mark.sha256 != other.sha256
    assert f"SHA-256 {mark.short}" in site.text(first)


def test_preview_shows_the_first_pages_of_a_part_alone(site: Site, tmp_path: Path) -> None:
    with site.workspace.edit("Fill", project=site.project) as work:
        for n in range(300):
            work.add(Punch(description=f"Dent {n}"))
    project = site.workspace.only_project()
    contents = contents_asked(site.workspace, project, PackAsked())
    begun = preview_of(site.workspace, project, contents, "punches", "en", tmp_path / "p.pdf")
    first = preview_of(site.workspace, project, contents, "punches", "en", tmp_path / "f.pdf", most=1)
    cover = preview_of(site.workspace, project, contents, COVER, "en", tmp_path / "c.pdf")

    assert 1 < begun.pages <= 8 and not begun.goes_on
    assert first == PreviewPages(1, True)
    assert len(PdfReader(tmp_path / "f.pdf").pages) == 1
    assert "Dent 1" in text_of(tmp_path / "f.pdf")
    assert cover.pages == 2
    assert "Plant" in text_of(tmp_path / "c.pdf")
    assert "Punch list" in text_of(tmp_path / "c.pdf")  # in the contents, of which no page is made


def test_preview_reads_as_many_rows_of_a_long_register_as_it_shows(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with site.workspace.edit("Fill", project=site.project) as work:
        for n in range(700):
            work.add(Punch(description=f"Dent {n}"))
    project = site.workspace.only_project()
    contents = contents_asked(site.workspace, project, PackAsked())
    told: list[object] = []
    made = tables._row

    def counted(*given: object) -> object:
        told.append(given[1])
        return made(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(tables, "_row", counted)
    preview_of(site.workspace, project, contents, "punches", "en", tmp_path / "p.pdf", most=1)
    assert 0 < len(told) <= 4 * 30  # of what is open and of all, each measured and shown


def test_preview_of_a_kind_without_a_cover_begins_with_its_first_page(site: Site, tmp_path: Path) -> None:
    project = site.workspace.only_project()
    contents = contents_asked(site.workspace, project, PackAsked("steering", "en"))
    shown = preview_of(site.workspace, project, contents, COVER, "en", tmp_path / "s.pdf", most=1)

    assert shown.pages == 1
    assert "Where the handover stands" in text_of(tmp_path / "s.pdf")


def test_empty_project_makes_a_pack_of_a_few_pages(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        a_project(workspace, "P-02")
        for kind in PACK_KINDS:
            if kind.about == "project":
                contents = contents_asked(workspace, workspace.only_project(), PackAsked(kind.key))
                made = make_pack(workspace, workspace.only_project(), tmp_path / kind.key, contents=contents)
                assert made.pdf is not None
                assert len(PdfReader(made.pdf).pages) <= 6, kind.key
