"""The commands of ``installer/dev.py``."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from installer import processes, system_packages
from installer.environment import Environment, make_ready
from installer.processes import Command, SetupFailed, say
from installer.system_packages import QT, WAYLAND, X11, Library

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "out"

USAGE = """\
Makes the environment of this checkout and works in it.

  dev.py run [FILE]         open Handover on the sample, which is made in out/ when it isn't there, or on FILE;
                            without a display: import, schedule and pack the sample in out/
  dev.py run COMMAND ...    do what the program does on the command line, such as: run projects FILE
  dev.py test [ARGUMENTS]   run the tests; the arguments are pytest's (-m slow: the long ones, tests/bench: the benches)
  dev.py check [STEP ...]   ruff, format, mypy, layers, translations: all of them, or those that are named
  dev.py setup              make the environment and do no more
  dev.py lock               pin the newest fitting packages in installer/requirements*.txt (needs uv)"""

NO_DISPLAY = "There is no display, so no window: importing the sample task list, scheduling it and writing its pack."

INTERRUPTED = 130  # what a shell reports of a program that Ctrl+C ended
TERMINATED = 143


def main(arguments: Sequence[str]) -> int:
    """Carry out a command and return the exit code: the program's own, 1 where the set-up fails, 2 for wrong use."""
    commands = {"run": run, "test": test, "check": check, "setup": setup, "lock": lock}
    name, *rest = arguments or ["--help"]
    if name in ("-h", "--help", "help"):
        print(USAGE)
        return 0 if arguments else 2
    if name not in commands:
        print(f"There is no command {name}.\n\n{USAGE}", file=sys.stderr)
        return 2
    signal.signal(signal.SIGTERM, _terminate)
    try:
        return commands[name](rest[1:] if rest[:1] == ["--"] else rest)
    except SetupFailed as fault:
        print(fault, file=sys.stderr)
    except OSError as fault:
        print(f"The set-up stopped: {fault}.\nStart it again and it goes on from here.", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nStopped. The next start goes on from here.", file=sys.stderr)
        return INTERRUPTED
    return 1


def _terminate(_signal: int, _frame: object) -> None:
    sys.exit(TERMINATED)


def run(arguments: Sequence[str]) -> int:
    """Open the window, or do the main job without one where there is no display."""
    environment = Environment(ROOT)
    make_ready(environment, "run")
    if arguments and not Path(arguments[0]).is_file():
        return processes.become([*program(environment), *arguments], processes.surroundings(), Path.cwd())
    displayed = has_display(os.environ, sys.platform)
    lacking = system_packages.provide(libraries_for_a_window(os.environ))
    if lacking:
        say(system_packages.advice(lacking))
        if displayed:
            return 1
    return in_a_window(environment, arguments) if displayed else without_a_window(environment)


def program(environment: Environment) -> list[str | Path]:
    """The command line of the program."""
    return [environment.python, "-P", "-m", "handover"]


def in_a_window(environment: Environment, files: Sequence[str]) -> int:
    """Open the window on a file, or on the sample, which is made first where there is none."""
    sample = OUT / "Sample.handover"
    if not files and not sample.exists():
        say(f"Making the sample in {OUT}")
        if code := processes.run([*program(environment), "demo", "--to", OUT], processes.surroundings(), ROOT):
            return code
    shown: list[str | Path] = [*files] or [sample]
    window: list[str | Path] = [environment.python, "-P", "-m", "ui", *shown]
    return processes.become(window, processes.surroundings(), Path.cwd())


def without_a_window(environment: Environment) -> int:
    """Make the sample with its schedule and its pack, in a folder of its own each time."""
    say(NO_DISPLAY)
    folder = next(path for path in numbered(OUT) if not (path / "Sample.handover").exists())
    return processes.become([*program(environment), "demo", "--to", folder], processes.surroundings(), Path.cwd())


def numbered(folder: Path) -> Iterator[Path]:
    """The folder itself, then folders in it: demo-2, demo-3 and so on."""
    yield folder
    yield from (folder / f"demo-{n}" for n in count(2))


def has_display(environ: Mapping[str, str], platform: str) -> bool:
    """Whether a window would be seen."""
    if environ.get("QT_QPA_PLATFORM", "").partition(":")[0] in ("offscreen", "minimal"):
        return False
    if platform in ("win32", "darwin"):
        return "SSH_CONNECTION" not in environ
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def libraries_for_a_window(environ: Mapping[str, str]) -> tuple[Library, ...]:
    """What Qt needs of a Linux system to open a window: X11's libraries or else Wayland's."""
    return QT + (WAYLAND if environ.get("WAYLAND_DISPLAY") and not environ.get("DISPLAY") else X11)


def test(arguments: Sequence[str]) -> int:
    """The tests, in parallel and without a window."""
    environment = Environment(ROOT)
    make_ready(environment, "dev")
    lacking = system_packages.provide(QT)
    if lacking:
        say(system_packages.advice(lacking))
        return 1
    # Neighbours stay with one worker, so that what a module builds is built once; who has finished takes from the rest.
    spread = ["-n", str(workers()), "--dist", "worksteal"]
    command: list[str | Path] = [environment.python, "-m", "pytest", *spread, *arguments]
    return processes.become(command, processes.surroundings(QT_QPA_PLATFORM="offscreen"), ROOT)


def workers() -> int:
    """How many tests at once: a worker holds a Qt and a database, so more than four help little."""
    return min(4, max(2, os.cpu_count() or 2))


def check(arguments: Sequence[str]) -> int:
    """Everything about the code that can be told without running it; returns 1 if any of it complains."""
    environment = Environment(ROOT)
    make_ready(environment, "dev")
    scripts = environment.python.parent
    steps: dict[str, Command] = {
        "ruff": [environment.python, "-m", "ruff", "check"],
        "format": [environment.python, "-m", "ruff", "format", "--check"],
        "mypy": [environment.python, "-m", "mypy"],
        "layers": [scripts / "lint-imports"],
        "translations": [environment.python, "-m", "pytest", "tests/test_translations.py"],
    }
    if unknown := set(arguments) - set(steps):
        say(f"There is no step {', '.join(sorted(unknown))}. There are: {', '.join(steps)}.")
        return 2
    failed = []
    for name in arguments or steps:
        if len(arguments) != 1:
            say(f"== {name}")
        if processes.run(steps[name], processes.surroundings(), ROOT):
            failed.append(name)
    say(f"Complaints from: {', '.join(failed)}" if failed else "Nothing to complain of")
    return 1 if failed else 0


def setup(_arguments: Sequence[str]) -> int:
    """The environment for work on the program, with the libraries that its window needs."""
    make_ready(Environment(ROOT), "dev")
    if lacking := system_packages.provide(libraries_for_a_window(os.environ)):
        say(system_packages.advice(lacking))
        return 1
    say("Ready.")
    return 0


def lock(arguments: Sequence[str]) -> int:
    """Pin the packages anew, for every system and Python at once; the further files agree with the first."""
    if not shutil.which("uv"):
        raise SetupFailed("Pinning needs uv; pip install uv brings it.")
    pinned, for_tests = Environment(ROOT).requirements("dev")
    anywhere = ["--universal", "--python-version", "3.11", "--generate-hashes"]
    silent = ["--quiet", "--no-header", "--no-annotate", "--no-emit-index-url"]
    compiling: Command = ["uv", "pip", "compile", "pyproject.toml", *anywhere, *silent, *arguments]
    to_sign = pinned.with_name("requirements-sign.txt")
    outputs: list[Command] = [
        ["-o", pinned],
        ["--group", "dev", "-c", pinned, "-o", for_tests],
        ["--extra", "sign", "-c", pinned, "-o", to_sign],
    ]
    for output in outputs:
        if code := processes.run([*compiling, *output], processes.surroundings(), ROOT):
            return code
    return 0
