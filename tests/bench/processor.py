"""The time of the processor that something takes: other work on the machine hardly changes it."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

#: The quickest of so many rounds is taken: what is slower than it waited for something else.
ROUNDS = 25


def processor_time(what: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Seconds of the processor, in the quickest of some rounds after a first one that isn't counted."""
    what()
    spent = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        kept = what()
        spent.append(time.process_time() - start)
        del kept
    return min(spent)
