"""The elements of MS Project's XML that are read, out of all that a document holds, within limits.

Nothing else of it is kept, so that a document of millions of elements takes no more memory than the plan in it. No
entities, no document types: both are refused where they are declared.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Final, NoReturn
from xml.etree.ElementTree import Element
from xml.parsers import expat

from handover.errors import UnusableFile
from handover.exchange.reading.limits import MAX_ELEMENTS, MAX_PLAN_TASKS, MAX_READ_ELEMENTS, MAX_TEXT
from handover.i18n import N_

_PIECE = 1 << 20
#: Elements within elements; a calendar's lie eight deep.
_DEEPEST = 20
#: As many of which nothing is kept; the parser itself remembers each that is open.
_DEEPEST_AT_ALL = 1000

#: What is read of each element, by name. Of a calendar all is.
_READ: Final[Mapping[str, str]] = {
    "Project": "Name Title StartDate FinishDate StatusDate ScheduleFromStart MinutesPerDay MinutesPerWeek DaysPerMonth "
    "CriticalSlackLimit HonorConstraints MultipleCriticalPaths CalendarUID Calendars Tasks Resources Assignments",
    "Tasks": "Task",
    "Task": "UID ID IsNull Name WBS OutlineNumber OutlineLevel Summary Milestone Active Manual StartText FinishText "
    "DurationText ExternalTask Recurring Type Duration DurationFormat Estimated PercentComplete ConstraintType "
    "ConstraintDate Deadline ActualStart ActualFinish ActualDuration RemainingDuration Stop Resume CalendarUID "
    "IgnoreResourceCalendar LevelingDelay Notes Start Finish EarlyStart EarlyFinish LateStart LateFinish TotalSlack "
    "FreeSlack Critical PredecessorLink Baseline",
    "PredecessorLink": "PredecessorUID Type LinkLag LagFormat CrossProject",
    "Baseline": "Number Start Finish Duration",
    "Resources": "Resource",
    "Resource": "UID Name Type CalendarUID",
    "Assignments": "Assignment",
    "Assignment": "TaskUID ResourceUID Units Work RemainingWork WorkContour Delay LevelingDelay Start Finish "
    "TimephasedData",
    "TimephasedData": "Type Value",
}


class DocumentType(Exception):
    """The document declares a document type."""


def read_tree(file: IO[bytes], encoding: str | None, called: str) -> Element:
    """The outermost element of a document with what is read of it.

    Args:
        encoding: where it isn't the one that the document declares.
        called: the name of the file, for a message.

    Raises:
        UnusableFile: it has more elements than are read.
        DocumentType: it declares one.
        expat.ExpatError: it is no XML.
        ValueError: its encoding is unknown, or its elements lie within each other without end.
    """
    building = _Building(called)
    parser = expat.ParserCreate(encoding, namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = building.start, building.end
    parser.CharacterDataHandler = building.text
    parser.StartDoctypeDeclHandler = _refuse
    while data := file.read(_PIECE):
        parser.Parse(data, False)
    parser.Parse(b"", True)
    assert building.root is not None  # a document that parses has a root
    return building.root


def _refuse(*_: object) -> NoReturn:
    raise DocumentType


class _Building:
    """Makes elements of the parser's events, those that are read."""

    def __init__(self, called: str) -> None:
        self.root: Element | None = None
        self._called = called
        self._read: dict[str, frozenset[str]] = {}
        self._calendars = self._task = ""
        self._open: list[Element] = []
        #: For each open element, what is read within it; None for all.
        self._wanted: list[frozenset[str] | None] = []
        self._texts: list[str] = []
        self._length = 0
        self._within_left_out = self._seen = self._kept = self._tasks = 0

    def start(self, name: str, _attributes: dict[str, str]) -> None:
        """An element begins. Raises UnusableFile, or ValueError within too many others."""
        self._seen += 1
        if self._seen > MAX_ELEMENTS:
            raise self._too_many(MAX_ELEMENTS)
        if self._within_left_out:
            self._within_left_out += 1
            if self._within_left_out > _DEEPEST_AT_ALL:
                raise ValueError("elements within elements without end")
        elif not self._open:
            self._take_names(name)
            self._keep(name)
        elif ((wanted := self._wanted[-1]) is None or name in wanted) and len(self._open) < _DEEPEST:
            self._keep(name)
        else:
            self._within_left_out = 1

    def text(self, piece: str) -> None:
        """Text within an element, which counts in those that hold no others."""
        if not self._within_left_out and not self._wanted[-1] and self._length < MAX_TEXT:
            self._texts.append(piece)
            self._length += len(piece)

    def end(self, _name: str) -> None:
        """An element ends."""
        if self._within_left_out:
            self._within_left_out -= 1
            return
        element = self._open.pop()
        self._wanted.pop()
        if self._texts:
            if not len(element):
                element.text = "".join(self._texts)[:MAX_TEXT]
            self._forget_text()

    def _take_names(self, root: str) -> None:
        """The names of what is read, in the namespace of the outermost element."""
        space = root[: root.rfind("}") + 1]
        self._read = {space + name: frozenset(space + each for each in read.split()) for name, read in _READ.items()}
        self._calendars, self._task = space + "Calendars", space + "Task"

    def _keep(self, name: str) -> None:
        self._kept += 1
        if self._kept > MAX_READ_ELEMENTS:
            raise self._too_many(MAX_READ_ELEMENTS)
        if name == self._task:
            self._tasks += 1
            if self._tasks > MAX_PLAN_TASKS:
                raise UnusableFile(
                    N_("{file} has more than {limit} tasks; a plan of this size can't be read."),
                    file=self._called,
                    limit=MAX_PLAN_TASKS,
                )
        element = Element("{" + name if "}" in name else name)
        whole = name == self._calendars or (bool(self._wanted) and self._wanted[-1] is None)
        if self._open:
            self._open[-1].append(element)
        else:
            self.root = element
        self._open.append(element)
        self._wanted.append(None if whole else self._read.get(name, frozenset()))
        self._forget_text()

    def _forget_text(self) -> None:
        self._texts.clear()
        self._length = 0

    def _too_many(self, most: int) -> UnusableFile:
        return UnusableFile(
            N_("{file} has more than {limit} elements; a plan of this size can't be read."),
            file=self._called,
            limit=most,
        )
