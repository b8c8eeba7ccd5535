"""Starting other programs: quietly for the set-up, in place of this one for the job itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

#: Settings that would make Python or pip work on something else than the environment.
MISLEADING = ("PYTHONHOME", "PYTHONPATH", "PIP_USER", "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "__PYVENV_LAUNCHER__")

Command = Sequence[str | Path]
Hear = Callable[[str], None]


class SetupFailed(Exception):
    """The environment can't be made; the message says why and what to do."""


def say(sentence: str) -> None:
    """One line of progress, at once also where the output goes to a file."""
    print(sentence, flush=True)


def surroundings(**more: str) -> dict[str, str]:
    """The environment variables for a child, without those that would mislead it."""
    return {name: value for name, value in os.environ.items() if name not in MISLEADING} | more


def run_quietly(command: Command, purpose: str, keep_open: int | None = None, hear: Hear | None = None) -> str:
    """Run a program and return what it printed; shown to the user only where it fails.

    Args:
        purpose: what it is for, as in "pip could not install the packages".
        keep_open: a descriptor that the child keeps open with us, so that a lock lives as long as either.
        hear: is told each line as it comes.

    Raises:
        SetupFailed: it can't be started or ends with anything but 0.
    """
    inherited = (keep_open,) if keep_open is not None and os.name == "posix" else ()
    try:
        child = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=surroundings(PYTHONUTF8="1"),
            encoding="utf-8",
            errors="replace",
            pass_fds=inherited,
        )
    except OSError as fault:
        raise SetupFailed(f"{purpose}: {command[0]} can't be started ({fault}).") from fault
    lines = []
    with child:
        assert child.stdout is not None
        try:
            for line in child.stdout:
                lines.append(line)
                if hear:
                    hear(line.rstrip())
        except BaseException:
            child.terminate()
            raise
    if child.returncode:
        sys.stdout.write("".join(lines))
        raise SetupFailed(f"{purpose}: see above (exit code {child.returncode}).")
    return "".join(lines)


def succeeds(command: Command) -> bool:
    """Whether a program exists and ends with 0; what it prints is of no interest."""
    try:
        done = subprocess.run(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=surroundings(),
            check=False,
        )
    except OSError:
        return False
    return done.returncode == 0


def run(command: Command, environment: dict[str, str], folder: Path) -> int:
    """Run a program before the user's eyes and return its exit code."""
    child = subprocess.Popen([str(part) for part in command], env=environment, cwd=folder)
    try:
        return exit_code(child.wait())
    except KeyboardInterrupt:
        child.wait()  # it was interrupted too, and ends in its own way
        raise
    except SystemExit:
        child.terminate()
        child.wait()
        raise


def exit_code(returned: int) -> int:
    """A shell's reading of a child's end: 128 and the signal's number where a signal ended it."""
    return 128 - returned if returned < 0 else returned


def become(command: Command, environment: dict[str, str], folder: Path) -> int:
    """Let a program take over: its exit code, its output, and every signal are its own.

    Returns only on Windows, where a process can't be replaced and a child does the work.
    """
    sys.stdout.flush()
    sys.stderr.flush()
    if os.name == "posix":
        parts = [str(part) for part in command]
        os.chdir(folder)
        os.execve(parts[0], parts, environment)
    return run(command, environment, folder)
