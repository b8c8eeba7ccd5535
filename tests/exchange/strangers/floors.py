"""What the program has read of the first two hundred composed lists; it may only become more.

``floors.json`` names the habits that are not yet read right in each of their lists, with what is right of how many, and
the sums. A habit that isn't named is read right always. ``python -m tests.exchange.strangers --raise`` writes down what
has become better and refuses to write what has become worse. A new habit changes which lists are composed: then the
file is measured anew, and the commit says so. ``sometimes`` names, by hand, habits that are read wrongly only in lists
beyond the two hundred (``--count 600`` shows them).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tests.exchange.strangers.habits import HABITS
from tests.exchange.strangers.score import Tally

LISTS: Final = 200
_FILE: Final = Path(__file__).parent / "floors.json"
_SUMS: Final = ("plain", "mixed", "all")


def floors() -> dict[str, dict[str, list[int]]]:
    """``not yet``, ``sometimes`` and ``sums``: right and all lists by habit."""
    stored: dict[str, dict[str, list[int]]] = json.loads(_FILE.read_text(encoding="utf-8"))
    return stored


def worse(found: Tally) -> Iterator[str]:
    """Habits and sums that are read right less often than they were."""
    known = floors()
    for habit in (*sorted(HABITS), *_SUMS):
        right, lists = {**known["not yet"], **known["sums"]}.get(habit, [1, 1])
        if found.lists[habit] and found.share(habit) * lists < right:
            yield f"{habit}: {found.right[habit]} of {found.lists[habit]}, {right} of {lists} before"


def mended(found: Tally) -> list[str]:
    """Habits that are named as not yet right and are right now in all of their lists."""
    return [h for h in floors()["not yet"] if found.lists[h] and found.right[h] == found.lists[h]]


def raise_floors(found: Tally) -> list[str]:
    """Write what is read now; nothing is written where anything is worse, which is returned."""
    if _FILE.exists() and (lower := list(worse(found))):
        return lower
    kept = floors().get("sometimes", {}) if _FILE.exists() else {}
    now = {
        "sometimes": kept,
        "not yet": {h: [found.right[h], found.lists[h]] for h in sorted(HABITS) if found.right[h] < found.lists[h]},
        "sums": {h: [found.right[h], found.lists[h]] for h in _SUMS},
    }
    parts = (
        f" {json.dumps(part)}: {{\n"
        + ",\n".join(f"  {json.dumps(h)}: {json.dumps(v)}" for h, v in said.items())
        + "\n }"
        for part, said in now.items()
    )
    _FILE.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")
    return []
