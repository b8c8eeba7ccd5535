"""What every stored thing has: a key that survives copies, a project, a reference, a place in the bin."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os
import struct
import threading
import time
from collections.abc import Iterator, Mapping, Set
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar, cast

from sqlalchemy import (
    ColumnElement,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    Select,
    String,
    TypeDecorator,
    UniqueConstraint,
    and_,
    event,
    func,
    select,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.orm.attributes import QueryableAttribute

from handover.i18n import N_, NN_
from handover.model.dialect import today_, within
from handover.model.lifecycle import Lifecycle, Step
from handover.model.vocabulary import Vocabulary

_lock = threading.Lock()
_last = 0
_TAIL, _VARIANT = 2**62 - 1, 2**63


def new_id() -> str:
    """A new UUIDv7 as 32 hexadecimal digits; keys of one process rise strictly (RFC 9562, section 6.2, method 3)."""
    return new_ids(1)[0]


def new_ids(count: int) -> list[str]:
    """So many new keys, rising."""
    global _last
    with _lock:
        first = max(time.time_ns() * 4096 // 1_000_000, _last + 1)  # 48 bits of milliseconds, 12 of their fraction
        _last = first + count - 1
    stamps = range(first, first + count)
    tails = struct.unpack(f"{count}Q", os.urandom(8 * count))
    return [f"{s >> 12:012x}7{s & 4095:03x}{t & _TAIL | _VARIANT:016x}" for s, t in zip(stamps, tails, strict=True)]


class Moment(TypeDecorator[dt.datetime]):
    """A date, or a date and time of day, in the wall time of the site; stored as sortable ISO text.

    Midnight means that only the day is known. There is no zone: a date never moves with the laptop.
    """

    impl = String(16)
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:
        """The stored text of a value."""
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        """The value of a stored text; what is no date, which another program has put there, stays what it is."""
        if value is None:
            return None
        try:
            return dt.datetime.fromisoformat(value)
        except (TypeError, ValueError):
            return cast(dt.datetime, value)  # shown as unreadable, and found by the check


def moment_text(value: dt.date) -> str:
    """The ISO text of a moment: the day alone at midnight, else to the minute."""
    if isinstance(value, dt.datetime):
        if value.hour or value.minute:
            return value.isoformat(" ", "minutes")
        return value.date().isoformat()
    return value.isoformat()


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row: the field, the sentence (a catalogue key) and its values."""

    field: str
    message: str
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


class Base(DeclarativeBase):
    """The root of all tables."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    #: Whether the change log follows this table; the log itself and counters are not followed.
    logged: ClassVar[bool] = False

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:  # Any: the values of any column
        """What forbids a row with these values, field by field; nothing when it is sound."""
        return iter(())

    @classmethod
    def consequences(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:  # Any: as above
        """The fields that follow from those that ``changed``, with the values that they take."""
        return {}

    @classmethod
    def consequences_told(cls, values: Mapping[str, Any], changed: Set[str]) -> dict[str, Any]:  # Any: as above
        """As ``consequences`` where a file tells of a change that happened some time before: no day is invented."""
        return cls.consequences(values, changed)

    @property
    def passed(self) -> list[Passed]:
        """The changes of state that the row went through and that wait for the end of the act."""
        found: list[Passed] = self.__dict__.setdefault("_passed", [])
        return found


#: A change of state: the attribute, the states before and after, and the step where one was named.
Passed = tuple[str, str, str, Step | None]


@dataclass(frozen=True, slots=True)
class Dropping:
    """What becomes of rows that their source no longer has, once the user wants them dropped.

    Attributes:
        choice: what the user chooses, in English.
        told: what is said before it is done: one row, several.
        values: what is set by attribute; where there is nothing, or it isn't lawful, the row goes into the bin.
    """

    choice: str
    told: tuple[str, str]
    values: Mapping[str, Any] = dataclasses.field(default_factory=dict)  # Any: what a column holds


class Row(Base):
    """A row of a project: with a reference that people see, and a place in the bin."""

    __abstract__ = True

    logged: ClassVar[bool] = True
    #: The letters of the reference, as in DOC-0042.
    prefix: ClassVar[str]
    #: The attribute that names the row that this one is a part of, empty where it stands for itself. A part with a
    #: ``number`` is numbered within that row, from 1 on; no number is given twice.
    part_of: ClassVar[str] = ""
    #: Whether it is one of its owner's lives that goes on when the owner is locked, as a new revision of a document
    #: does; what locks it then are its own states alone.
    outlives_lock: ClassVar[bool] = False
    #: The attributes whose change ``against_change`` looks at; a change of many rows at once asks it for each of them.
    guarded: ClassVar[frozenset[str]] = frozenset()
    #: The same for changes by hand alone; an import tells of what happened, and of many rows at once.
    guarded_by_hand: ClassVar[frozenset[str]] = frozenset()
    #: A row of a file that may not pass into the state that it says comes in without it, and that is told; where this
    #: is False, nothing of it comes in.
    comes_without_state: ClassVar[bool] = False
    #: What becomes of a row that its source no longer has.
    dropping: ClassVar[Dropping] = Dropping(
        N_("Move them to the bin"),
        NN_(
            "{n} row that the file no longer has goes to the bin.",
            "{n} rows that the file no longer has go to the bin.",
        ),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    ref: Mapped[str] = mapped_column(String(20))
    deleted_at: Mapped[str | None] = mapped_column(String(32))

    @declared_attr
    def project_id(cls) -> Mapped[str]:  # noqa: N805 - SQLAlchemy's own form
        """The project that the row belongs to."""
        return mapped_column(String(32), ForeignKey("project.id"))

    @hybrid_property
    def files(self) -> int:
        """How many files are attached to it."""
        raise AttributeError("files are counted in SQL")

    @files.inplace.expression
    @classmethod
    def _files(cls) -> ColumnElement[int]:
        return _attached_to(cls, func.count()).scalar_subquery()

    @hybrid_property
    def file_names(self) -> str:
        """The names of the files attached to it, in their order."""
        raise AttributeError("names of files are put together in SQL")

    @file_names.inplace.expression
    @classmethod
    def _file_names(cls) -> ColumnElement[str]:
        kept = Base.metadata.tables["attachment"]
        # In their order by a subquery: an order within the aggregate needs SQLite 3.44.
        ordered = _attached_to(cls, kept.c.name).order_by(kept.c.position, kept.c.id).subquery()
        return select(func.aggregate_strings(ordered.c.name, "; ")).scalar_subquery()

    def belongs_to(self) -> tuple[str, str] | None:
        """Table and key of the row that this one is a part of without naming it by a link; None for one of its own.

        It goes into the bin with that row and comes back with it, and what locks that row locks this one.
        """
        return None

    @declared_attr.directive
    def __table_args__(cls) -> tuple[Any, ...]:  # noqa: N805 - Any: SQLAlchemy's own signature
        return (UniqueConstraint("project_id", "ref"), Index(None, "project_id", "deleted_at", "id"))

    @classmethod
    def freed(cls, _before: Mapping[str, Any], _after: Mapping[str, Any]) -> frozenset[str]:  # Any: all columns
        """What an import may set past lock and steps, since the row comes to show another one; nothing as a rule."""
        return frozenset()

    @property
    def said(self) -> frozenset[str]:
        """The attributes that a change of many rows says of this one, those included that are as they were."""
        found: frozenset[str] = self.__dict__.get("_said", frozenset())
        return found

    @said.setter
    def said(self, attributes: frozenset[str]) -> None:
        self.__dict__["_said"] = attributes

    @property
    def shows_another(self) -> AbstractContextManager[None]:
        """Around fields that are set to what another row has: no step of this row's own is taken by them."""
        return _shown_of_another(self)

    def refuse_bin(self) -> None:
        """Raises NotLawful, in the words that the user reads, when this row can't go into the bin just now."""


@cache
def model_of(table: str) -> type[Any]:  # Any: which one it is, its table alone tells
    """The model of a table, for modules on which that model stands itself."""
    return next(m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == table)


@contextmanager
def _shown_of_another(row: Base) -> Iterator[None]:
    row.__dict__["_shows_another"] = True
    try:
        yield
    finally:
        del row.__dict__["_shows_another"]


def _attached_to(model: type[Row], what: ColumnElement[Any]) -> Select[Any]:  # Any: what is asked of the files
    """A query of the files attached to a row of the query around it."""
    kept = Base.metadata.tables["attachment"]
    here = (kept.c.owner_id == model.id, kept.c.deleted_at.is_(None))
    return select(what).select_from(kept).where(*here).correlate(model)


class Due:
    """What an open row of a register with a due day says of it; ``open`` and ``due_day`` are the model's own."""

    @classmethod
    def open(cls) -> ColumnElement[bool]:
        """What is still to be done."""
        raise NotImplementedError

    @classmethod
    def due_day(cls) -> Any:  # Any: a column of dates, or an expression of ISO texts
        """Until which day."""
        raise NotImplementedError

    @classmethod
    def overdue(cls) -> ColumnElement[bool]:
        """Open after its due day."""
        day: ColumnElement[Any] = cls.due_day()
        return and_(cls.open(), day < today_())

    @classmethod
    def due_soon(cls) -> ColumnElement[bool]:
        """Open and due today or within two weeks."""
        return and_(cls.open(), within(cls.due_day(), 14))


def choice(words: Vocabulary, default: str | None = None) -> Mapped[Any]:  # Any: nullable or not, as annotated
    """A column whose values come from a vocabulary."""
    return mapped_column(String(32), default=default, info={"words": words})


def state(life: Lifecycle) -> Mapped[Any]:  # Any: as SQLAlchemy's own mapped_column
    """A column that changes only along a lifecycle."""
    return mapped_column(String(32), default=life.initial, info={"words": life})


def link(target: str) -> Mapped[Any]:  # Any: as SQLAlchemy's own mapped_column
    """A reference to a row of another table, empty when not known."""
    return mapped_column(String(32), ForeignKey(f"{target}.id"), index=True)


@event.listens_for(Base, "attribute_instrument", propagate=True)
def _watch_vocabulary(cls: type[Base], key: str, attribute: QueryableAttribute[Any]) -> None:  # Any: any column
    columns = getattr(attribute.property, "columns", None)
    words = columns[0].info.get("words") if columns else None
    if words is None:
        return

    def check(row: Base, value: str | None, before: object, _initiator: object) -> None:
        words.check(key, value)
        if "_shows_another" in row.__dict__:
            return
        if isinstance(words, Lifecycle) and isinstance(before, str) and value is not None and before != value:
            words.require(before, value)
            row.passed.append((key, before, value, None))

    event.listen(attribute, "set", check, active_history=True)
