"""A matrix of a project as a block of an outline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import Connection

from handover.i18n import N_
from handover.pack.blocks.matrix import LineHead, MatrixBlock, MatrixLetter, MatrixRemark
from handover.pack.tables import both
from handover.registers import picks
from handover.registers.declare import Field
from handover.registers.matrix.declaration import Axis, LineCount, LineCounts, Matrix, MatrixFinding, MatrixHead
from handover.registers.matrix.reading import HeadsWanted, MatrixReading, read_matrix, target_of
from handover.wording import Text, Words, said


def matrix_block(
    connection: Connection,
    matrix: Matrix,
    project_id: str,
    down: HeadsWanted | None = None,
    across: HeadsWanted | None = None,
) -> MatrixBlock:
    """A matrix of a project, or the part of it that the wanted heads span."""
    reading = read_matrix(connection, matrix, project_id, down, across)
    found = {**reading.findings("down"), **reading.findings("across")}
    corner = said(matrix.down_field.column.label)
    beside, below = (_counts(connection, asked, project_id) for asked in (matrix.beside, matrix.below))
    return MatrixBlock(
        key=matrix.key,
        title=said(matrix.name),
        corner=corner,
        down=_heads(reading, "down", found, _entries(connection, matrix.down_field, project_id), beside),
        across=_heads(reading, "across", found, _entries(connection, matrix.across_field, project_id), below),
        cells=tuple(tuple(reading.text(d.id, a.id) for a in reading.across) for d in reading.down),
        letters=_letters(connection, reading, project_id),
        several=matrix.several,
        totals=matrix.totals,
        remarks=tuple(
            MatrixRemark(said(each.reason.message, context="", **each.reason.values), each.tone)
            for head in (*reading.down, *reading.across)
            for each in found.get(head.id, ())
        ),
        empty=said(N_("The matrix is empty: nothing stands down or across yet.")),
        kind=matrix.value_field.kind.printed,
        below=said(matrix.below.name) if matrix.below is not None else "",
        beside=said(matrix.beside.name) if matrix.beside is not None else "",
    )


def _counts(connection: Connection, asked: LineCounts | None, project_id: str) -> Mapping[str, LineCount]:
    """The numbers at the lines, by the key of the head, as they may be passed on."""
    if asked is None:
        return {}
    found = asked.read(connection, project_id)
    return {key: replace(each, tone=None) for key, each in found.items()} if asked.internal_tone else found


def _entries(connection: Connection, linked: Field, project_id: str) -> dict[str, Words]:
    """What entries of a list are called in both languages, by key; nothing of what users have named."""
    if not linked.pick:
        return {}
    return {each.id: Text(each.en or each.word, each.zh or each.word)
            for each in picks.entries(connection, project_id, linked.pick)}  # fmt: skip


def _heads(
    reading: MatrixReading,
    axis: Axis,
    found: dict[str, list[MatrixFinding]],
    entries: dict[str, Words],
    counts: Mapping[str, LineCount],
) -> tuple[LineHead, ...]:
    lines = reading.lines(axis)
    nothing = LineCount("")
    return tuple(
        LineHead(
            line.head.ref,
            entries.get(line.head.id, line.head.name),
            _mark(reading.matrix, line.head),
            line.head.tone,
            _together([said(each.short, context="", **each.reason.values) for each in found.get(line.head.id, ())]),
            tuple(count for _, count in reading.totals(line)) if reading.matrix.totals else (),
            counts.get(line.head.id, nothing).text,
            counts.get(line.head.id, nothing).tone,
        )
        for line in lines
    )


def _mark(matrix: Matrix, head: MatrixHead) -> Words:
    """The word that marks a head, in both languages."""
    if not head.mark:
        return ""
    return both(target_of(matrix.across_field)[matrix.mark], head.facts[matrix.mark])


def _together(words: list[Text]) -> Words:
    return Text(", ".join(w.en for w in words), "，".join(w.zh for w in words)) if words else ""


def _letters(connection: Connection, reading: MatrixReading, project_id: str) -> tuple[MatrixLetter, ...]:
    field = reading.matrix.value_field
    if field.pick:
        words = _entries(connection, field, project_id)
        return tuple(MatrixLetter(o.letter, words[o.value], o.tone, o.retired) for o in reading.letters.options)
    return tuple(MatrixLetter(o.letter, both(field, o.value), o.tone) for o in reading.letters.options)
