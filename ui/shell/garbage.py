"""Garbage is collected in the window's thread alone.

Python looks for garbage in whichever thread happens to make the next object. A widget that nobody holds any more must
go in the thread of the window: one that a job's thread takes away takes the program along.
"""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer, Slot

#: So often it is looked whether there is enough to collect, in milliseconds.
_EVERY = 500
#: So many objects since the last look, so many looks at the youngest, and so many at the middle ones, make the next
#: worth it; the last goes through all that the window holds.
_WORTH = (5_000, 10, 20)


class GarbageCollector(QObject):
    """Collects garbage for as long as its parent lives, beginning with what is made from now on."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()  # what the start has loaded stays
        timer = QTimer(self, interval=_EVERY)
        timer.timeout.connect(self.look)
        timer.start()

    @Slot()
    def look(self) -> None:
        """Collect what has become garbage, where there may be enough of it."""
        oldest = -1
        for generation, (count, worth) in enumerate(zip(gc.get_count(), _WORTH, strict=True)):
            if count <= worth:
                break
            oldest = generation
        if oldest >= 0:
            gc.collect(oldest)
