"""Chinese by its pinyin, and the marks of what was searched for."""

from __future__ import annotations

import pytest
from pypinyin import lazy_pinyin

from handover.registers.search.marks import excerpt, marks
from handover.registers.search.pinyin import beginnings, readings

NAMES = (
    "空气换热器", "行车调试记录", "重量校验", "传感器数量", "长度测量", "重复定位精度", "转换率", "长期停用保护",
    "银行担保", "单元调整", "系统切换", "音乐厅", "快乐车间", "参数设定", "人参仓库", "朝阳厂区", "都匀", "大夫诊室",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_names_are_read_as_a_whole_would_be(name: str) -> None:
    assert readings(name) == lazy_pinyin(name)


def test_every_place_of_a_name_is_a_beginning() -> None:
    assert beginnings("3号 泵房x") == ("h bf f", "hao bengfang fang")
    assert beginnings("plain") == ("", "")


@pytest.mark.parametrize(
    ("text", "asked", "marked"),
    [
        ("Pump manual, old pump", "pump", ["Pump", "pump"]),
        ("Sump pumps", "ump", []),
        ("空气换热器", "热", ["热"]),
        ("空气换热器", "hrq", ["换热器"]),
        ("空气换热器", "huanre", ["换热"]),
        ("空气换热器", "huanr", ["换热"]),
        ("P-1101A 泵", "p1101 1101a 泵", ["1101A", "泵"]),
        ("P-1101A", "p-1101", ["P-1101"]),
        ("P 1101", "p-1101", ["P 1101"]),
        ("ＰＵＭＰ Café", "pump cafe", ["ＰＵＭＰ", "Café"]),
        ("abc", "", []),
    ],
)
def test_what_was_searched_for_is_marked(text: str, asked: str, marked: list[str]) -> None:
    assert [text[a:b] for a, b in marks(text, asked)] == marked


def test_an_excerpt_begins_a_little_before_the_first_mark() -> None:
    text = "word " * 30 + "here it is\n" + "and more " * 30
    cut = excerpt(text, "here")

    assert cut.startswith("…word")
    assert 0 < cut.index("here it is") <= 26
    assert cut.endswith("…")
    assert excerpt("short", "none") == "short"
