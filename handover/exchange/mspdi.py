"""MS Project's XML (MSPDI): reading it, scheduling what it holds, and writing it."""

from handover.exchange.mspdi_from_plan import TaskDetails, from_schedule
from handover.exchange.mspdi_plan import to_plan
from handover.exchange.mspdi_read import read_mspdi
from handover.exchange.mspdi_values import (
    MspdiAssignment,
    MspdiBaseline,
    MspdiDates,
    MspdiLink,
    MspdiProject,
    MspdiResource,
    MspdiTask,
)
from handover.exchange.mspdi_write import write_mspdi

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
