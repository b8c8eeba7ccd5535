"""Rich text is read from marks and written back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.values.rich_text import RichBlock, Span, pictures_in, read_rich, write_rich


def _item(text: str, level: int = 1, number: int | None = None) -> RichBlock:
    return RichBlock("item", (Span(text),), level, number)


def test_marks_become_headings_paragraphs_lists_and_looks() -> None:
    blocks = read_rich("# 一\nA **bold** and *slanted* word\n\n### Deep\n- one\n  1. first\n  2. second\n- two\n")

    assert blocks == (
        RichBlock("heading", (Span("一"),), 1),
        RichBlock("paragraph", (Span("A "), Span("bold", bold=True), Span(" and "), Span("slanted", italic=True),
                                Span(" word"))),
        RichBlock("heading", (Span("Deep"),), 2),
        _item("one"), _item("first", 2, 1), _item("second", 2, 2), _item("two"),
    )  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    ["<b>no mark</b>", "    indented by four", "> quoted", "`code`", "[a](https://x.y)", "&amp; stays", "---"],
)
def test_what_is_no_part_of_the_marks_stays_as_typed(typed: str) -> None:
    assert [block.text for block in read_rich(typed)] == [typed.strip()]


@pytest.mark.parametrize(
    "text",
    ["# no heading", "- no item", "2026. no number", "3 * 4 * 5", "_x_ and a_b", "\\*", "C:\\", "C #", "![x](y)",
     "1) x\n- y", "a\\\nb", "2*3*4", "__init__", "[ACT-0001]"],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["paragraph", "heading", "item"])
def test_words_that_look_like_marks_stay_words(text: str, kind: str) -> None:
    level = 0 if kind == "paragraph" else 1
    block = RichBlock(kind, (Span(text),), level)  # type: ignore[arg-type]  # one of the three kinds
    (read,) = read_rich(write_rich([block]))

    assert read.text == (text.replace("\n", " ") if kind == "heading" else text)
    assert read.kind == kind


def test_bold_beside_chinese_punctuation_stays_bold() -> None:
    written = write_rich([RichBlock("paragraph", (Span("决定：", bold=True), Span("张三负责")))])

    assert written == "**决定**：张三负责"


def test_pictures_keep_their_caption_and_address() -> None:
    block = RichBlock("paragraph", (Span("See "), Span("a [b]", picture="attachment:0123")))
    written = write_rich([block])

    assert read_rich(written) == (block,)
    assert pictures_in(f"{written}\n\n{written}") == ("attachment:0123",)


def test_lists_in_lists_come_back() -> None:
    blocks = (_item("a", 1, 1), _item("b", 2), _item("c", 3, 4), _item("d", 3, 5), _item("e", 1, 2),
              RichBlock("paragraph", (Span("end"),)))  # fmt: skip
    assert read_rich(write_rich(blocks)) == blocks


_words = st.text(st.sampled_from("ab中。,.*_\\#-+1 [](){}<>&!`\n\t："), min_size=1, max_size=12)
_any_spans = st.lists(st.builds(Span, _words, st.booleans(), st.booleans()), min_size=1, max_size=5).map(tuple)
_any_blocks = st.lists(
    st.one_of(
        st.builds(RichBlock, st.just("paragraph"), _any_spans),
        st.builds(RichBlock, st.just("heading"), _any_spans, st.integers(1, 2)),
        st.builds(RichBlock, st.just("item"), _any_spans, st.integers(1, 3), st.one_of(st.none(), st.integers(1, 99))),
    ),
    max_size=5,
)


def _bare(text: str) -> str:
    return "".join(text.split())


@given(_any_blocks)
def test_no_word_is_lost_whatever_is_written(blocks: list[RichBlock]) -> None:
    read = read_rich(write_rich(blocks))

    assert _bare("".join(b.text for b in read)) == _bare("".join(b.text for b in blocks))


@given(_any_blocks)
def test_what_was_read_once_is_written_the_same_for_good(blocks: list[RichBlock]) -> None:
    once = write_rich(blocks)

    assert write_rich(read_rich(once)) == once


_letters = st.text(st.sampled_from("ab中文9"), min_size=1, max_size=6)


@given(st.lists(st.builds(Span, _letters, st.booleans(), st.booleans()), min_size=1, max_size=6))
def test_looks_of_words_with_spaces_around_them_come_back(spans: list[Span]) -> None:
    spaced = [each for span in spans for each in (span, Span(" "))][:-1]
    (block,) = read_rich(write_rich([RichBlock("paragraph", tuple(spaced))]))

    for look in ("bold", "italic"):
        looked = "".join(span.text for span in block.spans if getattr(span, look))
        assert looked.replace(" ", "") == "".join(span.text for span in spans if getattr(span, look))
