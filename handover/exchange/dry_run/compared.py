"""What a dry run has worked out: where the rows come from, what they meet, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from handover.exchange.dry_run.further_revisions import FurtherRows
from handover.exchange.dry_run.not_taken import NotTaken
from handover.exchange.programs.recognise import Origin
from handover.exchange.reading.text_file import Dialect
from handover.exchange.rows.existing import Existing
from handover.exchange.rows.incoming import Incoming
from handover.exchange.rows.judgement import Judgement
from handover.exchange.rows.names import NamesOfTables
from handover.exchange.tasks.predecessors import Predecessors
from handover.exchange.tasks.tree import Tree


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """Where the rows come from."""

    path: Path
    sha256: str
    origin: Origin
    sheet: str = ""
    header_row: int | None = None
    #: How a text file was read.
    dialect: Dialect | None = None
    #: What the file holds beside the rows that are taken.
    beside: NotTaken = field(default_factory=NotTaken)

    @property
    def name(self) -> str:
        """The file's name without its folder."""
        return self.path.name


@dataclass(frozen=True, slots=True)
class Missing:
    """A row that an earlier import brought and that the file no longer has."""

    id: str
    ref: str
    name: str


@dataclass(frozen=True, slots=True)
class Clash:
    """A field that both sides changed since the file was exported."""

    base: Any  # Any: what the field holds
    ours: Any
    theirs: Any


@dataclass(slots=True)
class Compared:
    """Everything that a dry run works out; the parts in order of the file's places."""

    incoming: Incoming
    existing: Existing
    matched: list[str | None]
    keys: list[str]
    judgement: Judgement
    directory: NamesOfTables
    tree: Tree | None = None
    predecessors: Predecessors | None = None
    positions: dict[int, float] = field(default_factory=dict)
    clashes: dict[int, dict[str, Clash]] = field(default_factory=dict)
    missing: list[Missing] = field(default_factory=list)
    further: FurtherRows | None = None
