"""What stands above every page while it lasts: the alarms that rows raise, such as emergency stops in force.

A model takes part when it has a method ``standing_alarms`` that says which rows raise one, and in which sentence.
"""

from __future__ import annotations

from sqlalchemy import Connection

from handover.errors import Reason
from handover.registers.catalogue import registers


def alarms(connection: Connection, project_id: str) -> list[Reason]:
    """The alarms of a project, those of each register in the order in which they were raised."""
    found: list[Reason] = []
    for register in registers():
        raised = getattr(register.model, "standing_alarms", None)
        if raised is not None:
            found += raised(connection, project_id)
    return found
