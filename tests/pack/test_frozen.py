"""Outlines are frozen without loss, and no JSON makes anything but an outline."""

from __future__ import annotations

import datetime as dt
import json
import types
import typing
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handover.errors import UnusableFile
from handover.pack import frozen, outline
from handover.pack.frozen import freeze, read_out, thaw
from handover.pack.outline import Cover, Marked, PackOutline, Rows, Section, Status, TableBlock, TableColumn
from handover.pack.pdf.document import write_pdf
from handover.values import print_forms
from handover.wording import Text
from tests.pack.sample import a_pack

PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: st.text(max_size=8),
    int: st.integers(-(2**60), 2**60),
    bool: st.booleans(),
    float: st.floats(allow_nan=False),
    Decimal: st.decimals(allow_nan=False),
    dt.date: st.dates(),
    dt.datetime: st.datetimes().map(lambda moment: moment.replace(fold=0)),
    type(None): st.none(),
}


def any_of(hint: Any) -> st.SearchStrategy[Any]:
    """Values of a declared type."""
    if hint in PLAIN:
        return PLAIN[hint]
    origin, args = get_origin(hint), get_args(hint)
    if origin is Literal:
        return st.sampled_from(args)
    if origin in (Union, types.UnionType):
        return st.one_of(*map(any_of, args))
    if origin is tuple and args[-1] is not Ellipsis:
        return st.tuples(*map(any_of, args))
    if origin is not None and issubclass(origin, Iterable):
        return st.lists(st.deferred(lambda: any_of(args[0])), max_size=2).map(tuple)
    assert frozen._is_record(hint), hint
    hints = get_type_hints(hint)
    of_fields = {name: st.deferred(lambda h=hints[name]: any_of(h)) for name in frozen._kept(hint)}
    return st.fixed_dictionaries(of_fields).map(lambda values: hint(**values))


def holding(block: Any) -> PackOutline:
    """An outline of one block."""
    return PackOutline(
        "Pack", Cover("Plant", "P-01"), "N-1", dt.datetime(2026, 3, 5, 8, 30), "both", (Section("s", "S", (block,)),)
    )


@pytest.mark.parametrize("kind", get_args(outline.Block), ids=lambda kind: kind.__name__)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large], deadline=None)
@given(data=st.data())
def test_every_block_comes_back_as_it_was(kind: type[Any], data: st.DataObject) -> None:
    whole = holding(data.draw(any_of(kind)))

    back = thaw(freeze(whole))

    assert back == whole
    assert repr(back) == repr(whole)  # 1 and 1.0 are equal, yet print differently
    assert freeze(back) == freeze(whole)


def test_a_whole_pack_prints_the_same_once_it_was_frozen(tmp_path: Path) -> None:
    pack = a_pack()

    back = thaw(freeze(pack))
    write_pdf(pack, tmp_path / "before.pdf")
    write_pdf(back, tmp_path / "after.pdf")

    assert back == read_out(pack)
    assert (tmp_path / "before.pdf").read_bytes() == (tmp_path / "after.pdf").read_bytes()


def test_rows_that_are_read_afresh_are_kept_as_they_were() -> None:
    walks: list[int] = []

    def read() -> list[tuple[str, ...]]:
        walks.append(1)
        return [(f"walk {len(walks)}",)]

    back = thaw(freeze(holding(TableBlock("t", "T", (TableColumn("a", "A"),), Rows(read)))))

    assert [list(table.rows) for table in back.tables()] == [[("walk 1",)]]
    assert [list(table.rows) for table in back.tables()] == [[("walk 1",)]]


def test_an_overdue_moment_is_kept_as_the_moment_that_it_is() -> None:
    late = Marked(dt.datetime(2026, 11, 17, 14, 0), "danger", "5 days late")
    table = TableBlock("t", "T", (TableColumn("a", "A"),), ((late,),))

    assert next(thaw(freeze(holding(table))).tables()).rows == ((late,),)


def test_many_equal_cells_are_written_once() -> None:
    state = Status(Text("Open", "未完成"), "warning")
    columns = (TableColumn("a", "A"), TableColumn("b", "B"))
    pack = holding(TableBlock("t", "T", columns, tuple((state, n) for n in range(100_000))))

    text = freeze(pack)

    assert len(text) < 1_000_000
    assert thaw(text) == pack


def test_half_a_character_is_kept() -> None:
    pack = holding(outline.Paragraph("\ud800"))

    text = freeze(pack)

    text.encode()
    assert thaw(text) == pack


def test_what_an_outline_cannot_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        freeze(holding(outline.Paragraph(typing.cast(str, object()))))


def test_fields_that_an_older_program_did_not_know_have_their_defaults() -> None:
    said = json.loads(freeze(holding(outline.Note("n", "ok"))))
    del said["outline"]["sections"][0]["blocks"][0]["tone"]

    assert thaw(json.dumps(said)) == holding(outline.Note("n"))


def test_field_that_came_later_changes_no_checksum_where_it_says_nothing() -> None:
    assert '"slanted"' not in freeze(holding(outline.Paragraph("p", ((0, 1),))))
    assert '"slanted"' in freeze(holding(outline.Paragraph("p", slanted=((0, 1),))))


def test_a_paper_of_a_newer_program_says_so() -> None:
    said = json.loads(freeze(holding(outline.Paragraph("p"))))

    with pytest.raises(UnusableFile, match="newer"):
        thaw(json.dumps({**said, "version": frozen.VERSION + 1, "more": 1}))


GOOD = json.loads(freeze(holding(outline.Paragraph("p"))))
OUTLINE = GOOD["outline"]
ROUND = {"$": "=", "value": 0}


@pytest.mark.parametrize(
    "said",
    [
        "", "{", "null", "[]", "7", '"x"', "[" * 100_000, "deflated:", "deflated:!!", "deflated:AAAA",
        json.dumps({**GOOD, "version": 0}),
        json.dumps({**GOOD, "version": True}),
        json.dumps({**GOOD, "shared": {}}),
        json.dumps({**GOOD, "outline": None}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "$": "Path"}}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "$": "Section"}}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "more": 1}}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "language": "fr"}}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "edition": "1"}}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "edition": 1.5}}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "front": 1}}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "sections": ["x"]}}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "title": {"$": "=", "value": 0}}}),
        json.dumps({**GOOD, "shared": [ROUND], "outline": {**OUTLINE, "title": ROUND}}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "made_at": {"$": "datetime", "value": "tomorrow"}}}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "made_at": {"$": "date", "value": "2026-01-01"}}}),
        json.dumps({**GOOD, "outline": {**OUTLINE, "number": float("nan")}}),
        json.dumps({key: value for key, value in GOOD.items() if key != "shared"}),
        json.dumps({**GOOD, "outline": {k: v for k, v in OUTLINE.items() if k != "number"}}),
    ],
    ids=lambda said: said[:30],
)  # fmt: skip
def test_anything_else_is_refused_with_a_sentence(said: str) -> None:
    with pytest.raises(UnusableFile, match="damaged"):
        thaw(said)


def test_what_inflates_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    text = freeze(holding(outline.Paragraph("x" * 200_000)))
    assert text.startswith("deflated:")
    monkeypatch.setattr(frozen, "LONGEST", 100_000)

    with pytest.raises(UnusableFile):
        thaw(text)
    with pytest.raises(UnusableFile):
        thaw(" " * 100_001)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_spoiled_json_makes_an_outline_or_a_sentence(data: st.DataObject) -> None:
    """A part of the JSON is another value: what comes back is sound, or it is refused."""
    said = json.loads(freeze(sample()))
    place: Any = said
    while isinstance(place, dict | list) and place and data.draw(st.booleans() | st.just(True)):
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        if not isinstance(place[key], dict | list) or data.draw(st.integers(0, 5)) == 0:
            place[key] = data.draw(st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=3),
                                                lambda inner: st.lists(inner, max_size=2), max_leaves=3))  # fmt: skip
            break
        place = place[key]
    try:
        back = thaw(json.dumps(said))
    except UnusableFile:
        return
    assert isinstance(back, PackOutline)
    assert thaw(freeze(back)) == back


def sample() -> PackOutline:
    """A small outline with a table and facts."""
    table = TableBlock(
        "t", Text("T", "表"), (TableColumn("a", "A", print_forms.STATUS, choices=(Status("x", "ok"),)),),
        ((Status(Text("Open", "开"), "warning"),), (None,), (dt.date(2026, 1, 2),), (1.5,)),
    )  # fmt: skip
    facts = outline.Facts((outline.Fact("F", outline.Marked(3, "danger", "late")),))
    return replace(holding(table), sections=(Section("a", "A", (table, facts)),))


def test_all_but_the_keys_of_rows_is_kept() -> None:
    left_out = {
        f"{name}.{key}"
        for name, kind in frozen._known().items()
        for key in set(get_type_hints(kind)) - set(frozen._kept(kind))
    }

    assert left_out == {
        "Series.keys", "HeatChart.keys", "Dot.key", "StripSpan.key", "Seat.key",
        "Line.target", "Rect.target", "Polygon.target", "Circle.target",
    }  # fmt: skip
