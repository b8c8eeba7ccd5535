"""The search index kept up to date beside the work: after each act, once no other has come for a moment."""

from __future__ import annotations

import threading

from handover.errors import Cancelled
from handover.registers.search_filling import catch_up
from handover.store.workspace import Workspace

#: How many seconds without an act are waited for.
_QUIET = 0.5


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
                catch_up(self._workspace, lambda _done, _total, _what: not self._over.is_set())
            except Cancelled:
                return
