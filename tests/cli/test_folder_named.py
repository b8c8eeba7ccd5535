"""Where a command writes several files, it is given a folder of its own: none is strewn about by a slip of the hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from handover.cli.exits import WRONG_USE
from tests.cli.conftest import Run
from tests.cli.test_every_command import WORDS, commands

#: A folder is what these take; `issue` stands for `pack --issue`.
INTO_A_FOLDER = ("demo", "pack", "issue", "certificate", "minutes", "remind", "remind-actions", "transmittal")


@pytest.mark.parametrize("folder", ["", " ", "/", "//", "/."])
@pytest.mark.parametrize("name", INTO_A_FOLDER)
def test_no_command_fills_the_folder_it_happens_to_be_in_nor_the_root(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, folder: str
) -> None:
    monkeypatch.chdir(tmp_path)
    words = WORDS.get(name, "").format(workspace=tmp_path / "x.handover", out=tmp_path).split()
    if "--to" in words:
        at = words.index("--to")
        words = words[:at] + words[at + 2 :]

    code, _, told = run(name, *words, "--to", folder)

    assert code == WRONG_USE
    assert "folder was named" in told or "root of a disk" in told
    assert list(tmp_path.iterdir()) == []


def test_every_command_that_takes_a_folder_is_here() -> None:
    from typer.main import get_command

    from handover.cli.commands import app

    taking = {
        name
        for name, command in get_command(app).commands.items()  # type: ignore[attr-defined]
        for option in command.params
        if option.metavar == "DIR" and "--to" in option.opts
    }
    assert taking == set(INTO_A_FOLDER) & set(commands())
