"""Long work: how a core function reports how far it is and learns that it shall stop."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from handover.errors import Cancelled
from handover.i18n import N_

T = TypeVar("T")

#: Called with (done, total, what). ``total`` is 0 while it isn't known; ``what`` is a sentence in the user's
#: language. Returns False when the user wants the job to stop.
Progress = Callable[[int, int, str], bool]


def unattended(_done: int, _total: int, _what: str) -> bool:
    """Progress that nobody watches and nobody cancels."""
    return True


def step(progress: Progress, done: int, total: int, what: str) -> None:
    """Report a step; raises Cancelled when the user has asked to stop."""
    if not progress(done, total, what):
        raise Cancelled(N_("Stopped. Nothing was changed."))


def watched(items: Iterable[T], progress: Progress, total: int, what: str, every: int = 250) -> Iterator[T]:
    """Pass ``items`` on and report after each ``every`` of them; raises Cancelled when the user asks to stop."""
    for done, item in enumerate(items):
        if done % every == 0:
            step(progress, done, total, what)
        yield item
