"""The paper of a certificate: what it says in each language, how it is signed, and that it prints the same again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from handover.model import Document
from handover.model.attachment import Attachment
from handover.model.custody.parts import CertificateException
from handover.model.custody.signature import SIGNATURE_STATUS
from handover.model.issued import Issued
from handover.model.running.log import RunInterruption, RunSegment
from handover.model.running.run import ProvingRun
from handover.pack import paper_steps
from handover.pack.blocks.signing import SignOff
from handover.pack.certificates.writing import paper_of, write_certificate
from handover.pack.contents import outline_of
from handover.pack.frozen import thaw
from handover.pack.reprint import verify_paper
from tests.custody.site import SIGNATURES, TODAY, Site

DRAWN = "500,1500 2500,400 4000,1800;4500,1200"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HANDOVER_TODAY", TODAY.isoformat())


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    made = Site(tmp_path)
    with made.workspace:
        yield made


def a_certificate(site: Site) -> str:
    """A certificate with an exception and a document, out for signature."""
    system = site.system()
    site.row(Document(title="Pump manual", number="D-1", system_id=system, status="accepted"))
    draft = site.draft(system, keys_handed="Keys of the pump house", meter_readings="W1 11,204 m³",
                       warranty_from=dt.date(2026, 11, 16))  # fmt: skip
    site.row(CertificateException(certificate_id=draft, text="Paint the stairs", owner_id=site.builder,
                                  due_on=dt.date(2026, 12, 1), measure="Signs put up"))  # fmt: skip
    site.take(draft, "issue")
    return draft


def words(path: Path) -> str:
    return " ".join(page.extract_text() for page in PdfReader(path).pages)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            ["Handover to operations", "Custody after", "Keys, tools and codes", "Exceptions", "Documents handed over"],
        ),
        ("zh", ["移交生产交接书", "移交后管理权", "钥匙、工具与授权", "保留项", "移交资料"]),
        ("both", ["Handover to operations", "移交生产交接书"]),
    ],
)
def test_sheet_to_sign_says_everything_in_its_language(
    site: Site, tmp_path: Path, language: str, said: list[str]
) -> None:
    key = a_certificate(site)

    path = write_certificate(site.workspace, site.project, key, tmp_path / "out", language)  # type: ignore[arg-type]  # a language

    text = words(path)
    for sentence in (*said, "Paint the stairs", "Signs put up", "D-1", "Pump manual", "Chen Jie", "Yang Lei", "11,204"):
        assert sentence in text
    assert path.name == "CRT-0001 Draft.pdf"


def test_paper_shows_both_signatures_and_prints_the_same_again(site: Site, tmp_path: Path) -> None:
    key = a_certificate(site)
    first, last = site.signatures(key)
    site.sign(first, drawn=DRAWN)
    site.sign(last, drawn=DRAWN, remark="Seen together")

    with site.workspace.read() as connection:
        paper = paper_of(connection, key)
    assert paper is not None
    kept = site.of(Issued, paper)
    outline = thaw(kept["outline"])
    (signing,) = [block for block in outline.sections[0].blocks if isinstance(block, SignOff)]
    lines = [line for party in signing.parties for line in party.signatories]
    assert [(line.name, line.signed_on, len(line.strokes)) for line in lines] == [
        ("Chen Jie", TODAY, 2), ("Yang Lei", TODAY, 2),
    ]  # fmt: skip
    assert (kept["kind"], kept["number"], kept["about_id"]) == ("certificate", "P1-CC-0001", key)
    path = write_certificate(site.workspace, site.project, key, tmp_path / "out")
    assert "P1-CC-0001" in path.name
    assert "Seen together" in words(path)
    assert verify_paper(site.workspace, paper).prints_same is True


def test_drawn_signature_is_kept_as_a_file_of_its_row(site: Site, tmp_path: Path) -> None:
    first, last = site.signatures(a_certificate(site))
    step = SIGNATURE_STATUS.step("sign")
    for signature, name in ((first, "Chen Jie"), (last, "Yang Lei")):
        picture = tmp_path / f"{name}.png"
        picture.write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode())
        answers = {"signed_name": name, "drawn": DRAWN}
        paper_steps.take(site.workspace, SIGNATURES, site.project, [signature], step, answers, files=[picture])

    with site.workspace.read() as connection:
        kept = connection.execute(
            Attachment.__table__.select().where(Attachment.owner_table == "signature").order_by(Attachment.name)
        ).all()
    assert [(row.owner_id, row.name) for row in kept] == [(first, "Chen Jie.png"), (last, "Yang Lei.png")]
    assert all(site.workspace.blobs.holds(row.sha256, row.size) for row in kept)


def test_refused_signature_keeps_no_picture(site: Site, tmp_path: Path) -> None:
    _first, last = site.signatures(a_certificate(site))
    picture = tmp_path / "drawn.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n")
    step = SIGNATURE_STATUS.step("sign")

    with pytest.raises(Exception, match="sign before"):
        paper_steps.take(
            site.workspace, SIGNATURES, site.project, [last], step, {"signed_name": "Yang Lei"}, files=[picture]
        )

    assert [*site.workspace.blobs.contents()] == []


def test_pack_tells_who_has_each_system(site: Site) -> None:
    site.signed(site.system())
    site.system("20", "constructor")

    pack = outline_of(site.workspace, site.workspace.only_project(), "en", ("certificates",))

    tables = {table.key: [tuple(row) for row in table.rows] for table in pack.tables()}
    assert [(row[0], row[2]) for row in tables["custody"]] == [("10 System 10", "P1-CC-0001"), ("20 System 20", None)]
    assert {"certificates", "signatures"} <= set(tables)


def _a_run(site: Site, system: str, status: str) -> None:
    """A run of 72 hours as it was: begun anew after a trip, with an outage of the grid in it."""

    def at(hours: int) -> str:
        return (
            dt.datetime(2026, 11, 1, 8, tzinfo=dt.timezone(dt.timedelta(hours=8))) + dt.timedelta(hours=hours)
        ).isoformat(timespec="minutes")

    with site.workspace.edit("Run as it was", project=site.project, source="import") as work:
        run = work.add(ProvingRun(name="Pumps 72 h", system_id=system, required="72", status=status, started_at=at(0)))
        for start, end in ((0, 10), (12, 40), (43, 87)):
            work.add(RunSegment(run_id=run.id, from_at=at(start), to_at=at(end)))
        for start, end, who, cause in ((10, 12, "contractor", "Pump tripped"), (40, 43, "external", "Grid was out")):
            work.add(RunInterruption(run_id=run.id, from_at=at(start), to_at=at(end), attribution=who, cause=cause))


def test_proof_of_the_run_is_printed_into_the_certificate(site: Site, tmp_path: Path) -> None:
    system = site.system()
    _a_run(site, system, "passed")

    path = write_certificate(site.workspace, site.project, site.draft(system), tmp_path / "out", "en")

    text = words(path)
    for sentence in ("Proof of the run Pumps 72 h", "Segments", "Interruptions", "Pump tripped", "Grid was out"):
        assert sentence in text


@pytest.mark.parametrize(("kind", "status"), [("HOC", "failed"), ("RET", "passed")])
def test_what_proves_nothing_is_not_printed_into_it(site: Site, tmp_path: Path, kind: str, status: str) -> None:
    system = site.system(custody="operations" if kind == "RET" else "commissioning")
    _a_run(site, system, status)

    path = write_certificate(
        site.workspace, site.project, site.draft(system, kind, reason="Leaks"), tmp_path / "out", "en"
    )

    assert "Proof of the run" not in words(path)
