"""MS Project's XML (MSPDI): reading it, scheduling what it holds, and writing it."""

from handover.exchange.plans.mspdi.from_plan import TaskDetails, from_schedule
from handover.exchange.plans.mspdi.read import read_mspdi
from handover.exchange.plans.mspdi.to_plan import to_plan
from handover.exchange.plans.mspdi.values import (
    MspdiAssignment,
    MspdiBaseline,
    MspdiDates,
    MspdiLink,
    MspdiProject,
    MspdiResource,
    MspdiTask,
)
from handover.exchange.plans.mspdi.write import write_mspdi

__all__ = [
    "MspdiAssignment",
    "MspdiBaseline",
    "MspdiDates",
    "MspdiLink",
    "MspdiProject",
    "MspdiResource",
    "MspdiTask",
    "TaskDetails",
    "from_schedule",
    "read_mspdi",
    "to_plan",
    "write_mspdi",
]
