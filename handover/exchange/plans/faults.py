"""What can be wrong with a task of a plan file, in the words that the rows of workbooks get."""

from __future__ import annotations

from typing import Final

from handover.i18n import N_
from handover.values.task_links import NO_LINK, NO_SUCH_TASK, ON_ITSELF

__all__ = [
    "BEYOND_PERCENT", "MOST_MINUTES", "NO_CHOICE", "NO_DATE", "NO_DURATION", "NO_ID", "NO_LINK", "NO_PERCENTAGE",
    "NO_SUCH_TASK", "NO_WBS", "ON_ITSELF", "TOO_LONG", "TOO_MUCH_TEXT", "TWICE",
]  # fmt: skip

MOST_MINUTES: Final = 525_600 * 200
"""Two hundred years."""

NO_DATE: Final = N_("“{text}” is not a date. Right would be 2026-03-05.")
NO_DURATION: Final = N_(
    "“{text}” is not a duration. Right would be a number with a unit, such as 5 days, 2 weeks or 8 hours."
)
NO_CHOICE: Final = N_("“{value}” is not one of: {allowed}.")
TOO_LONG: Final = N_("A duration of more than 200 years can't be meant.")
NO_PERCENTAGE: Final = N_("“{text}” is not a percentage.")
BEYOND_PERCENT: Final = N_("“{text}” lies outside 0 % to 100 %.")
TOO_MUCH_TEXT: Final = N_("The text has {length} characters; at most {limit} fit.")
TWICE: Final = N_("“{code}” stands in row {row} already; a code belongs to one row.")
NO_ID: Final = N_("The file gives it no ID of its own, by which links and assignments name it.")
NO_WBS: Final = N_("The file has no WBS element “{text}” to put it under.")
