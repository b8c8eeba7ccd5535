"""Large plans made up by a rule, and their dates worked out in the plainest way, beside which the schedule is held."""

from __future__ import annotations

import random
from collections import deque
from typing import NamedTuple

VERBS = ("检查", "移交", "培训", "试车", "验收", "整改", "核对", "演练", "考核", "归档")
NOUNS = ("压缩机", "换热器", "配电柜", "DCS", "消防系统", "操作规程", "备件", "循环水", "空分", "罐区")


class Made(NamedTuple):
    """A task: its number from 1, its working days, and its predecessors as number, type and lag in days."""

    id: int
    name: str
    days: int
    before: list[tuple[int, str, int]]


def made_up(tasks: int, links: int, seed: int = 11, mixed: bool = False) -> list[list[Made]]:
    """Work packages of tasks; links lead forward only, a fifth of them with a lag.

    Args:
        mixed: a fifth of the links are SS, FF and SF.
    """
    chance = random.Random(seed)
    size = max(1, min(50, tasks // 20))
    packages: list[list[Made]] = []
    for id in range(1, tasks + 1):
        if (id - 1) % size == 0:
            packages.append([])
        name = f"{chance.choice(NOUNS)}{chance.choice(VERBS)} {id:05d}"
        days = chance.choices((1, 2, 3, 5, 8, 10), (25, 25, 20, 15, 10, 5))[0]
        packages[-1].append(Made(id, name, days, []))
    every = [task for package in packages for task in package]
    pairs: set[tuple[int, int]] = set()

    def link(before: int, after: int) -> None:
        if before >= after or (before, after) in pairs or len(pairs) >= links:
            return
        pairs.add((before, after))
        kind = chance.choices(("FS", "SS", "FF", "SF"), (80, 10, 8, 2))[0] if mixed else "FS"
        lag = chance.randrange(1, 4) if chance.random() < 0.2 else 0
        every[after - 1].before.append((before, kind, lag))

    for package in packages:  # within a package: short chains
        for place, task in enumerate(package):
            if place:
                link(package[max(0, place - chance.randrange(1, 6))].id, task.id)
    for _ in range(50 * links):  # between packages: from one of the thirty before
        if len(pairs) >= links:
            break
        place = chance.randrange(len(packages))
        earlier = chance.randrange(max(0, place - 30), place + 1)
        link(chance.choice(packages[earlier]).id, chance.choice(packages[place]).id)
    return packages


def oracle(packages: list[list[Made]]) -> list[dict[str, int]]:
    """Early and late start and finish of each task in working days from the first, its float, and if it is critical."""
    days = {task.id: task.days for package in packages for task in package}
    after: dict[int, list[tuple[int, str, int]]] = {id: [] for id in days}
    open_links = dict.fromkeys(days, 0)
    for package in packages:
        for task in package:
            for before, kind, lag in task.before:
                after[before].append((task.id, kind, lag))
                open_links[task.id] += 1
    waiting = deque(id for id, n in open_links.items() if not n)
    early = dict.fromkeys(days, 0)
    order = []
    while waiting:
        a = waiting.popleft()
        order.append(a)
        for b, kind, lag in after[a]:
            begin = early[a] + lag + (days[a] if kind[0] == "F" else 0) - (days[b] if kind[1] == "F" else 0)
            early[b] = max(early[b], begin)
            open_links[b] -= 1
            if not open_links[b]:
                waiting.append(b)
    end = max(early[id] + days[id] for id in days)
    late = dict.fromkeys(days, end)
    for a in reversed(order):
        for b, kind, lag in after[a]:
            finish = late[b] - lag - (days[b] if kind[1] == "S" else 0) + (days[a] if kind[0] == "S" else 0)
            late[a] = min(late[a], finish)
    return [
        {
            "id": id, "es": early[id], "ef": early[id] + n, "ls": late[id] - n, "lf": late[id],
            "tf": late[id] - n - early[id], "critical": late[id] - n == early[id],
        }
        for id, n in days.items()
    ]  # fmt: skip
