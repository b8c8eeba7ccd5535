"""The outline of the plan: indent, outdent and move tasks with all their parts; each is one act.

The order of the rows and the depth of each say everything; the part-of link and what is a summary follow from them.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select

from handover.errors import NotLawful
from handover.i18n import N_
from handover.model.base import Row
from handover.model.task import Task
from handover.store.work import UnitOfWork
from handover.store.workspace import Workspace


@dataclass(slots=True)
class OutlineLine:
    """A task in the outline, as far as its place is concerned."""

    id: str
    parent_id: str | None
    position: float
    depth: int
    kind: str | None


def indent(workspace: Workspace, project_id: str, ids: Sequence[str]) -> None:
    """Make tasks part of the task above them. Raises NotLawful where there is none to be part of."""
    label = N_("Indent a task"), N_("Indent {n} tasks")
    _rearrange(workspace, project_id, label, ids, lambda lines: _shift(lines, set(ids), 1))


def outdent(workspace: Workspace, project_id: str, ids: Sequence[str]) -> None:
    """Take tasks out of the summary that they are part of; those below them in it become their parts."""
    label = N_("Outdent a task"), N_("Outdent {n} tasks")
    _rearrange(workspace, project_id, label, ids, lambda lines: _shift(lines, set(ids), -1))


def move(workspace: Workspace, project_id: str, ids: Sequence[str], before: str | None) -> None:
    """Put tasks with their parts before another task and at its depth, at the end of the plan when it is None."""
    label = N_("Move a task"), N_("Move {n} tasks")
    _rearrange(workspace, project_id, label, ids, lambda lines: _moved(lines, set(ids), before))


def move_by(workspace: Workspace, project_id: str, ids: Sequence[str], step: int) -> None:
    """Move tasks up (-1) or down (1) past a task of their own depth within the same summary."""
    label = N_("Move a task"), N_("Move {n} tasks")
    _rearrange(workspace, project_id, label, ids, lambda lines: _stepped(lines, set(ids), step))


def under(work: UnitOfWork, project_id: str, task_id: str, parent_id: str | None) -> None:
    """Within an act, make a task the last part of another, or a top task.

    Raises:
        NotLawful: the task would be part of itself.
    """
    lines = _lines(work.session.connection(), project_id)
    block = _block(lines, _index(lines, task_id))
    if parent_id is not None and parent_id in {line.id for line in block}:
        raise NotLawful(N_("A task can't be part of itself."))
    rest = [line for line in lines if line not in block]
    if parent_id is None:
        at, depth = len(rest), 0
    else:
        above = _index(rest, parent_id)
        at, depth = above + len(_block(rest, above)), rest[above].depth + 1
    shift = depth - block[0].depth
    for line in block:
        line.depth += shift
    _write(work, [*rest[:at], *block, *rest[at:]], _lines(work.session.connection(), project_id))


def _rearrange(
    workspace: Workspace,
    project_id: str,
    label: tuple[str, str],
    ids: Sequence[str],
    change: Callable[[list[OutlineLine]], list[OutlineLine]],
) -> None:
    with workspace.edit(label, project=project_id, n=len(ids)) as work:
        before = _lines(work.session.connection(), project_id)
        _write(work, change(_lines(work.session.connection(), project_id)), before)


def _lines(connection: Connection, project_id: str) -> list[OutlineLine]:
    query = select(Task.id, Task.parent_id, Task.position, Task.depth, Task.kind)
    query = query.where(Task.project_id == project_id, Task.deleted_at.is_(None)).order_by(Task.position, Task.id)
    return [OutlineLine(*row) for row in connection.execute(query)]


def _index(lines: Sequence[OutlineLine], task_id: str) -> int:
    for at, line in enumerate(lines):
        if line.id == task_id:
            return at
    raise NotLawful(N_("This row no longer exists."))


def _block(lines: Sequence[OutlineLine], at: int) -> list[OutlineLine]:
    """A task with all its parts."""
    end = at + 1
    while end < len(lines) and lines[end].depth > lines[at].depth:
        end += 1
    return list(lines[at:end])


def _tops(lines: Sequence[OutlineLine], ids: set[str]) -> list[list[OutlineLine]]:
    """The blocks of the chosen tasks; one chosen within another's block goes with it."""
    blocks: list[list[OutlineLine]] = []
    at = 0
    while at < len(lines):
        if lines[at].id in ids:
            blocks.append(_block(lines, at))
            at += len(blocks[-1])
        else:
            at += 1
    return blocks


def _shift(lines: list[OutlineLine], ids: set[str], by: int) -> list[OutlineLine]:
    at = {line.id: i for i, line in enumerate(lines)}
    for block in _tops(lines, ids):
        first = at[block[0].id]
        if by > 0 and (first == 0 or lines[first - 1].depth < block[0].depth):
            raise NotLawful(N_("There is no task above at the same level to be part of."))
        if by < 0 and block[0].depth == 0:
            raise NotLawful(N_("The task is at the top level already."))
        for line in block:
            line.depth += by
    return lines


def _moved(lines: list[OutlineLine], ids: set[str], before: str | None) -> list[OutlineLine]:
    blocks = _tops(lines, ids)
    chosen = {line.id for block in blocks for line in block}
    if before in chosen:
        raise NotLawful(N_("A task can't be part of itself."))
    rest = [line for line in lines if line.id not in chosen]
    at = _index(rest, before) if before else len(rest)
    depth = rest[at].depth if at < len(rest) else 0
    for block in blocks:
        shift = depth - block[0].depth
        for line in block:
            line.depth += shift
    return [*rest[:at], *(line for block in blocks for line in block), *rest[at:]]


def _stepped(lines: list[OutlineLine], ids: set[str], step: int) -> list[OutlineLine]:
    blocks = _tops(lines, ids)
    for block in blocks if step < 0 else reversed(blocks):
        at = lines.index(block[0])
        if step < 0:
            above = next((i for i in range(at - 1, -1, -1) if lines[i].depth <= block[0].depth), -1)
            if above < 0 or lines[above].depth < block[0].depth:
                raise NotLawful(N_("The task is the first of its summary already."))
            lines = [*lines[:above], *block, *lines[above:at], *lines[at + len(block) :]]
        else:
            below = at + len(block)
            if below >= len(lines) or lines[below].depth < block[0].depth:
                raise NotLawful(N_("The task is the last of its summary already."))
            other = _block(lines, below)
            lines = [*lines[:at], *other, *block, *lines[below + len(other) :]]
    return lines


def _write(work: UnitOfWork, lines: list[OutlineLine], before: list[OutlineLine]) -> None:
    """Store what differs: places between their neighbours, parents by depth, summaries by having parts."""
    was = {line.id: line for line in before}
    _place(lines)
    stack: list[OutlineLine] = []
    for line in lines:
        line.depth = min(line.depth, stack[-1].depth + 1 if stack else 0)
        while stack and stack[-1].depth >= line.depth:
            stack.pop()
        line.parent_id = stack[-1].id if stack else None
        line.depth = len(stack)
        stack.append(line)
    parents = {line.parent_id for line in lines}
    changes: dict[str, dict[str, Any]] = {}
    for line in lines:
        if line.id in parents:
            line.kind = "summary"
        elif line.kind == "summary":
            line.kind = "task"
        old = was[line.id]
        fields = {
            name: getattr(line, name)
            for name in ("parent_id", "position", "depth", "kind")
            if getattr(line, name) != getattr(old, name)
        }
        if fields:
            changes[line.id] = fields
    work.update_many(Task, changes)


def _place(lines: list[OutlineLine]) -> None:
    """Give the fewest rows new positions so that all ascend; all of them where there is no room left."""
    kept = _ascending([line.position for line in lines])
    bounds = [-1, *kept, len(lines)]
    for low, high in itertools.pairwise(bounds):
        gap = high - low - 1
        if not gap:
            continue
        first = lines[low].position if low >= 0 else (lines[high].position - gap - 1 if high < len(lines) else 0.0)
        last = lines[high].position if high < len(lines) else first + gap + 1
        step = (last - first) / (gap + 1)
        if step < 1e-6:
            for number, line in enumerate(lines, 1):
                line.position = float(number)
            return
        for k in range(1, gap + 1):
            lines[low + k].position = first + step * k


def _ascending(values: Sequence[float]) -> list[int]:
    """The places of a longest strictly ascending subsequence (Fredman 1975, by patience sorting)."""
    tails: list[float] = []
    places: list[int] = []
    before: list[int] = []
    for at, value in enumerate(values):
        pile = bisect.bisect_left(tails, value)
        before.append(places[pile - 1] if pile else -1)
        if pile == len(tails):
            tails.append(value)
            places.append(at)
        else:
            tails[pile], places[pile] = value, at
    chain: list[int] = []
    at = places[-1] if places else -1
    while at >= 0:
        chain.append(at)
        at = before[at]
    return chain[::-1]


def part_of(work: UnitOfWork, task: Row, parent_id: str | None) -> None:
    """Make a task the last part of another, or one of the top."""
    assert isinstance(task, Task)
    if task not in work.session.new:
        under(work, task.project_id, task.id, parent_id)
    elif parent_id is not None:
        parent = work.get(Task, parent_id)
        place(work, task, None, parent.id)
        task.parent_id, task.depth = parent.id, parent.depth + 1
        parent.kind = "summary"


def place(work: UnitOfWork, task: Row, before: Row | None, after: str | None) -> None:
    """Put a new task into the outline: below ``before`` or ``after`` with all its parts, else at the end."""
    assert isinstance(task, Task)
    above = before if isinstance(before, Task) else work.get(Task, after) if after else None
    if above is None:
        last = work.session.scalar(select(func.max(Task.position)).where(Task.project_id == work.project_id))
        task.position, task.depth = (last or 0.0) + 1.0, 0
        return
    following = work.session.scalar(
        select(func.min(Task.position)).where(
            Task.project_id == work.project_id, Task.position > above.position, Task.depth <= above.depth
        )
    )
    low = above.position
    inside = work.session.scalar(
        select(func.max(Task.position)).where(
            Task.project_id == work.project_id,
            Task.position >= low,
            *([Task.position < following] if following is not None else []),
        )
    )
    low = max(low, inside or low)
    task.position = (low + following) / 2 if following is not None else low + 1.0
    task.depth, task.parent_id = above.depth, above.parent_id
