"""What a file holds never steers the terminal: control characters are shown, not obeyed."""

from __future__ import annotations

import json

import pytest

from handover.cli import talk

HOSTILE = "a\x1b]0;title\x07b\x1b[2Jc\x9b31md\x7f\u202egnp.exe\u2066\r\x08"


def steers(text: str) -> set[str]:
    return {
        sign for sign in text if (sign < " " and sign != "\n") or "\x7f" <= sign <= "\x9f" or sign in "\u202e\u2066"
    }


@pytest.mark.parametrize("say", [talk.line, talk.aside, lambda text: talk.table([text], [[text], ["x\ny"]])])
def test_no_sign_of_a_text_steers_the_terminal(say: object, capsys: pytest.CaptureFixture[str]) -> None:
    say(HOSTILE)  # type: ignore[operator]  # one of the ways to speak

    said = capsys.readouterr()
    assert steers(said.out + said.err) == set()
    assert "␛]0;title␇" in said.out + said.err


def test_json_comes_back_as_it_was_and_steers_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    talk.data({"title": HOSTILE})

    said = capsys.readouterr().out
    assert {sign for sign in steers(said) if sign < "\xa0"} == set()
    assert json.loads(said) == {"title": HOSTILE}


def test_words_of_all_languages_stay_as_they_are() -> None:
    for text in ("换热器 P-1101A\tManual", "Müller – “x”", "می\u200cخواهم", "👩\u200d🔧"):
        assert talk.plain(text) == text
