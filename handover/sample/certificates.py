"""The sample's certificates, drawn up, issued and signed one after the other as people did."""

from __future__ import annotations

import datetime as dt
import math
import tomllib
from typing import Any

from sqlalchemy import select

from handover.i18n import N_
from handover.jobs import Progress, step
from handover.model.custody.certificate import CERTIFICATE_STATUS
from handover.model.custody.parts import CertificateException
from handover.model.custody.signature import SIGNATURE_STATUS, Signature, as_text
from handover.model.people import Person
from handover.model.system import System
from handover.pack import paper_steps
from handover.registers.acts import taking
from handover.registers.catalogue import register
from handover.registers.custody.drawing_up import draw_up
from handover.registers.custody.kinds import kind_named
from handover.registers.find import resolve
from handover.registers.kinds import Kind
from handover.sample.files import folder
from handover.sample.filling import SampleFilling

Told = dict[str, Any]  # Any: what TOML can hold
#: What stands in the file beside the fields of a certificate.
_STORY = frozenset(
    {"kind", "system", "issued_on", "signed", "exceptions", "void_because", "voided_on", "lists_open_items"}
)
_POINTS = 60


def load_certificates(filling: SampleFilling, progress: Progress) -> None:
    """Add the certificates of the sample, each as far as it has come."""
    file = folder(filling.language) / "certificates.toml"
    told: list[Told] = tomllib.loads(file.read_text(encoding="utf-8"))["certificate"]
    for done, each in enumerate(told):
        step(progress, done, len(told), register("certificates").label)
        _tell(filling, each)


def _tell(filling: SampleFilling, told: Told) -> None:
    """Draw one up and take its steps; one that lists what is open now is issued as it is today, not as of the past."""
    source = "hand" if told.get("lists_open_items") else "import"
    key = _drawn_up(filling, told, source)
    if "issued_on" not in told:
        return
    _take(filling, key, "issue", {"issued_on": Kind.DATE.moved(told["issued_on"], filling.shift)}, source)
    for name, day, *remark in told["signed"]:
        _sign(filling, key, name, Kind.DATE.moved(day, filling.shift), remark[0] if remark else None)
    _note_done(filling, key, told)
    if "void_because" in told:
        because = {"void_because": told["void_because"], "voided_on": Kind.DATE.moved(told["voided_on"], filling.shift)}
        _take(filling, key, "void", because, source)


def _drawn_up(filling: SampleFilling, told: Told, source: str) -> str:
    with filling.workspace.read() as connection:
        kind = kind_named(connection, filling.project_id, told["kind"]).id
        system = resolve(connection, filling.project_id, str(System.__tablename__), told["system"]).id
        owners = {name: resolve(connection, filling.project_id, str(Person.__tablename__), name).id
                  for _, name, *_ in told.get("exceptions", ())}  # fmt: skip
    values = {field: Kind.DATE.moved(value, filling.shift) for field, value in told.items() if field not in _STORY}
    (key,) = draw_up(filling.workspace, filling.project_id, kind, [system], values, source=source)
    with filling.workspace.edit(N_("Add the exceptions of a certificate"), project=filling.project_id,
                                source=source) as work:  # fmt: skip
        for text, name, due, measure, *_ in told.get("exceptions", ()):
            due_on = Kind.DATE.moved(due, filling.shift)
            work.add(CertificateException(certificate_id=key, text=text, owner_id=owners[name], due_on=due_on,
                                          measure=measure))  # fmt: skip
    return key


def _sign(filling: SampleFilling, key: str, name: str, day: dt.date, remark: str | None) -> None:
    wanted = select(Signature.id).join(Person, Person.id == Signature.person_id)
    with filling.workspace.read() as connection:
        signature = connection.execute(wanted.where(Signature.certificate_id == key, Person.name == name)).scalar_one()
    answers = {"signed_name": name, "signed_on": day, "drawn": _drawn(name), **({"remark": remark} if remark else {})}
    signed = SIGNATURE_STATUS.step("sign")
    paper_steps.take(
        filling.workspace, register("signatures"), filling.project_id, [signature], signed, answers, source="import"
    )


def _note_done(filling: SampleFilling, key: str, told: Told) -> None:
    """Say when exceptions were done, of those that are."""
    done = {text: rest[0] for text, _, _, _, *rest in told.get("exceptions", ()) if rest}
    if not done:
        return
    here = (CertificateException.certificate_id == key, CertificateException.deleted_at.is_(None))
    with filling.workspace.read() as connection:
        rows = connection.execute(select(CertificateException.id, CertificateException.text).where(*here)).all()
    changes = {row.id: {"done_on": Kind.DATE.moved(done[row.text], filling.shift)} for row in rows if row.text in done}
    filling.change(register("certificate-exceptions"), changes)


def _take(filling: SampleFilling, key: str, name: str, answers: Told, source: str) -> None:
    taken = CERTIFICATE_STATUS.step(name)
    taking.take(filling.workspace, register("certificates"), filling.project_id, [key], taken, answers, source=source)


def _drawn(name: str) -> str:
    """A line as a pen draws it, another one for each name."""
    turns, lean = 2 + sum(map(ord, name)) % 4, 0.6 + sum(map(ord, name)) % 7 / 10
    points = []
    for n in range(_POINTS):
        t = n / (_POINTS - 1)
        x = 0.08 + 0.62 * t + 0.05 * math.sin(2 * math.pi * turns * t)
        y = 0.125 + 0.075 * math.cos(2 * math.pi * turns * lean * t) * (1 - 0.6 * t)
        points.append((x, y))
    return as_text([points, [(0.1, 0.215), (0.78, 0.2)]])
