"""The columns beside the bars: what each is called, shows and edits, and which are in view at first."""

from __future__ import annotations

from enum import IntEnum

from handover.i18n import N_


class Col(IntEnum):
    """The columns, from the left."""

    NAME = 0
    DURATION = 1
    START = 2
    FINISH = 3
    PERCENT = 4
    PREDECESSORS = 5
    OWNER = 6
    FLOAT = 7
    SLIP = 8
    REFERENCE = 9
    WBS = 10
    DEADLINE = 11
    CONSTRAINT = 12
    CONSTRAINT_AT = 13
    ACTUAL_START = 14
    ACTUAL_FINISH = 15
    FREE_FLOAT = 16
    PLANNED_START = 17
    PLANNED_FINISH = 18
    START_SLIP = 19


#: The field of the register that a column edits.
FIELDS = {
    Col.NAME: "name",
    Col.DURATION: "duration",
    Col.START: "start",
    Col.FINISH: "finish",
    Col.PERCENT: "percent",
    Col.PREDECESSORS: "predecessors",
    Col.OWNER: "owner",
    Col.WBS: "wbs",
    Col.DEADLINE: "deadline",
    Col.CONSTRAINT: "constraint",
    Col.CONSTRAINT_AT: "constraint_at",
    Col.ACTUAL_START: "actual_start",
    Col.ACTUAL_FINISH: "actual_finish",
}

#: Those that are in view without being asked for.
USUAL = tuple(Col)[: Col.SLIP + 1]

HEADS = {
    Col.NAME: N_("Task"),
    Col.DURATION: N_("Duration"),
    Col.START: N_("Start"),
    Col.FINISH: N_("Finish"),
    Col.PERCENT: N_("% complete"),
    Col.PREDECESSORS: N_("Predecessors"),
    Col.OWNER: N_("Owner"),
    Col.FLOAT: N_("Float"),
    Col.SLIP: N_("Slip"),
    Col.REFERENCE: N_("Reference"),
    Col.WBS: N_("WBS"),
    Col.DEADLINE: N_("Deadline"),
    Col.CONSTRAINT: N_("Constraint"),
    Col.CONSTRAINT_AT: N_("Constraint date"),
    Col.ACTUAL_START: N_("Actual start"),
    Col.ACTUAL_FINISH: N_("Actual finish"),
    Col.FREE_FLOAT: N_("Free float"),
    Col.PLANNED_START: N_("Entered start"),
    Col.PLANNED_FINISH: N_("Entered finish"),
    Col.START_SLIP: N_("Start slip"),
}

TIPS = {
    Col.START: N_("Forecast start; typing one plans the task no earlier than that day."),
    Col.FINISH: N_("Forecast finish; typing one sets the duration."),
    Col.PREDECESSORS: N_("Tasks by their row numbers, such as 12 or 12FS+2d; references such as TSK-0012 do as well."),
    Col.FLOAT: N_("Total float: how far the task can slip without moving the plan's finish."),
    Col.FREE_FLOAT: N_("Free float: how far the task can slip without moving any other task."),
    Col.SLIP: N_("Working days by which the task finishes after the baseline."),
    Col.START_SLIP: N_("Working days by which the task starts after the baseline."),
}

RIGHT = frozenset({*Col} - {Col.NAME, Col.PREDECESSORS, Col.OWNER, Col.REFERENCE, Col.WBS, Col.CONSTRAINT})

#: What only a baseline can tell.
SLIPS = frozenset({Col.SLIP, Col.START_SLIP})

#: Widths at first sight.
WIDTHS = {
    Col.NAME: 270,
    Col.DURATION: 80,
    Col.START: 96,
    Col.FINISH: 96,
    Col.PERCENT: 84,
    Col.PREDECESSORS: 130,
    Col.OWNER: 110,
    Col.FLOAT: 76,
    Col.SLIP: 70,
    Col.START_SLIP: 84,
    Col.REFERENCE: 84,
    Col.WBS: 64,
    Col.CONSTRAINT: 150,
} | dict.fromkeys((Col.DEADLINE, Col.CONSTRAINT_AT, Col.ACTUAL_START, Col.ACTUAL_FINISH, Col.FREE_FLOAT,
                   Col.PLANNED_START, Col.PLANNED_FINISH), 100)  # fmt: skip
