"""PDFs signed with a certificate, locked by a password, taken in signed; skipped where pyHanko isn't installed."""

from __future__ import annotations

import datetime as dt
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from handover.errors import HandoverError, NotFound, NotValid, UnusableFile
from handover.model.issued import SignedCopy
from handover.pack.produce import Issue, make_pack
from handover.pack.proof.verify import verify
from handover.pack.sealing import library
from handover.pack.sealing.came_back import take_signed
from handover.pack.sealing.manifest_signature import sign_manifest
from handover.pack.sealing.protect import protect
from handover.pack.sealing.sign import SigningCertificate, fields_of, sign_pdf
from handover.pack.sealing.signatures import signatures_of
from handover.store import Workspace
from tests.cli.conftest import Run, run  # noqa: F401 - a fixture
from tests.domain import a_project, a_workspace

needed = pytest.mark.skipif(not library.can_seal(), reason="pyHanko isn't installed")


@dataclass(frozen=True)
class Signed:
    """A project with an issued pack, and a certificate to sign it with."""

    workspace: Workspace
    pdf: Path
    paper: str
    certificate: SigningCertificate
    public: Path
    folder: Path

    def signed(self, field: str = "") -> Path:
        to = self.folder / "signed.pdf"
        sign_pdf(self.pdf, to, self.certificate, field=field)
        return to


@pytest.fixture
def given(tmp_path: Path) -> Iterator[Signed]:
    certificate, public = a_certificate(tmp_path)
    with a_workspace(tmp_path) as workspace:
        a_project(workspace, "P-01")
        made = make_pack(
            workspace, workspace.only_project(), tmp_path / "out", language="en", issue=Issue(), embed=True,
        )  # fmt: skip
        assert made.pdf is not None and made.paper is not None
        yield Signed(workspace, made.pdf, made.paper.id, certificate, public, tmp_path)


def a_certificate(folder: Path, passphrase: str = "pw") -> tuple[SigningCertificate, Path]:
    """A certificate of Zhang Wei that vouches for itself, as .p12 and as .pem."""
    x509 = pytest.importorskip("cryptography.x509")
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.hazmat.primitives.serialization import pkcs12

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Zhang Wei")])
    begin = dt.datetime(2020, 1, 1)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
        .not_valid_before(begin).not_valid_after(begin.replace(year=2060))
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True).sign(key, hashes.SHA256())
    )  # fmt: skip
    secret = serialization.BestAvailableEncryption(passphrase.encode())
    (folder / "zhang.p12").write_bytes(pkcs12.serialize_key_and_certificates(b"zhang", key, made, None, secret))
    (folder / "zhang.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return SigningCertificate(folder / "zhang.p12", passphrase), folder / "zhang.pem"


@needed
def test_signature_is_added_and_the_issued_bytes_stay(given: Signed) -> None:
    signed = given.signed()

    assert signed.read_bytes().startswith(given.pdf.read_bytes())
    (found,) = signatures_of(signed)
    assert (found.signer, found.holds, found.whole, found.trusted) == ("Zhang Wei", True, True, False)
    assert signatures_of(signed, [given.public])[0].trusted


@needed
def test_second_signature_leaves_the_first_standing(given: Signed) -> None:
    once = given.signed()
    twice = given.folder / "twice.pdf"
    sign_pdf(once, twice, given.certificate)

    assert [each.ok for each in signatures_of(twice)] == [True, True]


@needed
def test_changed_byte_breaks_the_signature(given: Signed) -> None:
    signed = given.signed()
    data = bytearray(signed.read_bytes())
    at = data.index(b"/Producer")
    data[at + 11] ^= 1
    signed.write_bytes(data)

    assert [each.holds for each in signatures_of(signed)] == [False]


@needed
def test_each_signatory_of_each_party_has_a_field(given: Signed) -> None:
    fields = fields_of(given.pdf)

    assert len(fields) >= 2
    assert all(each.who and not each.filled for each in fields)
    given.signed(field="2")
    assert [each.filled for each in fields_of(given.folder / "signed.pdf")][:2] == [False, True]


@needed
def test_what_does_not_fit_is_refused_in_words(given: Signed) -> None:
    with pytest.raises(NotValid, match="passphrase"):
        sign_pdf(given.pdf, given.folder / "x.pdf", SigningCertificate(given.certificate.file, "wrong"))
    with pytest.raises(NotFound, match="There are: 1 "):
        given.signed(field="Nobody")
    signed = given.signed(field="1")
    with pytest.raises(NotValid, match="signed already"):
        sign_pdf(signed, given.folder / "x.pdf", given.certificate, field="1")
    broken = given.folder / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    with pytest.raises(UnusableFile, match="can't be read as a PDF"):
        sign_pdf(broken, given.folder / "x.pdf", given.certificate)
    assert not (given.folder / "x.pdf").exists()


@needed
def test_locked_copy_opens_with_its_password_alone(given: Signed) -> None:
    import pypdfium2

    locked = given.folder / "locked.pdf"
    protect(given.pdf, locked, "secret")
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(locked)
    with pytest.raises(UnusableFile, match="locked by a password"):
        fields_of(locked)

    document = pypdfium2.PdfDocument(locked, password="secret")
    assert "Handover pack" in document[0].get_textpage().get_text_range()
    document.close()
    with pytest.raises(NotValid, match="print, copy"):
        protect(given.pdf, locked, "secret", allowed=("fly",))


@needed
def test_signed_copy_is_taken_in_and_still_verifies(given: Signed) -> None:
    signed = given.signed()
    taken = take_signed(given.workspace, given.paper, signed)

    assert taken.same_paper
    assert [each.signer for each in taken.signatures or ()] == ["Zhang Wei"]
    with given.workspace.read() as connection:
        copy = connection.execute(SignedCopy.__table__.select()).one()
    assert (copy.issued_id, copy.as_issued, copy.signers) == (given.paper, True, "Zhang Wei")
    (pack,) = verify(given.pdf.parent, workspace=given.workspace)
    assert pack.ok and pack.record == "same"


@needed
def test_pdf_that_was_signed_in_its_place_is_told_as_signed(given: Signed) -> None:
    given.signed().replace(given.pdf)
    (found,) = verify(given.pdf.parent, workspace=given.workspace)

    assert {file.name: file.state for file in found.files}[given.pdf.name] == "signed"
    assert found.ok and [each.signer for each in found.signatures or ()] == ["Zhang Wei"]


@pytest.mark.parametrize("alone", [False, True])
def test_what_is_added_to_a_pdf_without_a_signature_changes_it(given: Signed, alone: bool) -> None:
    place = given.pdf if not alone else given.folder / "from the client.pdf"
    place.write_bytes(given.pdf.read_bytes() + b"%/ByteRange of no signature\n")
    (found,) = verify(place if alone else place.parent, workspace=given.workspace)

    assert not found.ok
    if library.can_seal():
        assert {file.name: file.state for file in found.files}[place.name] == "changed"


@needed
def test_signed_pdf_is_known_by_the_paper_that_it_begins_with(given: Signed) -> None:
    apart = given.folder / "apart"
    apart.mkdir()
    signed = given.signed().rename(apart / "from the client.pdf")
    (found,) = verify(signed, workspace=given.workspace, trusted=(given.public,))

    assert [file.state for file in found.files] == ["signed"]
    assert found.ok and found.record == "same"
    assert [each.trusted for each in found.signatures or ()] == [True]


@needed
def test_workbook_and_manifest_stand_in_the_pdf_and_the_paper_prints_the_same_again(given: Signed) -> None:
    from pypdf import PdfReader

    from handover.pack.reprint import verify_paper

    inside = PdfReader(given.pdf).attachments
    workbook = given.pdf.with_suffix(".xlsx")
    assert inside[workbook.name] == [workbook.read_bytes()]
    (name,) = (each for each in inside if each.endswith(".json"))
    assert json.loads(inside[name][0])["files"][0]["name"] == workbook.name
    assert b"<pdfaid:part>3</pdfaid:part>" in given.pdf.read_bytes()
    assert verify_paper(given.workspace, given.paper).prints_same


@needed
def test_signatures_in_an_archive_are_checked_as_in_a_folder(given: Signed) -> None:
    (manifest,) = given.pdf.parent.glob("*.manifest.json")
    sign_manifest(manifest, given.certificate)
    signed = given.signed()
    places = {end: given.folder / f"{end}.zip" for end in ("whole", "broken")}
    for end, place in places.items():
        with zipfile.ZipFile(place, "w") as archive:
            for path in sorted(given.pdf.parent.iterdir()):
                data = (signed if path == given.pdf else path).read_bytes()
                if end == "broken" and path == manifest:
                    data = data.replace(b'"edition": 1', b'"edition":  1')
                archive.writestr(path.name, data)

    (whole,) = verify(places["whole"], trusted=(given.public,))
    assert [(each.signer, each.ok, each.trusted) for each in whole.signatures or ()] == [("Zhang Wei", True, True)] * 2
    (broken,) = verify(places["broken"])
    assert [each.holds for each in broken.signatures or ()] == [False, True]
    assert not broken.ok


def test_scan_is_taken_in_and_the_unsigned_pdf_is_not(tmp_path: Path) -> None:
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF-1.4 a scan")
    with a_workspace(tmp_path) as workspace:
        a_project(workspace, "P-01")
        made = make_pack(workspace, workspace.only_project(), tmp_path / "out", language="en", issue=Issue())
        assert made.pdf is not None and made.paper is not None
        with pytest.raises(NotValid, match="nobody signed it"):
            take_signed(workspace, made.paper.id, made.pdf)
        taken = take_signed(workspace, made.paper.id, scan, dt.date(2026, 3, 1))
        (pack,) = verify(tmp_path / "out", workspace=workspace)

    assert not taken.same_paper
    assert pack.ok


def test_missing_library_is_told_with_what_installs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from handover.pack.sealing import library

    monkeypatch.setattr(library, "can_seal", lambda: False)
    with pytest.raises(HandoverError, match="pip install"):
        sign_pdf(tmp_path / "a.pdf", tmp_path / "b.pdf", SigningCertificate(tmp_path / "c.p12"))


@needed
def test_commands_sign_take_in_and_give_out(
    given: Signed,
    run: Run,  # noqa: F811
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given.workspace.close()
    monkeypatch.setenv("HANDOVER_PASSPHRASE", "pw")
    monkeypatch.setenv("HANDOVER_PDF_PASSWORD", "secret")
    to, plant = given.folder / "s.pdf", given.folder / "plant.handover"

    code, out, _ = run("sign", given.pdf, "--fields", "--json")
    assert code == 0 and json.loads(out)[0]["signed"] is False
    assert run("sign", given.pdf, "--to", to, "--cert", given.certificate.file)[0] == 0
    assert run("sign", given.pdf, "--to", to, "--cert", given.certificate.file)[0] == 5
    code, out, _ = run("signed", plant, "P-01-HP-001", to, "--project", "P-01", "--json")
    assert code == 0 and json.loads(out)["same_paper"] is True
    again = given.folder / "again.pdf"
    assert run("paper", plant, "P-01-HP-001", "--project", "P-01", "--to", again)[0] == 0
    assert again.read_bytes() == given.pdf.read_bytes()
    assert run("lock", given.pdf, "--to", given.folder / "l.pdf")[0] == 0


@needed
def test_signed_manifest_is_checked_and_a_rebuilt_one_found(given: Signed) -> None:
    (manifest,) = given.pdf.parent.glob("*.manifest.json")
    sign_manifest(manifest, given.certificate)
    (pack,) = verify(given.pdf.parent, workspace=given.workspace, trusted=(given.public,))
    assert pack.ok
    assert [(each.signer, each.trusted) for each in pack.signatures or ()] == [("Zhang Wei", True)]

    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"edition": 1', '"edition":  1'), encoding="utf-8")
    (pack,) = verify(given.pdf.parent)
    assert not pack.ok
    assert "BROKEN" in str((pack.signatures or ())[0])
    manifest.with_name(manifest.name + ".p7s").write_bytes(b"nothing")
    with pytest.raises(UnusableFile, match="no signature"):
        verify(given.pdf.parent)
