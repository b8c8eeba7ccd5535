"""The cycles of a network: tasks that wait for each other, so that none can be first.

Source: R. Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972), here without recursion,
so that a chain of 100,000 tasks is no trouble.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def cycles(successors: Mapping[int, Sequence[int]], among: set[int]) -> list[list[int]]:
    """The strongly connected groups of more than one node, each in the order of one walk round it."""
    index: dict[int, int] = {}
    low: dict[int, int] = {}
    stack: list[int] = []
    waiting: set[int] = set()
    groups: list[list[int]] = []
    for root in sorted(among):
        if root in index:
            continue
        walk = [(root, iter(successors[root]))]
        index[root] = low[root] = len(index)
        stack.append(root)
        waiting.add(root)
        while walk:
            node, rest = walk[-1]
            for after in rest:
                if after not in among:
                    continue
                if after not in index:
                    index[after] = low[after] = len(index)
                    stack.append(after)
                    waiting.add(after)
                    walk.append((after, iter(successors[after])))
                    break
                if after in waiting:
                    low[node] = min(low[node], index[after])
            else:
                walk.pop()
                if walk:
                    low[walk[-1][0]] = min(low[walk[-1][0]], low[node])
                if low[node] == index[node]:
                    group = [stack.pop()]
                    while group[-1] != node:
                        group.append(stack.pop())
                    waiting.difference_update(group)
                    if len(group) > 1:
                        groups.append(_walked(successors, set(group)))
    return groups


def _walked(successors: Mapping[int, Sequence[int]], group: set[int]) -> list[int]:
    """A shortest round through the group from its first node, then the nodes that it leaves out."""
    start = min(group)
    came: dict[int, int] = {}
    front = [start]
    while start not in came:
        reached = []
        for node in front:
            for after in successors[node]:
                if after in group and after not in came:
                    came[after] = node
                    reached.append(after)
        front = reached
    back = [start]
    while came[back[-1]] != start:
        back.append(came[back[-1]])
    round_ = [start, *reversed(back[1:])]
    return round_ + sorted(group.difference(round_))
