"""What a pack says of a chapter: first what is open and the charts, behind the signatures its registers in full.

Of a register of more than ``LONG`` rows the document holds what is open and totals, the workbook the rest.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, replace
from types import ModuleType

from handover.i18n import N_
from handover.pack.blocks.matrix import MatrixBlock
from handover.pack.drawing import DrawingPages
from handover.pack.outline import Bar, Bars, Block, Note, TableBlock
from handover.pack.reading import PackReading, scope_of
from handover.pack.tables import both
from handover.registers.catalogue import chapter_of, register
from handover.registers.chapter import Chapter, InPack
from handover.registers.declare import Field, Register
from handover.registers.query import Condition, Query, count
from handover.wording import Words, said, said_of

#: Rows of a register that the document holds in full.
LONG_REGISTER = 2_000


@dataclass(frozen=True, slots=True)
class ChapterBlocks:
    """What the pack says of a chapter: in its own place, and in the annex."""

    body: tuple[Block, ...]
    annex: tuple[Block, ...]


def chapter_blocks(chapter: Chapter, reading: PackReading) -> ChapterBlocks:
    """The blocks of a chapter; both are empty where it has no rows in this pack."""
    body: list[Block] = []
    annex: list[Block] = []
    for each in chapter.pack:
        of = register(each.register)
        if scope_of(reading, of) is None:
            continue
        found = _of_register(each, of, reading)
        body += found.body
        annex += found.annex
    if not body and not annex:
        return ChapterBlocks((), ())
    if not reading.scoped:
        annex += [reading.matrix(each) for each in chapter.matrices if each.in_pack]
        for block in _more(chapter, reading):
            (annex if _in_full(block) else body).append(block)
    return ChapterBlocks(tuple(body), tuple(annex))


def _in_full(block: Block) -> bool:
    """Whether a block is a register or a picture in full; findings, which the document alone has, aren't."""
    return isinstance(block, MatrixBlock | DrawingPages) or (isinstance(block, TableBlock) and block.place != "print")


def _of_register(each: InPack, of: Register, reading: PackReading) -> ChapterBlocks:
    whole = _table(each, reading)
    n = whole.count or 0
    if not n:
        return ChapterBlocks((), ())
    opened = _open(each, of, reading)
    if opened is None:
        return ChapterBlocks((), _annex(whole, of, reading))
    open_n = opened.count or 0
    if open_n == n and n <= LONG_REGISTER:
        return ChapterBlocks((replace(whole, caption=_all_open(whole)),), ())
    if not open_n:
        done = said_of("{n} row, and nothing of it is open.", "{n} rows, and nothing of them is open.", n)
        note = Note(said(N_("{register}: {sentence}"), register=said(of.name), sentence=done), "ok")
        return ChapterBlocks((note,), _annex(whole, of, reading))
    return ChapterBlocks((opened,), _annex(whole, of, reading))


def _table(each: InPack, reading: PackReading, view: str = "") -> TableBlock:
    """A register as a table; what its chapter tells as of the day of the pack stands in it so."""
    table = reading.register(each.register, group_by=each.group_by, view=view)
    module = _module(chapter_of(each.register))
    as_of: Callable[[PackReading, TableBlock], TableBlock] | None = getattr(module, "as_of", None)
    return as_of(reading, table) if as_of is not None else table


def _open(each: InPack, of: Register, reading: PackReading) -> TableBlock | None:
    """What is open of a register; None where nothing in it can be."""
    if not any(view.key == "open" for view in of.views):
        return None
    table = _table(each, reading, "open")
    return replace(
        table,
        key=f"open-{of.key}",
        title=said(N_("Open: {register}"), register=said(of.name)),
        caption=said(N_("What is open; the annex holds all rows.")),
        filter="",
        left_out=0,
        place="print",
    )


def _all_open(whole: TableBlock) -> Words:
    return whole.caption or said(N_("All of it is open."))


def _annex(whole: TableBlock, of: Register, reading: PackReading) -> tuple[Block, ...]:
    """The register in full; a long one as totals, and in the workbook."""
    n = whole.count or 0
    if n <= LONG_REGISTER:
        return (whole,)
    note = said(
        N_("{register} has {n} rows. This document holds what is open of it and totals; the workbook holds all."),
        register=said(of.name),
        n=f"{n:,}",
    )
    totals = _totals(of, reading)
    return (Note(note), *((totals,) if totals.bars else ()), replace(whole, place="workbook"))


def _totals(of: Register, reading: PackReading) -> Bars:
    """How many rows of a register stand in which state."""
    state = state_of(of)
    if state is None or state.words is None:
        return Bars(())
    with reading.workspace.read() as connection:
        scope = scope_of(reading, of) or ()
        whole = count(connection, of, reading.project.id, Query(where=scope))
        found = {
            option.code: count(
                connection, of, reading.project.id, Query(where=(*scope, Condition(state.field, "is", (option.code,))))
            )
            for option in state.words
        }
    bars = tuple(
        Bar(both(state, option.code), found[option.code], whole, option.tone)
        for option in state.words
        if found.get(option.code)
    )
    return Bars(bars, said(N_("{register} by state"), register=said(of.name)), True)


def state_of(of: Register) -> Field | None:
    """The field that says how a row stands: its lifecycle, else what is called its status; None without one."""
    fields = [each for each in of.fields if each.lifecycle is not None]
    if fields:
        return fields[0]
    return of["status"] if "status" in of and of["status"].words is not None else None


def _more(chapter: Chapter, reading: PackReading) -> tuple[Block, ...]:
    """What the chapter adds of its own."""
    more: Callable[[PackReading], tuple[Block, ...]] | None = getattr(_module(chapter), "more", None)
    return more(reading) if more is not None else ()


def _module(chapter: Chapter) -> ModuleType | None:
    """What the pack has of a chapter in particular; None where it has nothing."""
    name = f"handover.pack.chapters.{chapter.key}"
    return importlib.import_module(name) if importlib.util.find_spec(name) is not None else None
