"""How far the schedule agrees with the dates that MS Project stored in its own files.

    python -m tests.plan.agreement [FILE.xml ...]

prints a line a file: for how many tasks every stored date (start, finish, early and late dates, floats, critical)
agrees to the minute, of how many, and why the others differ. Without arguments it reads ``mspdi/*.xml`` of the corpus.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from handover.errors import UnusableFile
from handover.exchange.plans.mspdi import MspdiProject, MspdiTask, read_mspdi, to_plan
from handover.plan.schedule import Schedule, TaskDates, schedule
from handover.plan.values import Constraint, LinkType
from handover.plan.worktime import moment
from tests.strangers import CORPUS

#: Features that the program doesn't schedule by, or only takes the length of; a file without them uses what it does.
SPLIT = "splits"
CONTOUR = "work contours or delayed assignments"
FOREIGN = "links to other projects"
STALE = "stored dates contradict each other (not recalculated)"
UNDATED = "no early and late dates stored"
UNKNOWN = "unexplained"

_DATES = ("start", "finish", "early_start", "early_finish", "late_start", "late_finish")
_REST = ("total_float", "free_float", "critical")


def corpus() -> list[Path]:
    """The files of the corpus, none where it isn't there."""
    return sorted(CORPUS.glob("mspdi/*.xml"))


@dataclass
class Agreement:
    """What one file says.

    Attributes:
        features: those it uses that the program doesn't schedule by.
        differing: by UID, the fields that differ, stored and ours.
        reasons: why the differing tasks differ, with their number.
    """

    path: Path
    tasks: int = 0
    features: set[str] = field(default_factory=set)
    differing: dict[int, dict[str, tuple[object, object]]] = field(default_factory=dict)
    reasons: Counter[str] = field(default_factory=Counter)

    @property
    def agreeing(self) -> int:
        return self.tasks - len(self.differing)


def agreement_of(path: Path) -> Agreement:
    """Schedule a file and compare."""
    project = read_mspdi(path)
    ours = schedule(to_plan(project))
    found = Agreement(path, features=set(features(project)))
    stale = set(contradictory(project, ours))
    for task in project.tasks:
        if task.uid == 0 or task.external:
            continue
        found.tasks += 1
        differing = differences(task, ours[str(task.uid)])
        if differing:
            found.differing[task.uid] = differing
            found.reasons[reason(task, differing, found.features, stale)] += 1
    return found


def differences(task: MspdiTask, ours: TaskDates) -> dict[str, tuple[object, object]]:
    """The stored fields that differ from ours. A flag without stored late dates was never calculated."""
    stored = task.stored
    names = _DATES if stored.late_finish is None else _DATES + _REST
    found = {}
    for name in names:
        theirs, own = getattr(stored, name), getattr(ours, name)
        if isinstance(theirs, datetime):
            if moment(theirs) != moment(own):
                found[name] = (theirs, own)
        elif theirs is not None and theirs != own:
            found[name] = (theirs, own)
    return found


def features(project: MspdiProject) -> Iterator[str]:
    """What a file uses beyond what the program schedules by."""
    if any(assignment.split for assignment in project.assignments):
        yield SPLIT
    if any(assignment.contour or assignment.delay or assignment.leveling_delay for assignment in project.assignments):
        yield CONTOUR
    if any(task.external or any(link.cross_project for link in task.links) for task in project.tasks):
        yield FOREIGN


def reason(task: MspdiTask, differing: dict[str, tuple[object, object]], features: set[str], stale: set[int]) -> str:
    """Why a task differs, as far as the file tells."""
    if stale:
        return STALE
    if features:
        return ", ".join(sorted(features))
    return UNDATED if task.stored.late_finish is None else UNKNOWN


def contradictory(project: MspdiProject, ours: Schedule) -> Iterator[int]:
    """UIDs of tasks whose stored dates can't all come from one calculation, whoever does it.

    Looked for: a successor's early start before its predecessor's early finish, a predecessor's late finish after its
    successor's late start, a late finish after the plan's own, and one before it though nothing follows. Only plain
    finish-to-start links between automatic tasks that haven't begun and needn't be early count.
    """
    tasks = {task.uid: task for task in project.tasks}
    leaves = _leaves(project)
    followed: set[int] = set()
    for task in project.tasks:
        for link in task.links:
            if link.predecessor not in tasks:
                continue
            pairs = [
                (before, after)
                for before in leaves.get(link.predecessor, [tasks[link.predecessor]])
                for after in leaves.get(task.uid, [task])
            ]
            followed.update(before.uid for before, after in pairs if after.actual_finish is None)
            if link.type is LinkType.FS and not link.lag:
                yield from (before.uid for before, after in pairs if _impossible(before, after))
    ends = [task.stored.early_finish for task in project.tasks if task.stored.early_finish is not None]
    worked = ours.network.clocks.plan.number
    last = worked[moment(max(ends))] if ends else 0
    for task in project.tasks:
        late = task.stored.late_finish
        if late is None or not _plain(task) or task.uid in leaves or task.calendar is not None or task.elapsed:
            continue
        if worked[moment(late)] > last or (worked[moment(late)] < last and task.uid not in followed):
            yield task.uid


def _impossible(before: MspdiTask, after: MspdiTask) -> bool:
    one, other = before.stored, after.stored
    if not (_plain(before) and _plain(after)):
        return False
    if one.early_finish is None or other.early_start is None or one.late_finish is None or other.late_start is None:
        return False
    return other.early_start < one.early_finish or other.late_start < one.late_finish


def _plain(task: MspdiTask) -> bool:
    free = task.constraint in (Constraint.ASAP, Constraint.START_NO_EARLIER, Constraint.FINISH_NO_EARLIER)
    return free and not (task.manual or task.actual_start or not task.active or task.deadline)


def _leaves(project: MspdiProject) -> dict[int, list[MspdiTask]]:
    """The tasks under each summary, at any depth."""
    parents = {task.uid: task.parent for task in project.tasks}
    summaries = set(parents.values())
    leaves: dict[int, list[MspdiTask]] = {}
    for task in project.tasks:
        if task.uid in summaries:
            continue
        up = task.parent
        while up is not None:
            leaves.setdefault(up, []).append(task)
            up = parents.get(up)
    return leaves


def table(found: list[Agreement]) -> str:
    """The figures of several files as lines of text."""
    width = max((len(one.path.name) for one in found), default=0)
    lines = []
    for one in found:
        why = "; ".join(f"{number} {name}" for name, number in one.reasons.most_common())
        lines.append(f"{one.path.name:{width}}  {one.agreeing:5} of {one.tasks:5}  {why}")
    plain = [one for one in found if not one.features]
    lines.append(_total("all files", found, width))
    lines.append(_total("files with nothing else", plain, width))
    return "\n".join(lines)


def _total(name: str, found: list[Agreement], width: int) -> str:
    agreeing, tasks = sum(one.agreeing for one in found), sum(one.tasks for one in found)
    share = agreeing / tasks if tasks else 1.0
    return f"{name:{width}}  {agreeing:5} of {tasks:5}  {share:.1%}"


def main(arguments: list[str]) -> None:
    """Print the table; with ``-v`` each differing task as well."""
    paths = [Path(argument) for argument in arguments if argument != "-v"] or corpus()
    if not paths:
        print("There is no corpus here; HANDOVER_CORPUS may name its folder.")
        return
    found = []
    for path in paths:
        try:
            found.append(agreement_of(path))
        except UnusableFile as error:
            print(error)
    if "-v" in arguments:
        for one in found:
            for uid, fields in one.differing.items():
                print(one.path.name, uid, {name: tuple(map(str, pair)) for name, pair in fields.items()})
    print(table(found))


if __name__ == "__main__":
    main(sys.argv[1:])
