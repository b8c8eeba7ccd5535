"""The sample's transmittals, sent as people send them: written, issued with their notes, acknowledged one by one."""

from __future__ import annotations

import datetime as dt

from handover.jobs import Progress, step
from handover.model.documents.transmittal import TRANSMITTAL_STATUS
from handover.pack import paper_steps
from handover.registers.catalogue import register
from handover.registers.query import every
from handover.sample.filling import SampleFilling, Values

#: What the steps fill in.
_BY_STEPS = ("status", "recalled_because", "closed_on", "chased_on")
_ACKNOWLEDGED = ("acknowledged_by", "acknowledged_on")


def load_transmittals(filling: SampleFilling, progress: Progress) -> None:
    """Add the transmittals with their items and receivers, each as far as it has come."""
    transmittals, items, receivers = (register(k) for k in ("transmittals", "transmittal-items", "recipients"))
    rows = filling.values(filling.texts(transmittals))
    keys = filling.add(transmittals, [_without(row, _BY_STEPS) for row in rows])
    filling.add(items, filling.values(filling.texts(items)))
    to = filling.values(filling.texts(receivers))
    filling.add(receivers, [_without(row, (*_ACKNOWLEDGED, "chased_on")) for row in to])
    for done, (key, row) in enumerate(zip(keys, rows, strict=True)):
        step(progress, done, len(keys), transmittals.label)
        if row["status"] != "draft":
            _sent(filling, key, row, [each for each in to if each["transmittal"] == key])
    _remind(filling, keys, rows, to)


def _sent(filling: SampleFilling, key: str, row: Values, to: list[Values]) -> None:
    """Issue a transmittal, and take the steps that came after it in the order of their days."""
    _step(filling, key, "issue", {})
    answered = sorted((each for each in to if each.get("acknowledged_on")), key=_answered)
    for each in answered:
        _step(filling, key, "acknowledge", {attr: each[attr] for attr in _ACKNOWLEDGED})
    if row["status"] == "recalled":
        _step(filling, key, "recall", {"recalled_because": row["recalled_because"]})
    if row["status"] == "closed":
        _step(filling, key, "close", {"closed_on": row["closed_on"]})


def _step(filling: SampleFilling, key: str, name: str, answers: Values) -> None:
    taken = TRANSMITTAL_STATUS.step(name)
    paper_steps.take(
        filling.workspace, register("transmittals"), filling.project_id, [key], taken, answers, source="import"
    )


def _remind(filling: SampleFilling, keys: list[str], rows: list[Values], to: list[Values]) -> None:
    """Note who was reminded."""
    reminded = {key: {"chased_on": row["chased_on"]} for key, row in zip(keys, rows, strict=True) if "chased_on" in row}
    filling.change(register("transmittals"), reminded)
    receivers = register("recipients")
    with filling.workspace.read() as connection:
        stored = sorted(every(connection, receivers, filling.project_id), key=lambda row: row.id)
    late = [(row.id, said) for row, said in zip(stored, to, strict=True) if "chased_on" in said]
    filling.change(receivers, {key: {"chased_on": said["chased_on"]} for key, said in late})


def _answered(row: Values) -> dt.date:
    day: dt.date = row["acknowledged_on"]
    return day


def _without(row: Values, fields: tuple[str, ...]) -> Values:
    return {field: value for field, value in row.items() if field not in fields}
