"""The board on which a chart is laid out: its title, its legend, and the room that is left for the chart itself."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from handover.charts.data import MARKS, Mark, Series, colour_of
from handover.charts.drawing import (
    Anchor,
    Box,
    Circle,
    Label,
    Line,
    Pattern,
    Point,
    Polygon,
    Rect,
    Shape,
    StepField,
    Target,
    label_box,
    overlap,
)
from handover.charts.figures import words_of
from handover.charts.lettering import Lettering
from handover.i18n import N_
from handover.wording import Words, said_of

NOTHING_YET = N_("Nothing to show yet.")
TOO_SMALL = N_("There is too little room to draw this.")

PATTERNS: tuple[Pattern, ...] = ("", "rising", "level", "falling", "crossed")
DASHES: tuple[tuple[float, ...], ...] = ((), (5.0, 3.0), (1.5, 2.5), (8.0, 3.0, 1.5, 3.0))


class Plot(NamedTuple):
    """The area within the axes."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def y(self, share: float) -> float:
        """The height of a share of the axis, 0 at the bottom."""
        return self.bottom - share * self.height

    def x(self, share: float) -> float:
        """The place of a share across."""
        return self.left + share * self.width


class Sample(NamedTuple):
    """An entry of a legend: its words, and how what it names is drawn."""

    name: Words
    colour: str
    pattern: Pattern = ""
    mark: Mark | None = None
    dashes: tuple[float, ...] | None = None  # of a line; None where it isn't one
    stroke: str = ""


class Board:
    """Collects the shapes of one chart, from the top down."""

    def __init__(self, width: float, height: float, type_: Lettering) -> None:
        self.width, self.height, self.type = width, height, type_
        self.shapes: list[Shape] = []
        self.fields: list[StepField] = []
        self.top = type_.size * 0.4
        self._taken: dict[int, list[Box]] = defaultdict(list)  # by bands as high as a line

    @property
    def em(self) -> float:
        """The size of the usual text."""
        return self.type.size

    @property
    def hair(self) -> float:
        """The breadth of a hairline."""
        return self.em / 12

    def add(self, *shapes: Shape) -> None:
        """Draw over what is there."""
        self.shapes.extend(shapes)

    def text(
        self,
        x: float,
        y: float,
        words: str,
        colour: str = "secondary",
        anchor: Anchor = "start",
        *,
        strong: bool = False,
        turned: bool = False,
    ) -> None:
        """A line of text in the usual size where there is room for it."""
        if words:
            self.place(Label(x, y, words, self.em, colour, strong, anchor, turned=turned))

    def place(self, label: Label, pad: float = 0.0) -> bool:
        """Set a text unless it would reach beyond the board or over another text; ``pad`` keeps others away from it."""
        wide = self.type.measure(self.type.say(label.text), label.size, label.strong)
        box = label_box(label, wide)
        inside = box[0] >= 0 and box[1] >= 0 and box[2] <= self.width and box[3] <= self.height
        if not inside or any(overlap(box, other) for band in self._bands(box) for other in self._taken[band]):
            return False
        self.block((box[0] - pad, box[1], box[2] + pad, box[3]))
        self.shapes.append(label)
        return True

    def block(self, box: Box) -> None:
        """Keep an area free of texts."""
        for band in self._bands(box):
            self._taken[band].append(box)

    def _bands(self, box: Box) -> range:
        return range(int(box[1] // self.em), int(box[3] // self.em) + 1)

    def title(self, words: Words) -> None:
        """The title in a line of its own."""
        size = self.em * 1.15
        text = self.type.cut(self.type.say(words), self.width - self.em, True, size)
        if text and self.place(Label(self.em / 2, self.top + size, text, size, "text", True)):
            self.top += size * 1.6

    def legend(self, samples: Sequence[Sample]) -> None:
        """What the colours and marks mean, in at most two lines; more are counted."""
        if not samples:
            return
        em, x, lines = self.em, self.em / 2, 1
        most = 2 if self.height > 14 * em else 1
        for at, sample in enumerate(samples):
            name = self.type.cut(self.type.say(sample.name), min(self.width - 4 * em, 16 * em))
            wide = 2.6 * em + self.type.width(name)
            last = lines == most and at + 1 < len(samples)
            if x + wide + (4.5 * em if last else 0) > self.width and x > em:
                if lines == most:
                    self._more(x, len(samples) - at)
                    break
                lines, x = lines + 1, em / 2
                self.top += self.type.line
            self.add(*_sample(sample, x, self.top + em * 0.6, em))
            self.text(x + 2.1 * em, self.top + em, name, "text")
            x += wide + 1.2 * em
        self.top += self.type.line * 1.25

    def _more(self, x: float, rest: int) -> None:
        words = self.type.say(said_of("and {n} more", "and {n} more", rest))
        self.text(x, self.top + self.em, self.type.cut(words, self.width - x - self.em / 2))

    def say_instead(self, sentence: Words) -> None:
        """A sentence in the middle, where there is no chart."""
        room = self.width - 2 * self.em
        lines = self.type.wrapped(self.type.say(sentence), room, 3)
        y = self.top + (self.height - self.top - len(lines) * self.type.line) / 2 + self.em
        for line in lines:
            self.text(self.width / 2, y, line, "secondary", "middle")
            y += self.type.line


def _sample(sample: Sample, x: float, y: float, em: float) -> Iterator[Shape]:
    if sample.dashes is not None:
        yield Line(((x, y), (x + 1.8 * em, y)), sample.colour, em * 0.16, sample.dashes)
        if sample.mark:
            yield mark(sample.mark, x + 0.9 * em, y, em * 0.3, sample.colour)
    elif sample.mark:
        yield mark(sample.mark, x + 0.9 * em, y, em * 0.36, sample.colour)
    else:
        box = Rect(x + 0.35 * em, y - em * 0.4, em * 1.1, em * 0.8, sample.colour, sample.stroke)
        yield box._replace(pattern=sample.pattern)


def mark(kind: Mark, x: float, y: float, reach: float, colour: str, target: Target | None = None) -> Shape:
    """A mark around a point, so that series differ by shape as well as by colour."""
    if kind == "disc":
        return Circle(x, y, reach, colour, "raised", reach * 0.3, target)
    if kind == "ring":
        return Circle(x, y, reach * 0.85, "raised", colour, reach * 0.5, target)
    return Polygon(_corners(kind, x, y, reach), colour, "raised", reach * 0.3, target)


def _corners(kind: Mark, x: float, y: float, reach: float) -> tuple[Point, ...]:
    if kind == "square":
        half = reach * 0.85
        return ((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))
    if kind == "diamond":
        far = reach * 1.2
        return ((x, y - far), (x + far, y), (x, y + far), (x - far, y))
    up = -1.0 if kind == "triangle" else 1.0
    return (
        (x, y + up * reach * 1.1), (x + reach * 1.1, y - up * reach * 0.85), (x - reach * 1.1, y - up * reach * 0.85)
    )  # fmt: skip


def samples_of(series: Iterable[Series], *, lines: bool) -> list[Sample]:
    """The legend of series; a single one without a name has none."""
    found = []
    for at, one in enumerate(series):
        colour = colour_of(one.colour, at)
        if lines:
            found.append(Sample(one.name, colour, mark=mark_of(at), dashes=dashes_of(one, at)))
        else:
            found.append(Sample(one.name, colour, pattern_of(at)))
    return [] if len(found) == 1 and not found[0].name else found


def mark_of(at: int) -> Mark:
    """The mark of a series by its place."""
    return MARKS[at % len(MARKS)]


def pattern_of(at: int) -> Pattern:
    """The pattern of a series by its place."""
    return PATTERNS[at % len(PATTERNS)]


def dashes_of(series: Series, at: int) -> tuple[float, ...]:
    """The dashes of a series: its own, or once the marks begin anew those that tell it from the first."""
    return DASHES[1] if series.dashed else DASHES[at // len(MARKS) % len(DASHES)]


def tip_of(type_: Lettering, name: Words, where: dt.date | Words, value: str) -> str:
    """What pointing at a value says."""
    parts = [type_.say(name), " ".join(words_of(where, type_.language).split()), value]
    return " · ".join(part for part in parts if part)
