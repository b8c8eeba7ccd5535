"""Steps on the command line: done, refused with every reason, tried, listed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from handover.cli.__main__ import main
from handover.model import Document
from handover.registers.acts import taking
from handover.registers.catalogue import registers
from tests.domain import a_project, a_row, a_workspace


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        a_row(workspace, project, Document(title="Manual"))
        found = workspace.path
    yield found


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as left:
        main([str(w) for w in words])
    out, err = capsys.readouterr()
    return int(left.value.code or 0), out, err


def test_step_is_taken_with_the_day_that_was_given(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day = ("--submitted-on", "2026-03-05")
    assert run(capsys, "do", path, "doc-0001", "submit", "--project", "P1", *day, "--json")[0] == 0

    listed = json.loads(run(capsys, "list", path, "documents", "--project", "P1", "--json")[1])
    assert (listed[0]["status"], listed[0]["submitted_on"]) == ("submitted", "2026-03-05")


def test_refusal_ends_with_one_and_its_reasons(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = run(capsys, "do", path, "DOC-0001", "accept", "--project", "P1")
    assert (code, out) == (1, "")
    assert "DOC-0001 is “Outstanding”; “Accept” isn't possible now." in err

    code, out, _ = run(capsys, "do", path, "DOC-0001", "accept", "--project", "P1", "--json")
    assert (code, json.loads(out)["state"], len(json.loads(out)["refused"])) == (1, None, 1)


def test_trying_stores_nothing(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert "Nothing was stored" in run(capsys, "do", path, "DOC-0001", "submit", "--project", "P1", "--dry-run")[1]
    assert run(capsys, "do", path, "DOC-0001", "submit", "--project", "P1")[0] == 0


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("DOC-0009", "submit", "--project", "P1"), "There is no row DOC-0009"),
        (("XYZ-0001", "submit", "--project", "P1"), "There is no row XYZ-0001"),
        (("DOC-0001", "fly", "--project", "P1"), "There is no step fly"),
        (("DOC-0001", "submit", "--project", "P1", "--title", "x"), "doesn't take --title"),
        (("DOC-0001", "submit", "--project", "P1", "--submitted-on"), "needs a value"),
        (("DOC-0001", "submit", "--project", "P1", "--submitted-on", "soon"), "is not a date"),
        (("DOC-0001", "submit"), "Name the workspace, the row, the step and the project"),
    ],
)
def test_wrong_use_is_told(
    path: Path, words: tuple[str, ...], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, err = run(capsys, "do", path, *words)

    assert code == 2
    assert sentence in err


@pytest.mark.parametrize("key", [each.key for each in registers() if taking.lifecycle(each) is not None])
def test_every_step_is_listed_with_what_it_asks(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "do", "--steps", key, "--json")

    assert code == 0
    assert all({"step", "from", "to", "asks", "takes"} <= set(each) for each in json.loads(out))
