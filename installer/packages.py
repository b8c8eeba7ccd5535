"""Putting the pinned packages into an environment with pip."""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path

from installer import system_packages
from installer.processes import Hear, SetupFailed, run_quietly, say, succeeds

WIDTH = 72


def forget_damaged(site_packages: Path) -> list[str]:
    """Make pip install again what an interrupted set-up left half; returns the packages.

    pip takes a package as installed when it finds its metadata folder, so that is what goes.
    """
    damaged = [folder for folder in site_packages.glob("*.dist-info") if not is_intact(folder)]
    for folder in damaged:
        shutil.rmtree(folder)
    return [folder.name.removesuffix(".dist-info") for folder in damaged]


def is_intact(metadata: Path) -> bool:
    """Whether every file that a package's RECORD lists is there in its full size; pip writes the RECORD last."""
    try:
        with (metadata / "RECORD").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.reader(file) if row]
        # compiled files are listed without a size
        return bool(rows) and all(
            (metadata.parent / name).stat().st_size == int(size) for name, _, size in rows if size
        )
    except (OSError, ValueError):
        return False


def provide_pip(python: Path, held: int) -> None:
    """pip from what Python carries with it, without the network.

    Raises:
        SetupFailed: the system keeps this part of Python in a package that can't be installed from here.
    """
    if succeeds([python, "-m", "pip", "--version"]):
        return
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if not succeeds([python, "-c", "import ensurepip"]) and not system_packages.install([package]):
        raise SetupFailed(f"This Python comes without ensurepip. On Debian and Ubuntu: sudo apt-get install {package}")
    run_quietly([python, "-m", "ensurepip", "--default-pip"], "pip could not be set up", held)


def install(python: Path, requirements: Path, held: int) -> None:
    """The packages that a requirement file pins, each checked against its checksum.

    Raises:
        SetupFailed: pip did not succeed; what it said has been shown.
    """
    number = sum(line[:1].isalnum() for line in requirements.read_text(encoding="utf-8").splitlines())
    say(f"Installing {number} packages from installer/{requirements.name}; the first time takes minutes")
    command: list[str | Path] = [python, "-m", "pip", "install", "--require-hashes", "-r", requirements]
    options = ["--disable-pip-version-check", "--no-input", "--no-warn-script-location"]
    run_quietly([*command, *options], "pip could not install the packages", held, passing_line())


def passing_line() -> Hear | None:
    """Shows what pip does in one line that is overwritten; nothing where the output is no terminal."""
    if not sys.stdout.isatty():
        return None

    def hear(line: str) -> None:
        shown = (
            line.strip()[: WIDTH - 2] if line.lstrip().startswith(("Collecting", "Downloading", "Installing")) else ""
        )
        print("\r" + f"  {shown}".ljust(WIDTH) + "\r", end="", flush=True)

    return hear
