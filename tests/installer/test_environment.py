"""The environment of a checkout: made once, found ready by the next start, and picked up where it was left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from installer import packages, system_packages
from installer.environment import Environment, is_ready, is_whole, make_ready
from installer.locking import exclusive, try_lock
from installer.processes import SetupFailed, exit_code, run_quietly, surroundings


@pytest.fixture
def checkout(tmp_path: Path) -> Environment:
    """A folder with what the set-up needs of a checkout."""
    (tmp_path / "installer").mkdir()
    (tmp_path / "installer" / "requirements.txt").write_text("six==1.16.0\n")
    (tmp_path / "installer" / "requirements-dev.txt").write_text("six==1.16.0\npluggy==1.6.0\n")
    (tmp_path / "handover").mkdir()
    (tmp_path / "handover" / "__main__.py").write_text("import sys\nprint('handover', *sys.argv[1:])\n")
    (tmp_path / "handover" / "__init__.py").touch()
    return Environment(tmp_path)


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The requirement files that would have been installed, without a network."""
    told: list[str] = []
    monkeypatch.setattr(packages, "provide_pip", lambda python, held: None)
    monkeypatch.setattr(packages, "install", lambda python, requirements, held: told.append(requirements.name))
    return told


def test_set_up_makes_an_environment_in_which_the_program_runs(checkout: Environment, installed: list[str]) -> None:
    make_ready(checkout, "run")

    assert installed == ["requirements.txt"]
    done = subprocess.run([checkout.python, "-P", "-m", "handover", "x"], capture_output=True, text=True, check=True)
    assert done.stdout == "handover x\n"


@pytest.mark.skipif(sys.platform == "win32", reason="a batch file there")
def test_set_up_makes_the_command(checkout: Environment, installed: list[str]) -> None:
    make_ready(checkout, "run")

    command = checkout.python.with_name("handover")
    done = subprocess.run([command, "projects", "a b"], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout == "handover projects a b\n"


def test_second_start_does_nothing(checkout: Environment, installed: list[str]) -> None:
    make_ready(checkout, "dev")
    before = {path: path.stat().st_mtime_ns for path in checkout.folder.rglob("*")}

    make_ready(checkout, "dev")
    make_ready(checkout, "run")  # what is there for the tests holds all that the program needs

    assert installed == ["requirements-dev.txt"]
    assert {path: path.stat().st_mtime_ns for path in checkout.folder.rglob("*")} == before


def test_environment_for_the_program_lacks_what_the_tests_need(checkout: Environment, installed: list[str]) -> None:
    make_ready(checkout, "run")
    make_ready(checkout, "dev")

    assert installed == ["requirements.txt", "requirements-dev.txt"]


def test_changed_pins_are_installed_and_line_ends_are_no_change(checkout: Environment, installed: list[str]) -> None:
    make_ready(checkout, "run")
    pins = checkout.requirements("run")[0]

    pins.write_bytes(pins.read_bytes().replace(b"\n", b"\r\n"))
    make_ready(checkout, "run")
    assert len(installed) == 1
    pins.write_text("six==1.17.0\n")
    make_ready(checkout, "run")
    assert len(installed) == 2


def test_interrupted_set_up_is_picked_up_by_the_next(
    checkout: Environment, installed: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(python: Path, requirements: Path, held: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(packages, "install", interrupted)
        with pytest.raises(KeyboardInterrupt):
            make_ready(checkout, "run")
    assert not is_ready(checkout, "run")
    made = (checkout.folder / "pyvenv.cfg").stat().st_mtime_ns

    make_ready(checkout, "run")

    assert is_ready(checkout, "run")
    assert installed == ["requirements.txt"]
    assert (checkout.folder / "pyvenv.cfg").stat().st_mtime_ns == made, "what was there was made anew"


def test_environment_that_lost_its_interpreter_is_made_anew(checkout: Environment, installed: list[str]) -> None:
    make_ready(checkout, "run")
    checkout.python.unlink()
    assert not is_ready(checkout, "run")

    make_ready(checkout, "run")

    assert is_whole(checkout)


@pytest.mark.parametrize(
    ("line", "instead"), [("version", "version = 3.9.1"), ("home", "home = /nowhere/bin")], ids=["version", "home"]
)
def test_environment_of_another_python_is_not_whole(
    checkout: Environment, installed: list[str], line: str, instead: str
) -> None:
    make_ready(checkout, "run")
    settings = checkout.folder / "pyvenv.cfg"
    lines = [instead if text.startswith(line) else text for text in settings.read_text().splitlines()]
    settings.write_text("\n".join(lines))

    assert not is_whole(checkout)


def test_spoiled_stamp_counts_as_none(checkout: Environment, installed: list[str]) -> None:
    make_ready(checkout, "run")
    checkout.stamp.write_text('{"circumstances": ')

    assert not is_ready(checkout, "run")


def test_rubbish_in_place_of_the_environment_is_cleared_away(checkout: Environment, installed: list[str]) -> None:
    (checkout.folder / "lib").mkdir(parents=True)
    (checkout.folder / "lib" / "rubbish").write_text("from a copy that was cut off")

    make_ready(checkout, "run")

    assert not (checkout.folder / "lib" / "rubbish").exists()
    assert is_ready(checkout, "run")


# -- half installed packages ------------------------------------------------------------------------------------------


def a_package(site: Path, record: str | None) -> Path:
    metadata = site / "thing-1.0.dist-info"
    metadata.mkdir()
    (site / "thing.py").write_text("x = 1\n")
    if record is not None:
        (metadata / "RECORD").write_text(record)
    return metadata


@pytest.mark.parametrize(
    ("record", "intact"),
    [
        ("thing.py,sha256=x,6\nthing-1.0.dist-info/RECORD,,\n", True),
        (None, False),
        ("", False),
        ("thing.py,sha256=x,7\n", False),
        ("thing.py,sha256=x,6\nother.py,sha256=x,1\n", False),
        ("thing.py,sha256=x,many\n", False),
    ],
    ids=["whole", "no record", "empty record", "cut file", "missing file", "spoiled record"],
)
def test_package_that_is_there_by_half_is_forgotten(tmp_path: Path, record: str | None, intact: bool) -> None:
    metadata = a_package(tmp_path, record)

    assert packages.forget_damaged(tmp_path) == ([] if intact else ["thing-1.0"])
    assert metadata.exists() is intact


# -- other programs ---------------------------------------------------------------------------------------------------


def test_program_that_fails_is_shown_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    program = "import sys; print('no space left'); sys.exit(3)"

    with pytest.raises(SetupFailed, match=r"pip could not install.*exit code 3"):
        run_quietly([sys.executable, "-c", program], "pip could not install the packages")

    assert capsys.readouterr().out == "no space left\n"


def test_program_that_is_not_there_is_told() -> None:
    with pytest.raises(SetupFailed, match="can't be started"):
        run_quietly(["/nowhere/pip"], "pip could not install the packages")


def test_program_that_succeeds_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    heard: list[str] = []

    said = run_quietly([sys.executable, "-c", "print('Collecting six')"], "pip", hear=heard.append)

    assert (said, heard, capsys.readouterr().out) == ("Collecting six\n", ["Collecting six"], "")


def test_settings_that_mislead_python_and_pip_are_kept_from_children(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONHOME", "/elsewhere")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")

    assert {"PYTHONHOME", "PIP_TARGET"} & set(surroundings()) == set()
    assert surroundings(QT_QPA_PLATFORM="offscreen")["QT_QPA_PLATFORM"] == "offscreen"


def test_end_by_a_signal_reads_as_in_a_shell() -> None:
    assert [exit_code(code) for code in (0, 3, -9)] == [0, 3, 137]


# -- the lock ---------------------------------------------------------------------------------------------------------


def test_second_set_up_waits_for_the_first(tmp_path: Path) -> None:
    told: list[str] = []
    path = tmp_path / "folder" / "lock"

    with exclusive(path, lambda: told.append("busy")):
        with path.open("a+b") as other:
            assert not try_lock(other)
        assert told == []
    with path.open("a+b") as other:
        assert try_lock(other)


# -- libraries of the system ------------------------------------------------------------------------------------------


def test_missing_libraries_are_found_by_loading_them() -> None:
    def load(name: str) -> object:
        if "GL" in name:
            raise OSError
        return object()

    assert [library.name for library in system_packages.missing(system_packages.QT, load)] == [
        "libEGL.so.1", "libGL.so.1",
    ]  # fmt: skip


def test_missing_libraries_are_installed_where_that_can_be_done(monkeypatch: pytest.MonkeyPatch) -> None:
    lacking = list(system_packages.QT[:2])
    asked: list[list[str]] = []
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_packages, "missing", lambda libraries: list(lacking))
    monkeypatch.setattr(system_packages, "install", lambda names: asked.append(list(names)) or lacking.clear() or True)

    assert system_packages.provide(system_packages.QT) == []
    assert asked == [["libegl1", "libgl1"]]


def test_nothing_is_installed_where_nothing_lacks_or_rights_are_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(system_packages, "missing", lambda libraries: list(libraries))
    monkeypatch.setattr(system_packages, "privilege", lambda: None)

    assert system_packages.provide(system_packages.QT[:1]) == list(system_packages.QT[:1])


def test_other_systems_than_linux_bring_what_qt_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")

    assert system_packages.provide(system_packages.QT) == []
