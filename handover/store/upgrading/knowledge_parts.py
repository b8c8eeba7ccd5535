"""What migration 0015 does with knowledge: its holder, its receiver and his verification become rows of their own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection

from handover.i18n import N_, tr
from handover.model.picks.templates import FIRST, pick_template
from handover.store.upgrading.logged import UpgradeWork

_LIST = "transfer_method"
#: What an item said of its receiver, but for the way of transfer, which becomes an entry of a list.
_OF_RECEIVER = (
    "status", "baseline_level", "current_level", "verified_level", "verified_by_id", "verified_on", "verification",
    "valid_until", "evidence", "due_on", "accepted_because", "deleted_at",
)  # fmt: skip
_OF_VERIFICATION = {"verified_level": "level", "verified_by_id": "verifier_id", "verified_on": "verified_on",
                    "verification": "method", "valid_until": "valid_until", "evidence": "evidence",
                    "deleted_at": "deleted_at"}  # fmt: skip
_READ = ("id", "project_id", "notes", "method", "holder_id", "sole_holder", "holder_until", "attrition", "receiver_id",
         *_OF_RECEIVER)  # fmt: skip
_OF_PERSON = (
    ("holder_until", "leaves_on", N_("Holder available until")),
    ("attrition", "retention_risk", N_("Risk of leaving")),
)

Item = dict[str, Any]  # Any: the columns of an item


def read_items(connection: Connection) -> list[Item]:
    """The items as they stood, read before the column of their way of transfer goes."""
    found = connection.exec_driver_sql(f"SELECT {', '.join(_READ)} FROM knowledge_item ORDER BY id")  # noqa: S608 - our own names
    return [dict(row) for row in found.mappings()]


def part_items(work: UpgradeWork, items: Sequence[Item]) -> None:
    """Give each project the list of ways of transfer, and each item its holder, receiver and verification."""
    told: dict[str, dict[str, int]] = {}
    for project in work.projects():
        of_project = [item for item in items if item["project_id"] == project]
        methods = _methods(work, project, wanted=any(item["method"] for item in of_project))
        for item in of_project:
            if item["method"]:
                method = {"method_id": (None, methods.get(item["method"]))}
                work.update(project, "knowledge_item", item["id"], method, gone={"method": item["method"]})
        told[project] = {
            "holders": _holders(work, project, of_project),
            **_receivers(work, project, of_project, methods),
        }
        _leaving(work, project, of_project)
    work.finish(
        N_("Part knowledge into {holders} holders, {receivers} receivers and {verifications} verifications"), told
    )


def _methods(work: UpgradeWork, project: str, *, wanted: bool) -> dict[str, str]:
    """The entries of the list of ways of transfer by code; a project that has lists, or wants this one, and is without
    it gets the one that is shipped."""
    where = "project_id=? AND list=? AND deleted_at IS NULL"
    has_lists = wanted or work.rows("pick", "id", "project_id=?", (project,))
    if has_lists and not work.rows("pick", "id", where, (project, _LIST)):
        shipped = [each.values() for each in pick_template(FIRST).entries if each.list == _LIST]
        work.insert(project, "pick", "PCK", shipped)
    return {str(row[0]): str(row[1]) for row in work.rows("pick", "code, id", where, (project, _LIST))}


def _holders(work: UpgradeWork, project: str, items: Sequence[Item]) -> int:
    rows = [
        {"item_id": item["id"], "person_id": item["holder_id"], "sole": item["sole_holder"],
         "deleted_at": item["deleted_at"]}
        for item in items
        if item["holder_id"]
    ]  # fmt: skip
    return len(work.insert(project, "knowledge_holder", "HLD", rows))


def _receivers(work: UpgradeWork, project: str, items: Sequence[Item], methods: dict[str, str]) -> dict[str, int]:
    received = [item for item in items if item["receiver_id"]]
    rows = [
        {"item_id": item["id"], "person_id": item["receiver_id"], "method_id": methods.get(item["method"] or ""),
         **{attr: item[attr] for attr in _OF_RECEIVER}}
        for item in received
    ]  # fmt: skip
    keys = work.insert(project, "knowledge_receiver", "RCV", rows)
    proofs = [
        {"receiver_id": key, "result": "passed", **{ours: item[attr] for attr, ours in _OF_VERIFICATION.items()}}
        for key, item in zip(keys, received, strict=True)
        if item["verified_level"]
    ]
    return {"receivers": len(keys), "verifications": len(work.insert(project, "level_verification", "VRF", proofs))}


def _leaving(work: UpgradeWork, project: str, items: Sequence[Item]) -> None:
    """When a holder leaves, and how likely that is, stands with the person: what items said goes there where nothing
    stood, and into the notes of the item where something else did."""
    people = {key: {"leaves_on": on, "retention_risk": risk} for key, on, risk in
              work.rows("person", "id, leaves_on, retention_risk", "project_id=?", (project,))}  # fmt: skip
    as_stood = {key: dict(values) for key, values in people.items()}
    held = [item for item in items if item["holder_id"] in people]
    for item in held:
        person = people[item["holder_id"]]
        for attr, ours, _ in _OF_PERSON:
            if person[ours] is None and item[attr] is not None:
                person[ours] = item[attr]
    for key, values in people.items():
        work.update(project, "person", key, {name: (as_stood[key][name], value) for name, value in values.items()})
    for item in held:
        person = people[item["holder_id"]]
        shown = {attr: (item[attr], person[ours]) for attr, ours, _ in _OF_PERSON}
        kept = "\n".join(filter(None, (item["notes"], *_otherwise(item, person))))
        work.update(project, "knowledge_item", item["id"], {**shown, "notes": (item["notes"], kept or None)})


def _otherwise(item: Item, person: dict[str, Any]) -> Iterator[str]:  # Any: the columns of a person
    for attr, ours, label in _OF_PERSON:
        if item[attr] is not None and item[attr] != person[ours]:
            yield f"{tr(label)}: {item[attr]}"
