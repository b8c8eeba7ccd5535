"""A child process can neither get out of its limits nor do its parent harm by what it sends."""

from __future__ import annotations

import sys
from contextlib import closing

import pytest

from handover.confined import Child, ChildDied, ChildFailed, Frame
from handover.confining import MAX_CPU_SECONDS, MAX_MEMORY
from handover.errors import Cancelled, UnusableFile
from handover.i18n import N_


def sent_by_child(what: str, beats: int = 300) -> list[Frame]:
    left = iter(range(beats))

    def beat() -> None:
        if next(left, None) is None:
            raise Cancelled(N_("Stopped. Nothing was changed."))

    with closing(Child("tests.odd_child", {"do": what})) as child:
        return list(child.frames(beat))


@pytest.mark.parametrize("what", ["connect", "run"])
def test_a_child_has_no_network_and_starts_nothing(what: str) -> None:
    with pytest.raises(ChildFailed, match="closed to this process"):
        sent_by_child(what)


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's filter is Linux's")
def test_code_that_took_over_the_child_has_none_either() -> None:
    assert sent_by_child("raw call") == [("told", -1, 1), ("told", -1, 1)]


def test_a_child_writes_no_file() -> None:
    with pytest.raises((ChildFailed, ChildDied)):
        sent_by_child("write")


def test_a_child_keeps_its_limit_of_memory() -> None:
    with pytest.raises(ChildFailed, match="memory"):
        sent_by_child("eat")


@pytest.mark.parametrize("what", ["deep", "lengths", "map", "foreign sentence"])
def test_frames_that_no_honest_child_sends_are_refused(what: str) -> None:
    with pytest.raises(ChildFailed, match="frame"):
        sent_by_child(what)


def test_a_frame_longer_than_allowed_ends_the_child() -> None:
    with pytest.raises(ChildDied):
        sent_by_child("huge frame")


@pytest.mark.parametrize("what", ["hang", "flood"])
def test_cancel_works_whether_nothing_comes_or_too_much(what: str) -> None:
    with pytest.raises(Cancelled):
        sent_by_child(what, beats=3)


def test_a_refusal_is_told_in_the_sentence_that_it_was_raised_with() -> None:
    from handover.exchange.reading.child_process import ChildReading

    job = {"do": "look", "path": __file__ + ".gone", "file": "x", "encoding": None, "separator": None}
    with closing(ChildReading(job)) as child, pytest.raises(UnusableFile):
        list(child.frames(lambda: None))


def test_a_child_is_held_to_processor_time_memory_and_no_file() -> None:
    assert sent_by_child("limits") == [("told", 30, MAX_MEMORY, 0)]
    assert (MAX_CPU_SECONDS, MAX_MEMORY) == (120, 1 << 30)


def test_a_child_that_never_comes_to_an_end_is_ended_by_its_processor_time() -> None:
    with pytest.raises(ChildDied):
        sent_by_child("spin")
