"""The sample's acceptance: rectifications that failing readings raised go on, tests are completed after their steps."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from handover.model.acceptance.rectification import Rectification
from handover.registers.catalogue import register
from handover.sample.filling import SampleFilling

#: The states on the way to those of the file; a reading after the mend passes it by itself.
_WAY = ("in_work", "awaiting_retest")


def load_tests(filling: SampleFilling, later: frozenset[str]) -> list[str]:
    """Add the tests, those that are completed as under way so that they take their steps; returns the keys of these."""
    tests = register("tests")
    rows = filling.values(filling.texts(tests), later)
    completed = [row["status"] == "completed" for row in rows]
    keys = filling.add(
        tests, [{**row, "status": "running"} if done else row for row, done in zip(rows, completed, strict=True)]
    )
    return [key for key, done in zip(keys, completed, strict=True) if done]


def complete_tests(filling: SampleFilling, completed: list[str]) -> None:
    """Complete tests once their steps are there."""
    filling.change(register("tests"), {key: {"status": "completed"} for key in completed})


def load_rectifications(filling: SampleFilling) -> None:
    """Have the rectifications of failing readings go on as their file tells."""
    rectifications = register("rectifications")
    for told in filling.values(filling.texts(rectifications)):
        key = _raised(filling, str(told["parameter"]))
        state, closed_on = str(told["status"]), told.pop("closed_on", None)
        facts = {field: value for field, value in told.items() if field not in ("parameter", "status", "procedure")}
        filling.change(rectifications, {key: facts})
        for step in _WAY if state in ("closed", "retest_passed") else ():
            filling.change(rectifications, {key: {"status": step}})
        last: dict[str, Any] = {"procedure": told.get("procedure"), "closed_on": closed_on}  # Any: what fields hold
        if state != "retest_passed":
            last["status"] = state
        filling.change(rectifications, {key: {field: value for field, value in last.items() if value is not None}})


def _raised(filling: SampleFilling, parameter: str) -> str:
    with filling.workspace.read() as connection:
        wanted = select(Rectification.id).where(Rectification.parameter_id == parameter)
        return str(connection.execute(wanted).scalar_one())
