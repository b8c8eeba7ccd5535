"""Garbage is collected by the window's thread, and only where there is some."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from ui.shell import garbage
from ui.shell.garbage import GarbageCollector


class Knot:
    """Holds itself, so that counting alone never lets it go."""

    def __init__(self) -> None:
        self.itself = self


@pytest.fixture
def collector(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[GarbageCollector]:
    monkeypatch.setattr(garbage, "_EVERY", 3_600_000)
    enabled, parent = gc.isenabled(), QObject()
    gc.enable()
    yield GarbageCollector(parent)
    parent.deleteLater()
    (gc.enable if enabled else gc.disable)()


def test_what_a_job_makes_is_collected_by_the_window_alone(collector: GarbageCollector) -> None:
    gone: list[threading.Thread] = []

    def work() -> None:
        knots = [Knot() for _ in range(20_000)]
        weakref.finalize(knots[0], lambda: gone.append(threading.current_thread()))

    job = threading.Thread(target=work)
    job.start()
    job.join()
    assert gone == []

    collector.look()

    assert gone == [threading.main_thread()]


def test_little_garbage_waits(collector: GarbageCollector) -> None:
    gc.collect()
    left = weakref.ref(Knot())
    collector.look()
    assert left() is not None
