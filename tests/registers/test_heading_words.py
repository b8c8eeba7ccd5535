"""The words by which workbooks call columns are data: each is of a column that there is, and read only when needed."""

from __future__ import annotations

import subprocess
import sys
import tomllib

import pytest

from handover.registers.catalogue import registers
from handover.registers.declare import Register
from handover.registers.heading_words import heading_words
from handover.resource import resource

LANGUAGES = {"en", "zh", "ja", "ko", "de", "fr", "es", "pt", "it", "ru", "ar", "tr", "other"}


@pytest.mark.parametrize("register", registers(), ids=lambda register: register.key)
def test_words_are_of_columns_that_there_are_and_of_known_languages(register: Register) -> None:
    path = resource("headings") / f"{register.key}.toml"
    listed = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    listed.pop("subject", None)  # what such lists are about
    beside = listed.pop("beside", {})  # words that lie beside a column and aren't taken for it
    assert beside.keys() <= {field.field for field in register.fields}

    assert listed.keys() <= {field.field for field in register.fields}
    assert {language for by in listed.values() for language in by} <= LANGUAGES
    assert all(len(words) == len(set(words)) for by in listed.values() for words in by.values())


def test_every_file_of_words_is_of_a_register() -> None:
    assert {path.stem for path in resource("headings").glob("*.toml")} <= {each.key for each in registers()}


def test_a_heading_of_a_workbook_names_its_column() -> None:
    documents = next(each for each in registers() if each.key == "documents")

    assert "图号" in documents["number"].headings()
    assert heading_words("no such register") == {}


def test_words_are_not_read_before_somebody_asks_for_them() -> None:
    asked = (
        "import handover.registers.catalogue; from handover.registers.heading_words import heading_words; "
        "print(heading_words.cache_info().misses)"
    )

    done = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "0"
