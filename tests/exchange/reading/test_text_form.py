"""The encoding and the separator of a text file when the guess is wrong and the user says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from handover.errors import NotValid, UnusableFile
from handover.exchange.importing.summary import as_json, sentences
from handover.exchange.reading.sheet import read_grid
from handover.exchange.reading.source import open_source
from handover.exchange.reading.text_form import ENCODINGS, TextForm, encoding_choice, text_form
from handover.i18n import in_language
from handover.store.workspace import Workspace
from tests.exchange.trying import a_file, outcomes, tried

BIG5 = "任務名稱,開始\n管道吹掃,2026-03-02\n充水試壓,2026-03-09\n"
CYRILLIC = "Задача;Начало\nПроверка насосов;2026-03-02\n"


def text_file(folder: Path, data: bytes, name: str = "list.csv") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    ("said", "meant"),
    [("gbk", "gb18030"), ("GB2312", "gb18030"), ("UTF8", "utf-8"), ("utf-16-be", "utf-16"), ("latin-1", "cp1252"),
     ("big5", "cp950"), ("Shift-JIS", "cp932"), ("windows-1251", "cp1251")],
)  # fmt: skip
def test_encodings_have_many_names(said: str, meant: str) -> None:
    assert text_form(encoding=said).encoding == meant


def test_every_encoding_is_found_by_the_name_that_is_shown() -> None:
    assert [text_form(encoding=name).encoding for name in ENCODINGS.values()] == list(ENCODINGS)


@pytest.mark.parametrize(
    ("said", "meant"), [("tab", "\t"), ("\\t", "\t"), ("Semicolon", ";"), ("^", "^"), ("，", "，")]
)
def test_separators_have_names(said: str, meant: str) -> None:
    assert text_form(separator=said).separator == meant


@pytest.mark.parametrize("said", ["klingon", "rot13", "hex", "utf-8\0", "utf-7"])
def test_unknown_encoding_is_refused_with_those_that_there_are(said: str) -> None:
    with pytest.raises(NotValid, match="There are: UTF-8, GB18030"):
        text_form(encoding=said)


@pytest.mark.parametrize("said", ["abc", "a", '"', "5", "\n"])
def test_unusable_separator_is_refused(said: str) -> None:
    with pytest.raises(NotValid, match="can't separate fields"):
        text_form(separator=said)


def test_chosen_encoding_is_used(tmp_path: Path) -> None:
    path = text_file(tmp_path, CYRILLIC.encode("cp1251"))
    assert read_grid(open_source(path)).rows[0] != ("Задача", "Начало")
    assert read_grid(open_source(path, form=TextForm("cp1251"))).rows[0] == ("Задача", "Начало")


def test_chosen_separator_is_used_and_excels_own_line_stays_out(tmp_path: Path) -> None:
    path = text_file(tmp_path, "sep=;\nTask，说明\n泵，a;b\n".encode())
    assert read_grid(open_source(path, form=TextForm(separator="，"))).rows == [("Task", "说明"), ("泵", "a;b")]


@pytest.mark.parametrize("mark", [b"", b"\xfe\xff"])
def test_utf_16_in_either_order_of_bytes(tmp_path: Path, mark: bytes) -> None:
    path = text_file(tmp_path, mark + "任务,开始\n泵调试,2026-03-05\n".encode("utf-16-be"))
    assert read_grid(open_source(path, form=TextForm("utf-16"))).rows[0] == ("任务", "开始")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_of_chinese_alone_is_recognised_without_its_mark(tmp_path: Path, encoding: str) -> None:
    path = text_file(tmp_path, "任务名称\n管道吹扫\n充水试压\n".encode(encoding))
    assert read_grid(open_source(path)).rows[1] == ("管道吹扫",)


@pytest.mark.parametrize("data", [BIG5.encode("big5"), "Task,Start\nPump,1\n".encode("utf-16-le")])
def test_text_in_another_encoding_than_chosen_is_refused_with_what_to_do(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnusableFile) as refused:
        open_source(text_file(tmp_path, data), form=TextForm("utf-8"))
    assert str(refused.value) == (
        "list.csv isn't text in UTF-8: line 1 can't be read in it. Choose another encoding, "
        "or save the list in Excel as “CSV UTF-8” and import that."
    )


def test_line_that_cant_be_read_is_named(tmp_path: Path) -> None:
    path = text_file(tmp_path, b"Task\n" * 700_000 + b"Pr\xfcfung\n")
    with pytest.raises(UnusableFile, match="line 700001 can't be read"):
        open_source(path, form=TextForm("utf-8"))


def test_workbook_has_no_encoding_to_choose(tmp_path: Path) -> None:
    with pytest.raises(NotValid, match=r"list\.xlsx is no CSV or text file"):
        open_source(a_file(tmp_path, [("Task",), ("Pump",)]), form=TextForm(separator=";"))


def test_import_says_how_it_read_the_text(tmp_path: Path, workspace: Workspace) -> None:
    path = text_file(tmp_path, BIG5.encode("big5"))
    run = tried(workspace, path, encoding="big5", separator="comma")
    assert outcomes(run) == {2: "new", 3: "new"}
    assert "Read as text in Big5, its fields separated by: Comma." in sentences(run)
    assert (as_json(run)["encoding"], as_json(run)["separator"]) == ("Big5", ",")


def test_choices_are_shown_in_both_languages() -> None:
    assert encoding_choice("gb18030") == "GB18030 (simplified Chinese, GBK)"
    with in_language("zh"):
        assert encoding_choice("gb18030") == "GB18030（简体中文，含 GBK）"


def test_utf_8_with_a_character_cut_in_two_stays_utf_8_and_its_line_is_told(
    tmp_path: Path, workspace: Workspace
) -> None:
    lines = ["任务名称,备注", *(f"管道吹扫 {n},按规程执行" for n in range(20))]
    damaged = "\n".join(lines).encode().replace("吹扫 7".encode(), "吹".encode()[:2] + b" 7")
    run = tried(workspace, text_file(tmp_path, damaged))
    assert run.file.dialect is not None and run.file.dialect.encoding == "utf-8"
    said = "Characters that can't be read stand in line 9. Correct them, or choose another encoding."
    assert said in sentences(run)
    assert set(outcomes(run).values()) == {"new"}


def test_latin_text_isnt_taken_for_damaged_utf_8(tmp_path: Path) -> None:
    path = text_file(tmp_path, "Vorgang;Dauer\nPrüfung Ã¤;2,5 Tage\nÜbergabe;3\n".encode("cp1252"))
    assert open_source(path).dialect.encoding == "cp1252"


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_quote_that_is_never_closed_is_told_with_its_lines(tmp_path: Path, workspace: Workspace, end: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text('ID,Task\n1,"Check\nthe pumps"\n2,"Run\n3,Stop\n4,Drain' + end, newline="")
    run = tried(workspace, path)
    assert [str(notice) for notice in run.notices] == [
        "The quote in line 4 is never closed: the 2 lines below it were read as part of one cell. "
        "Close it, or take it away."
    ]
    assert run.found.incoming.values["name"] == ["Check\nthe pumps", "Run\n3,Stop\n4,Drain"]
