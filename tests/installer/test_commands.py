"""``installer/dev.py``: what it does for each command, without doing it."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from installer import commands, dev, processes, system_packages
from installer.environment import Environment
from tests.sources import ROOT

Told = list[list[str]]


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Told:
    """The programs that would have been started; the environment counts as made, the system as complete."""
    told: Told = []

    def note(command: Sequence[str | Path], environment: dict[str, str], folder: Path) -> int:
        told.append([str(part) for part in command])
        return 0

    monkeypatch.setattr(processes, "become", note)
    monkeypatch.setattr(processes, "run", note)
    monkeypatch.setattr(commands, "make_ready", lambda environment, kind: told.append(["made", kind]))
    monkeypatch.setattr(system_packages, "provide", lambda libraries: [])
    monkeypatch.setattr(commands, "OUT", tmp_path / "out")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "SSH_CONNECTION"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "platform", "linux")
    return told


def words(command: list[str]) -> str:
    """A command without its interpreter and its options."""
    return " ".join(part for part in command[1:] if part != "-P")


# -- the first file that is read --------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", [(2, 7), (3, 8), (3, 10), (3, 15)])
def test_python_that_does_not_fit_is_told_what_fits(version: tuple[int, int]) -> None:
    assert "Handover needs Python 3.11 to 3.14" in dev.complaint(version, "/usr/bin/python")


@pytest.mark.parametrize("version", [(3, 11), (3, 12), (3, 13), (3, 14)])
def test_python_that_fits_is_taken(version: tuple[int, int]) -> None:
    assert dev.complaint(version, "/usr/bin/python") == ""


def test_an_old_python_can_read_the_first_file() -> None:
    """No f-string, annotation or other word that Python before 3.6 would stumble over."""
    tree = ast.parse((ROOT / "installer" / "dev.py").read_text(encoding="utf-8"))
    new = (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr, ast.Match, ast.AsyncFunctionDef)

    assert [node for node in ast.walk(tree) if isinstance(node, new)] == []
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    assert functions
    assert all(f.returns is None and all(a.annotation is None for a in f.args.args) for f in functions)


def test_set_up_needs_the_standard_library_only() -> None:
    names = set()
    for path in (ROOT / "installer").glob("*.py"):
        if path.name == "hatch_build.py":
            continue  # runs inside the build, not the set-up
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add((node.module or "").partition(".")[0])

    assert names - {"installer"} <= set(sys.stdlib_module_names)


# -- run --------------------------------------------------------------------------------------------------------------


def test_run_without_a_display_says_so_and_makes_the_sample(
    started: Told, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(["run"]) == 0

    assert started[0] == ["made", "run"]
    assert words(started[1]) == f"-m handover demo --to {tmp_path / 'out'}"
    assert "There is no display" in capsys.readouterr().out


def test_second_run_without_a_display_spoils_nothing_of_the_first(started: Told, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "Sample.handover").touch()

    commands.main(["run"])

    assert words(started[1]) == f"-m handover demo --to {tmp_path / 'out' / 'demo-2'}"


def test_run_with_a_display_makes_the_sample_and_opens_it(
    started: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")

    commands.main(["run"])

    assert words(started[1]) == f"-m handover demo --to {tmp_path / 'out'}"
    assert words(started[2]) == f"-m ui {tmp_path / 'out' / 'Sample.handover'}"


def test_second_run_with_a_display_opens_the_sample_that_is_there(
    started: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "Sample.handover").touch()

    commands.main(["run"])

    assert [words(command) for command in started[1:]] == [f"-m ui {tmp_path / 'out' / 'Sample.handover'}"]


def test_run_opens_a_file_that_is_named(started: Told, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    file = tmp_path / "plant.handover"
    file.touch()

    commands.main(["run", str(file)])

    assert [words(command) for command in started[1:]] == [f"-m ui {file}"]


def test_run_passes_a_command_on(started: Told) -> None:
    assert commands.main(["run", "projects", "plant.handover", "--json"]) == 0
    assert commands.main(["run", "--", "--version"]) == 0

    assert [words(c) for c in started if c[0] != "made"] == [
        "-m handover projects plant.handover --json",
        "-m handover --version",
    ]


def test_libraries_that_can_not_be_installed_stop_a_window_with_advice(
    started: Told, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(system_packages, "provide", lambda libraries: list(system_packages.X11[:1]))

    assert commands.main(["run"]) == 1

    assert started == [["made", "run"]]
    told = capsys.readouterr().out
    assert "sudo apt-get install libxkbcommon-x11-0" in told
    assert "sudo dnf install libxkbcommon-x11" in told


@pytest.mark.parametrize(
    ("environ", "platform", "displayed"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, "linux", False),
        ({"QT_QPA_PLATFORM": "minimal:enable_fonts"}, "win32", False),
        ({}, "win32", True),
        ({}, "darwin", True),
        ({"SSH_CONNECTION": "1 2 3 4"}, "darwin", False),
    ],
)
def test_display_is_seen_where_there_is_one(environ: dict[str, str], platform: str, displayed: bool) -> None:
    assert commands.has_display(environ, platform) is displayed


# -- test, check and wrong use ----------------------------------------------------------------------------------------


def test_tests_run_in_parallel_without_a_window(started: Told, monkeypatch: pytest.MonkeyPatch) -> None:
    surroundings: list[str | None] = []
    monkeypatch.setattr(
        processes,
        "become",
        lambda c, e, f: surroundings.append(e.get("QT_QPA_PLATFORM")) or started.append(list(c)) or 5,
    )

    assert commands.main(["test", "tests/store", "-x"]) == 5

    assert started[0] == ["made", "dev"]
    spread = ["-n", str(commands.workers()), "--dist", "worksteal"]
    assert started[1][1:] == ["-m", "pytest", *spread, "tests/store", "-x"]
    assert surroundings == ["offscreen"]


def test_check_names_the_steps_that_complain(
    started: Told, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(processes, "run", lambda command, e, f: int("mypy" in map(str, command)))

    assert commands.main(["check"]) == 1
    assert "Complaints from: mypy" in capsys.readouterr().out
    assert commands.main(["check", "ruff", "layers"]) == 0
    assert commands.main(["check", "spelling"]) == 2


@pytest.mark.parametrize(("arguments", "code"), [([], 2), (["--help"], 0), (["help"], 0), (["fly"], 2)])
def test_wrong_use_and_help_show_the_commands(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert commands.main(arguments) == code

    shown = capsys.readouterr()
    assert "dev.py run" in shown.out + shown.err


def test_failed_set_up_is_told_in_a_sentence(
    started: Told, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(environment: Environment, kind: str) -> None:
        raise processes.SetupFailed("There is no network.")

    monkeypatch.setattr(commands, "make_ready", fail)

    assert commands.main(["test"]) == 1
    assert capsys.readouterr().err == "There is no network.\n"
