"""Every command with what it can't use: a sentence and the code that fits, never a traceback or a fault of the program.

The commands are those that the program has: one that is missing here is told.
"""

from __future__ import annotations

import codecs
import csv
import os
import random
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from typer.main import get_command

from handover.cli.exits import DONE, FINDINGS, QUESTION, UNUSABLE, WRONG_USE
from handover.registers.catalogue import registers
from tests.cli.conftest import Run
from tests.sample.once import a_sample

W, OUT = "{workspace}", "{out}"
#: Words with which each command does its work on the sample.
WORDS = {
    "acceptance": f"{W} --project NEV-01",
    "agenda": f"{W} MTG-0001 --project NEV-01",
    "attach": f"{W} DOC-0150 {OUT}/list.csv --project NEV-01 --dry-run",
    "certificate": f"{W} CCC BIW-20 --project NEV-01 --to {OUT} --dry-run",
    "check": W,
    "clock": f"{W} RUN-0001 --project NEV-01",
    "comment-sheet": f"{W} DOC-0001 --project NEV-01 --to {OUT}/comments.pdf",
    "do": f"{W} DOC-0001 submit --project NEV-01 --dry-run",
    "export": f"{W} documents --to {OUT}/documents.xlsx --project NEV-01",
    "files": f"{W} --project NEV-01",
    "find": f"{W} pump",
    "form": f"{W} transfer-list --to {OUT}/form.pdf --project NEV-01",
    "gate": f"{W} --project NEV-01",
    "give-back": f"{W} DOC-0001 --project NEV-01",
    "import": f"{OUT}/list.csv --into {W} --project NEV-01 --register tasks --dry-run",
    "interview-guide": f"{W} PER-0001 --project NEV-01 --to {OUT}/guide.pdf",
    "issue": f"{W} --project NEV-01 --to {OUT}/issued --chapters documents",
    "labels": f"{W} boxes --project NEV-01 --to {OUT}/labels.pdf",
    "lend": f"{W} DOC-0001 --project NEV-01 --to PER-0001",
    "list": f"{W} documents --project NEV-01",
    "lists": f"{W} --project NEV-01",
    "lock": f"{OUT}/list.csv --to {OUT}/locked.pdf",
    "loss-risk": f"{W} --project NEV-01",
    "matrix": f"{W} raci --project NEV-01 --to {OUT}/raci.xlsx",
    "me": f"{W} --project NEV-01",
    "minutes": f"{W} MTG-0001 --project NEV-01 --to {OUT}",
    "minutes-in": f"{OUT}/list.csv --into {W} --project NEV-01 --dry-run",
    "new": f"{OUT}/new.handover --code X",
    "pack": f"{W} --project NEV-01 --to {OUT}/pack --chapters documents",
    "paper": f"{W} NEV-01-MIN-001 --project NEV-01 --to {OUT}/paper.pdf",
    "parameter-chain": f"{W} BIW30-P001 --project NEV-01",
    "phases": W,
    "projects": W,
    "read-back": f"{W} BOX-0001 ABC --project NEV-01",
    "readiness-pack": f"{W} --project NEV-01 --to {OUT}/readiness.xlsx",
    "readings-sheet": f"{W} --project NEV-01 --to {OUT}/readings.pdf",
    "remind": f"{W} --project NEV-01 --to {OUT}",
    "remind-actions": f"{W} --project NEV-01 --to {OUT}",
    "requirements": W,
    "restore": f"{W} --list",
    "revise": f"{W} DOC-0001 --project NEV-01 --code Z --dry-run",
    "run-proof": f"{W} RUN-0001 --project NEV-01 --to {OUT}/proof.pdf",
    "schedule": f"{W} --project NEV-01",
    "schemes": f"{W} --project NEV-01",
    "score": f"{W} --project NEV-01",
    "series": f"{W} --project NEV-01",
    "sessions": f"{W} --project NEV-01",
    "sign": f"{OUT}/list.csv --fields",
    "signed": f"{W} NEV-01-MIN-001 {OUT}/list.csv --project NEV-01",
    "template": f"documents --to {OUT}/template.xlsx",
    "transfer-plan": f"{W} --project NEV-01 --to {OUT}/plan.pdf",
    "transmittal": f"{W} TRM-0001 --project NEV-01 --to {OUT}/transmittal",
    "transmittal-in": f"{OUT} --into {W} --project NEV-01 --dry-run",
    "verification-sheets": f"{W} RCV-0001 --project NEV-01 --to {OUT}/sheets.pdf",
    "verify": OUT,
    "week": W,
}
#: Makes the sample anew, with its pack: half a minute, and nothing of anybody's is read.
LEFT_OUT = {"demo"}
ODD = (
    "", "nonsense", "-1", "2026-13-45", "/dev/null/x", "a" * 3000, "\u202eevil\x1b[2J", "9" * 20, "*", "/",
    "'; DROP TABLE task; --", "NEV-01", "DOC-9999",
)  # fmt: skip
#: With what spreadsheets begin to compute.
STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
LAWFUL = (DONE, FINDINGS, WRONG_USE, UNUSABLE, QUESTION)


def commands() -> dict[str, list[str]]:
    """The commands of the program, and the options of each that take a value."""
    from handover.cli.commands import app

    return {
        name: [p.opts[0] for p in command.params if p.opts[0].startswith("--") and not getattr(p, "is_flag", False)]
        for name, command in get_command(app).commands.items()  # type: ignore[attr-defined]  # a group of commands
    }


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return a_sample(tmp_path_factory, "en")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder in which commands leave what they write, also under names without a folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HANDOVER_PDF_PASSWORD", "open")  # nobody is there to be asked
    out = tmp_path / "out"
    out.mkdir()
    (out / "list.csv").write_text("Task,Start\nFlush,2026-01-05\nFill,2026-02-01\n", encoding="utf-8")
    return out


def fault(run: Run, words: list[str]) -> str:
    """What is wrong with how a command ends, empty where nothing is."""
    code, out, err = run(*words)
    said = out + err
    if code not in LAWFUL or "Traceback" in said or (code != DONE and not said.strip()):
        return f"{words}: {code} {said[-400:]}"
    return ""


def filled(name: str, workspace: str, out: Path) -> list[str]:
    return [name, *(word.replace(W, workspace).replace(OUT, str(out)) for word in WORDS[name].split())]


def test_every_command_is_here() -> None:
    assert set(commands()) == set(WORDS) | LEFT_OUT


def _cut(path: Path, sample: Path) -> None:
    data = sample.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def _without_a_table(path: Path, sample: Path) -> None:
    shutil.copy(sample, path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("DROP TABLE meeting")
        raw.commit()


def _holes(path: Path, sample: Path) -> None:
    data, chance = bytearray(sample.read_bytes()), random.Random(7)
    for _ in range(300):
        data[chance.randrange(4096, len(data))] ^= 0xFF
    path.write_bytes(data)


SPOILED: dict[str, Callable[[Path, Path], object]] = {
    "missing": lambda path, sample: None,
    "folder": lambda path, sample: path.mkdir(),
    "empty": lambda path, sample: path.write_bytes(b""),
    "text": lambda path, sample: path.write_text("Handover", encoding="utf-8"),
    "cut": _cut,
    "holes": _holes,
    "without a table": _without_a_table,
    "pipe": lambda path, sample: os.mkfifo(path) if hasattr(os, "mkfifo") else path.mkdir(),
}


@pytest.mark.parametrize("how", SPOILED)
def test_no_command_stumbles_over_a_file_that_is_no_workspace(run: Run, sample: Path, folder: Path, how: str) -> None:
    found = []
    for name in WORDS:
        if W not in WORDS[name]:
            continue
        place = folder.parent / "spoiled"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        SPOILED[how](place / "x.handover", sample)
        found.append(fault(run, filled(name, str(place / "x.handover"), folder)))
    assert [each for each in found if each] == []


@pytest.mark.parametrize("path", ["", "/", "."])
def test_no_command_stumbles_over_a_path_without_a_name(run: Run, folder: Path, path: str) -> None:
    found = [fault(run, filled(name, path, folder)) for name in WORDS if W in WORDS[name]]
    assert [each for each in found if each] == []


def test_files_that_are_gone_are_told_by_who_needs_them(run: Run, sample: Path, folder: Path) -> None:
    alone = folder.parent / "alone.handover"
    shutil.copy(sample, alone)
    found = [fault(run, filled(name, str(alone), folder)) for name in WORDS if name != "issue"]
    assert [each for each in found if each] == []


def test_every_register_is_exported_as_text_that_no_spreadsheet_computes(run: Run, sample: Path, folder: Path) -> None:
    for register in registers():
        target = folder / f"{register.key}.csv"
        code, _, err = run("export", sample, register.key, "--project", "NEV-01", "--to", target)
        assert code == DONE, (register.key, err)
        data = target.read_bytes()
        assert data.startswith(codecs.BOM_UTF8), register.key
        cells = [cell for row in csv.reader(data.decode("utf-8-sig").splitlines(True)) for cell in row]
        assert cells
        odd = [cell for cell in cells if cell.startswith(STARTS) and not re.fullmatch(r"[-+][0-9.,]+%?", cell)]
        assert odd == [], register.key


def _odd_values(run: Run, sample: Path, out: Path, values: Callable[[], tuple[str, ...]]) -> list[str]:
    """The faults of every option and argument of every command with values that can't be."""
    workspace = shutil.copytree(sample.parent, out.parent / "own") / sample.name
    found = []
    for name, options in commands().items():
        if name in LEFT_OUT:
            continue
        good = filled(name, str(workspace), out)
        for option in options:
            if option not in good:
                found += [fault(run, [*good, option, value]) for value in values()]
        for at, word in enumerate(good[1:], 1):
            if not word.startswith("--"):
                found += [fault(run, [*good[:at], value, *good[at + 1 :]]) for value in values()]
    return [each for each in found if each]


@pytest.mark.slow
def test_no_command_stumbles_over_any_odd_value(run: Run, sample: Path, folder: Path) -> None:
    assert _odd_values(run, sample, folder, lambda: ODD) == []


def test_no_command_stumbles_over_some_odd_values(run: Run, sample: Path, folder: Path) -> None:
    chance = random.Random(11)
    assert _odd_values(run, sample, folder, lambda: tuple(chance.sample(ODD, chance.random() < 0.2))) == []
