"""Lists whose entries a site edits: words, letters and order are data; what an entry means to the program is fixed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    case,
    cast,
    func,
    select,
    text,
)
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, Session, mapped_column, object_session

from handover.errors import NotLawful
from handover.i18n import N_, language, tr, trn
from handover.model.base import Base, Problem, Row, choice
from handover.model.people import must_have
from handover.model.vocabulary import Listed, Option, Vocabulary

#: An entry without a place comes after those that have one; a list has fewer entries than this.
_LAST = 999_999


class Gathered(Vocabulary):
    """A vocabulary to which modules bring their options as they are loaded."""

    def take(self, option: Option) -> None:
        """Know one more option. Raises ValueError for a code that already has another name."""
        if option.code in self:
            if self[option.code].name != option.name:
                raise ValueError(f"{option.code} is {self[option.code].name} already, not {option.name}")
            return
        object.__setattr__(self, "options", (*self.options, option))
        self._by_code[option.code] = option
        self._by_word.clear()


#: The lists by key, and everything that an entry of one of them can mean.
LIST_NAMES = Gathered(())
MEANINGS = Gathered(())

TONES = Vocabulary(
    (
        Option("danger", "Red", "danger", ("红色",)),
        Option("warning", "Amber", "warning", ("橙色", "yellow", "黄色")),
        Option("ok", "Green", "ok", ("绿色",)),
        Option("info", "Blue", "info", ("蓝色",)),
        Option("neutral", "Grey", "neutral", ("gray", "灰色")),
    )
)


@dataclass(frozen=True)
class PickList:
    """A list of entries that a site edits; a module of the model that makes one has declared it.

    Args:
        key: as on the command line; ``pick(key)`` makes a column of it.
        name: in English, found in the catalogue.
        meanings: what an entry can mean to the program; empty where nothing hangs on it.
        otherwise: what a word means that an import brings; where it is empty, an entry needs no meaning.
    """

    key: str
    name: str
    meanings: tuple[Option, ...] = ()
    otherwise: str = ""

    def __post_init__(self) -> None:
        _LISTS[self.key] = self
        LIST_NAMES.take(Option(self.key, self.name))
        for meaning in self.meanings:
            MEANINGS.take(meaning)

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)


_LISTS: dict[str, PickList] = {}


def pick_lists() -> tuple[PickList, ...]:
    """All lists, in the order in which they were declared."""
    return tuple(_LISTS.values())


def pick_list(key: str) -> PickList:
    """The list of a key. Raises KeyError."""
    return _LISTS[key]


def pick(key: str) -> Mapped[Any]:  # Any: as SQLAlchemy's own mapped_column
    """A column that takes its values from a list; it stores the key of the entry, so that words can change."""
    return mapped_column(String(32), ForeignKey("pick.id"), index=True, info={"pick": key})


def means(column: Any, *meanings: str) -> ColumnElement[bool]:  # Any: a column made by ``pick``
    """Rows whose entry has one of some meanings."""
    found: ColumnElement[bool] = column.in_(select(Pick.id).where(Pick.meaning.in_(meanings)))
    return found


class Pick(Row):
    """An entry of a list. A retired one isn't offered any more, and shows where it is used."""

    __tablename__ = "pick"
    __table_args__ = (
        UniqueConstraint("project_id", "ref"),
        Index(None, "project_id", "deleted_at", "id"),
        Index(None, "project_id", "list", "code", unique=True, sqlite_where=text("deleted_at IS NULL")),
    )
    prefix: ClassVar[str] = "PCK"

    list: Mapped[str] = mapped_column(String(40), info={"words": LIST_NAMES})
    code: Mapped[str] = mapped_column(String(40))
    meaning: Mapped[str | None] = choice(MEANINGS)
    en: Mapped[str | None] = mapped_column(String(100))
    zh: Mapped[str | None] = mapped_column(String(100))
    also: Mapped[str | None] = mapped_column(String(300))
    tone: Mapped[str | None] = choice(TONES)
    position: Mapped[int | None]
    retired: Mapped[bool | None]

    @hybrid_property
    def word(self) -> str:
        """What is shown: the word in the language in force, else that of the other language, else the code."""
        first, second = (self.zh, self.en) if language() == "zh" else (self.en, self.zh)
        return first or second or self.code

    @word.inplace.expression
    @classmethod
    def _word(cls) -> ColumnElement[str]:
        first, second = (cls.zh, cls.en) if language() == "zh" else (cls.en, cls.zh)
        return func.coalesce(func.nullif(first, ""), func.nullif(second, ""), cls.code)

    @hybrid_property
    def place(self) -> int:
        """Where the entry stands among those of all lists."""
        lists = [each.key for each in pick_lists()]
        rank = lists.index(self.list) if self.list in lists else len(lists)
        return rank * (_LAST + 1) + (_LAST if self.position is None else self.position)

    @place.inplace.expression
    @classmethod
    def _place(cls) -> ColumnElement[int]:
        ranks = {each.key: n * (_LAST + 1) for n, each in enumerate(pick_lists())}
        return cast(
            case(ranks, value=cls.list, else_=len(ranks) * (_LAST + 1)) + func.coalesce(cls.position, _LAST), Integer
        )

    @classmethod
    def problems(cls, values: Mapping[str, Any]) -> Iterator[Problem]:
        """An entry belongs to a list, has a code, and means something where its list says so."""
        yield from must_have(values, "list", "code")
        known = _LISTS.get(values.get("list") or "")
        if known is None:
            return
        meaning = values.get("meaning")
        allowed = {option.code for option in known.meanings}
        if meaning and meaning not in allowed:
            if not allowed:
                yield Problem("meaning", N_("Nothing hangs on the entries of “{list}”: leave the meaning empty."),
                              {"list": known.label})  # fmt: skip
            else:
                yield Problem("meaning", N_("In “{list}” an entry can mean: {meanings}."),
                              {"list": known.label, "meanings": Listed(known.meanings)})  # fmt: skip
        if not meaning and known.otherwise:
            yield Problem("meaning", N_("An entry of “{list}” needs a meaning: the program goes by it."),
                          {"list": known.label})  # fmt: skip

    @classmethod
    def offered(cls) -> ColumnElement[bool]:
        """What can be chosen."""
        return cls.retired.is_not(True)

    @classmethod
    def gone(cls) -> ColumnElement[bool]:
        """What can't be chosen any more."""
        return cls.retired.is_(True)

    def refuse_bin(self) -> None:
        """An entry that rows use is retired, not deleted."""
        session = object_session(self)
        if session is not None and (n := uses(session, self.list, [self.id]).get(self.id, 0)):
            raise NotLawful(
                N_("“{word}” of {list} can't be deleted: {uses} Retire it, and it is offered no more."),
                word=self.word,
                list=pick_list(self.list).label if self.list in _LISTS else self.list,
                uses=used_in(n),
            )


def used_in(n: int) -> str:
    """In how many rows an entry is used, as a sentence."""
    return trn("{n} row uses it.", "{n} rows use it.", n) if n else tr("No row uses it.")


def using(key: str) -> list[ColumnElement[str]]:
    """The columns of all tables that take their values from a list."""
    tables = (mapper.class_.__table__ for mapper in Base.registry.mappers)
    return [
        column
        for table in tables
        if isinstance(table, Table)
        for column in table.columns
        if column.info.get("pick") == key
    ]


def uses(session: Session | Connection, key: str, ids: list[str] | None = None) -> dict[str, int]:
    """In how many rows the entries of a list are used, those in the bin among them; entries without use are left out.

    Args:
        ids: count these alone.
    """
    found: dict[str, int] = {}
    for column in using(key):
        query = select(column, func.count()).where(column.is_not(None)).group_by(column)
        if ids is not None:
            query = query.where(column.in_(ids))
        for entry, n in session.execute(query):
            found[entry] = found.get(entry, 0) + n
    return found
