"""The search index kept up to date beside the work: after each act, once no other has come for a moment.

It works half of the time at most, so that whoever reads or imports meanwhile has the other half and more.
"""

from __future__ import annotations

import threading
import time

from handover.errors import Cancelled, HandoverError
from handover.registers.search.files import take_files
from handover.registers.search.filling import catch_up
from handover.store.workspace import Workspace

#: How many seconds without an act are waited for, and how long a rest takes at most.
_QUIET, _REST = 0.5, 0.5


def follow(workspace: Workspace) -> None:
    """Fill the index of a workspace now and after each act, in a thread of its own, until the workspace closes."""
    follower = _Follower(workspace)
    stop_listening = workspace.on_change(lambda _tables: follower.wake())
    workspace.at_close(stop_listening)
    workspace.at_close(follower.close)
    follower.wake()


class _Follower:
    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._wanted = threading.Event()
        self._over = threading.Event()
        self._began = 0.0
        self._thread = threading.Thread(target=self._run, name="search index", daemon=True)
        self._thread.start()

    def wake(self) -> None:
        self._wanted.set()

    def close(self) -> None:
        self._over.set()
        self._wanted.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._over.is_set():
            self._wanted.wait()
            while self._wanted.is_set() and not self._over.is_set():
                self._wanted.clear()
                self._over.wait(_QUIET)
            if self._over.is_set():
                return
            try:
                self._began = time.monotonic()
                catch_up(self._workspace, self._rest)
                take_files(self._workspace, self._rest)
            except Cancelled:
                return
            except HandoverError:  # the file is busy or its disk refuses just now; the next act tries again
                self._over.wait(_REST)

    def _rest(self, _done: int, _total: int, _what: str) -> bool:
        """After each step rest as long as it took; go on unless the workspace closes."""
        over = self._over.wait(min(time.monotonic() - self._began, _REST))
        self._began = time.monotonic()
        return not over
