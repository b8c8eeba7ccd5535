"""Wrong use and help pages speak the language of the program, in lines that a terminal holds."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.cli.wrapping import columns_of, first_sentence, wrapped
from handover.i18n import use

from .conftest import Run

_WRONG = {
    ("list", "a", "documents", "--jsn"): ("There is no option --jsn. Perhaps: --json.",
                                          "没有选项 --jsn。 可能是：--json。"),
    ("lsit",): ("There is no command “lsit”. Perhaps: list, lists.", "没有命令“lsit”。 可能是：list, lists。"),
    ("list", "a"): ("REGISTER is missing.", "缺少 REGISTER。"),
    ("list", "a", "documents"): ("The option --project is missing.", "缺少选项 --project。"),
    ("list", "a", "documents", "--project"): ("The option --project needs a value.", "选项 --project 需要一个值。"),
    ("list", "a", "b", "--json=2"): ("The option --json takes no value.", "选项 --json 不带值。"),
    ("list", "a", "b", "c", "d", "--project", "P"): ("Too many words: c d", "多余的参数：c d"),
    ("week", "a", "--days", "x"): ("--days wants a whole number, not “x”.", "--days 须为整数，不能是“x”。"),
    ("week", "a", "--days", "0"): ("--days is at least 1, not 0.", "--days 至少为 1，不能是 0。"),
    ("week", "a", "--days", "999"): ("--days is at most 366, not 999.", "--days 最多为 366，不能是 999。"),
}  # fmt: skip


def _spoken(language: str, *words: str) -> str:
    """What the program says in a process of its own: commands are loaded in the language in which they speak."""
    command = [sys.executable, "-m", "handover", "--speak", language, *words]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout


@pytest.fixture(autouse=True)
def _language_after() -> Iterator[None]:
    yield
    use("en")


@pytest.mark.parametrize("words", _WRONG, ids=" ".join)
def test_wrong_use_is_told_in_the_language_of_the_program_and_ends_with_2(words: tuple[str, ...], run: Run) -> None:
    for language, sentence in zip(("en", "zh"), _WRONG[words], strict=True):
        code, out, err = run("--speak", language, *words)
        assert (code, out, err.splitlines()[-1]) == (2, "", sentence)


def test_no_line_of_a_chinese_help_page_is_in_english_or_too_wide() -> None:
    out = _spoken("zh", "list", "--help")

    assert out.startswith("用法：handover list [选项] WORKSPACE REGISTER")
    assert not re.search(r"Usage|Options|Arguments|required|Show", out)
    assert max(map(columns_of, out.splitlines())) <= 78


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_command_stands_in_the_list_with_something_said_of_it(language: str) -> None:
    out = _spoken(language, "--help")
    rows = [line for line in out.splitlines() if re.match(r"  [a-z][a-z-]*  ", line)]
    assert len(rows) > 40
    assert not [row for row in rows if len(row.split(None, 1)[1].strip("….。")) < 4]
    assert max(map(columns_of, out.splitlines())) <= 78


@given(st.text(alphabet="ab c，。（）“”漢字-", max_size=200), st.integers(4, 40))
def test_no_sign_but_blanks_is_lost_between_lines_and_none_is_too_wide(text: str, columns: int) -> None:
    lines = wrapped(text, columns)

    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(columns_of(line) <= columns for line in lines)


def test_a_closing_sign_stays_with_what_it_closes() -> None:
    assert wrapped("移交（清单），文件。", 8) == ["移交（清", "单），文", "件。"]
    assert wrapped("移交清单。", 8) == ["移交清", "单。"]
    assert wrapped("移交清（单", 8) == ["移交清", "（单"]


def test_the_first_sentence_is_whole_or_says_that_it_goes_on() -> None:
    assert first_sentence("Write a form. Exit code 1.", 40) == "Write a form."
    assert first_sentence("写出表格。退出码为 1。", 40) == "写出表格。"
    assert first_sentence("写出移交清单和移交清册的表格", 11) == "写出移交清…"
