"""How texts and questions are cut for the search index."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.store.search.text import gram_text, match_of, narrowing, parted


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("3号泵P-1101A", "3 号 泵 p 1101a"),
        ("Ｐ－１１０１　ＣＡＦÉ", "p 1101 cafe"),
        ("Straße, ﬁlter!", "strasse filter"),
        ("カタカナ表", "カ タ カ ナ 表"),
        ("(一)二、三", "一 二 三"),
        ("load_test 100%", "load test 100"),
    ],
)
def test_chinese_is_parted_by_sign_and_the_rest_by_word(text: str, words: str) -> None:
    assert parted(text).split() == words.split()


@given(st.text(max_size=20), st.text(max_size=20), st.text(max_size=20))
def test_a_part_of_a_text_stays_a_part(before: str, part: str, after: str) -> None:
    assert gram_text(part).casefold() in gram_text(before + part + after).casefold()
    assert parted(part) in parted(before + part + after)


def test_a_filter_is_narrowed_by_chinese_phrases_and_by_three_other_signs_in_a_row() -> None:
    assert narrowing(["3号泵", "P-11"]) == ('"号 泵"', '"p-1" AND "-11"')
    assert narrowing(['a"b']).grams == '"a""b"'
    assert not narrowing(["ab", "1"])
    assert len(narrowing(["x" * 500, *(chr(0x4E00 + n) for n in range(500))]).words) < 1_000


def test_a_search_asks_for_beginnings_of_words_and_for_pinyin() -> None:
    assert match_of("换热器") == '({name texts}: "换 热 器")'
    assert match_of("P-11") == '({name texts}: "p 11"*)'
    assert match_of("hrq") == '({name texts}: "hrq"* OR initials: "hrq"* OR spelled: "hrq"*)'
    assert match_of("… 。") == ""
