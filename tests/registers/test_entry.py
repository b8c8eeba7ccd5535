import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.errors import NotValid
from handover.registers import entry
from handover.registers.catalogue import register, registers
from handover.registers.kinds import Kind
from handover.values import shown
from handover.values.cells import parse_number
from handover.values.typed_dates import typed_day
from tests.registers.conftest import TODAY, Site


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("today", TODAY),
        ("今天", TODAY),
        ("+7", dt.date(2026, 11, 25)),
        ("-2w", dt.date(2026, 11, 4)),
        ("+3天", dt.date(2026, 11, 21)),
        ("fri", dt.date(2026, 11, 20)),
        ("周五", dt.date(2026, 11, 20)),
        ("星期三", TODAY),
        ("下周一", dt.date(2026, 11, 23)),
        ("3/5", dt.date(2027, 3, 5)),  # the nearest fifth of March
        ("11/2", dt.date(2026, 11, 2)),
        ("13/5", dt.date(2027, 5, 13)),  # no thirteenth month
        ("3月5日", dt.date(2027, 3, 5)),
        ("2026年3月5日", dt.date(2026, 3, 5)),
        ("2026/3/5", dt.date(2026, 3, 5)),
        ("2026-03-05", dt.date(2026, 3, 5)),
        ("5.3.2026", dt.date(2026, 3, 5)),
        ("20260305", dt.date(2026, 3, 5)),
        ("5 Mar", dt.date(2027, 3, 5)),
        ("Mar 5, 2026", dt.date(2026, 3, 5)),
        ("２０２６－０３－０５", dt.date(2026, 3, 5)),
    ],
)
def test_dates_as_people_type_them(site: Site, typed: str, day: dt.date) -> None:
    with site.workspace.read() as connection:
        assert entry.parse(connection, site.project, register("documents")["due_on"], typed) == day


@pytest.mark.parametrize("typed", ["操作手册（总册）：第①卷", "面积 12 ㎡…", "Ａ－１"])
def test_words_stay_as_they_were_typed(site: Site, typed: str) -> None:
    with site.workspace.read() as connection:
        assert entry.parse(connection, site.project, register("documents")["title"], f" {typed} ") == typed


@pytest.mark.parametrize("typed", ["31/2", "soon", "2026-13-01", "+99999", "funday", "29.2.2027", "..."])
def test_what_is_no_date_is_refused_with_an_example(site: Site, typed: str) -> None:
    with site.workspace.read() as connection, pytest.raises(NotValid, match="2026-11-18") as refused:
        entry.parse(connection, site.project, register("documents")["due_on"], typed)
    assert refused.value.field == "due_on"


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("percent", "40", 0.4),
        ("percent", "40%", 0.4),
        ("percent", "0.4", 0.4),
        ("percent", "1", 0.01),
        ("percent", "100", 1.0),
        ("duration", "5", 2400),
        ("duration", "5d", 2400),
        ("duration", "3个工作日", 1440),
        ("duration", "2 weeks", 4800),
        ("duration", "4h", 240),
        ("start", "2026-03-05 08:30", dt.datetime(2026, 3, 5, 8, 30)),
        ("inactive", "是", True),
        ("inactive", "no", False),
        ("constraint", "不得早于...开始", "snet"),
        ("name", "", None),
    ],
)
def test_values_by_kind(site: Site, field: str, typed: str, value: object) -> None:
    with site.workspace.read() as connection:
        assert entry.parse(connection, site.project, register("tasks")[field], typed) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("percent", "140"), ("percent", "much"), ("duration", "5 moons"), ("inactive", "perhaps"),
        ("constraint", "whenever"), ("owner", "nobody"), ("status", "completed"), ("start", "2026-03-05 25:00"),
        ("predecessors", "TSK-9999"), ("name", "x" * 501),
    ],
)  # fmt: skip
def test_refusals_name_the_field(site: Site, field: str, typed: str) -> None:
    with site.workspace.read() as connection, pytest.raises(NotValid) as refused:
        entry.parse(connection, site.project, register("tasks")[field], typed)
    assert refused.value.field == field
    assert str(refused.value)


def test_people_by_initials_name_and_reference(site: Site) -> None:
    owner = register("tasks")["owner"]
    with site.workspace.read() as connection:
        for typed in ("zs", "张三", "zhangsan", "per-0001", "张"):
            assert entry.parse(connection, site.project, owner, typed) == site.ids["zhang"]
        assert entry.parse(connection, site.project, owner, "anna") == site.ids["anna"]
        with pytest.raises(NotValid, match="PER-000"):
            entry.parse(connection, site.project, owner, "z")  # 张三 and 周文


def test_predecessors_with_kind_and_lag(site: Site) -> None:
    field = register("tasks")["predecessors"]
    with site.workspace.read() as connection:
        found = entry.parse(connection, site.project, field, "TSK-0001SS+2d; Dry run-50%")
    assert found == [(site.ids["first"], "SS", 960.0, "working"), (site.ids["second"], "FS", -50.0, "percent")]


@given(st.text(max_size=40))
def test_no_text_does_anything_but_parse_or_be_refused(text: str) -> None:
    for listed in registers():
        for field in listed.entered:
            if field.kind in (Kind.LINK, Kind.LINKS, Kind.PICK):
                continue
            try:
                entry.parse(None, "", field, text)  # type: ignore[arg-type]  # only links ask the workspace
            except NotValid as refused:
                assert str(refused)


@given(st.dates(dt.date(1950, 1, 1), dt.date(2090, 1, 1)))
def test_a_shown_date_is_read_back(day: dt.date) -> None:
    assert typed_day(shown.moment(day)) == day


@pytest.mark.parametrize(
    ("key", "field", "typed", "value"),
    [
        ("documents", "due_on", "13-03-2026", dt.date(2026, 3, 13)),
        ("documents", "due_on", "5. März 2026", dt.date(2026, 3, 5)),
        ("documents", "mandatory", "○", True),
        ("documents", "mandatory", "ja", True),
        ("documents", "pages", "¥ 5", 5),
        ("tasks", "duration", "5 Tage", 5 * 480),
        ("tasks", "duration", "1,5 d", 720),
    ],
)
def test_what_the_importer_reads_can_be_typed(site: Site, key: str, field: str, typed: str, value: object) -> None:
    with site.workspace.read() as connection:
        assert entry.parse(connection, site.project, register(key)[field], typed) == value


def test_numbers_are_read_in_any_style() -> None:
    assert (parse_number("1.234,5"), parse_number("1,234.5"), parse_number("1 234,5")) == (1234.5, 1234.5, 1234.5)
