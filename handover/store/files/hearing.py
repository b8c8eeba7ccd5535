"""Progress of work that several threads do together: told, and stopped, in the one thread that waits for them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Sequence
from concurrent.futures import FIRST_EXCEPTION, Future, wait
from typing import TypeVar

from handover.errors import Cancelled
from handover.i18n import N_
from handover.store.files.incoming_file import Heard

Result = TypeVar("Result")
_BEAT = 0.1


class HeardTogether:
    """Gathers what the threads hear.

    Args:
        heard: told of them in the thread that waits; what it raises stops all.
    """

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._waiting: deque[int] = deque()
        self._stopped = threading.Event()

    def __call__(self, more: int) -> None:
        """In a thread that works: so many more bytes. Raises Cancelled where the others stopped."""
        self._waiting.append(more)
        if self._stopped.is_set():
            raise Cancelled(N_("Stopped. Nothing was changed."))

    def results(self, work: Sequence[Future[Result]]) -> list[Result]:
        """Wait for work, in its order; the first fault stops all of it and is raised, once the last thread is idle."""
        left = set(work)
        try:
            while left:
                done, left = wait(left, _BEAT, FIRST_EXCEPTION)
                self._tell()
                for each in done:
                    each.result()
        except BaseException:
            self._stopped.set()
            for each in work:
                each.cancel()
            wait(work)
            raise
        return [each.result() for each in work]

    def _tell(self) -> None:
        while self._waiting:
            self._heard(self._waiting.popleft())
