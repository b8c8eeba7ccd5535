"""The signs that XML writes in other words."""

from __future__ import annotations

from xml.sax.saxutils import escape, unescape

from hypothesis import given
from hypothesis import strategies as st

from handover.exchange.reading.entities import plain

_SIGNS = {'"': "&quot;", "'": "&apos;"}


@given(st.text(st.sampled_from("&;<>\"'ampltquo #管"), max_size=20))
def test_what_was_written_in_other_words_is_what_it_was(text: str) -> None:
    assert plain(escape(text, _SIGNS).encode()) == text
    assert plain(text.encode()) == unescape(text, {name: sign for sign, name in _SIGNS.items()})


def test_bytes_of_another_encoding_are_marked() -> None:
    assert plain(b"A\xff&amp;lt;") == "A\ufffd&lt;"
