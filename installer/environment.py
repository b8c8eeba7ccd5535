"""The environment of a checkout: a ``.venv`` that holds exactly the pinned packages.

What makes a second start fast and an interrupted set-up harmless is the stamp: it is removed before anything is
changed and written, by a rename, after everything is in place. Without a stamp that fits, the set-up goes on from
whatever is there.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from installer import packages
from installer.locking import exclusive
from installer.processes import say

SUFFIX = ".exe" if os.name == "nt" else ""
SCRIPTS = "Scripts" if os.name == "nt" else "bin"


@dataclass(frozen=True)
class Environment:
    """The ``.venv`` of the checkout at ``root``, with room for its stamp and its lock."""

    root: Path

    @property
    def folder(self) -> Path:
        """The virtual environment itself."""
        return self.root / ".venv"

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.folder / SCRIPTS / f"python{SUFFIX}"

    @property
    def stamp(self) -> Path:
        """The file that says for which Python, place and packages the set-up came to its end."""
        return self.folder / "handover-setup.json"

    @property
    def lock(self) -> Path:
        """The file that two set-ups at once contend for."""
        return self.folder / "handover-setup.lock"

    @property
    def site_packages(self) -> Path:
        """Where its packages lie."""
        if os.name == "nt":
            return self.folder / "Lib" / "site-packages"
        return self.folder / "lib" / f"python{series()}" / "site-packages"

    def requirements(self, kind: str) -> list[Path]:
        """The requirement files that ``run`` or ``dev`` satisfies; the last one is a superset of those before it."""
        names = ["requirements.txt"] + (["requirements-dev.txt"] if kind == "dev" else [])
        return [self.root / "installer" / name for name in names]


def series() -> str:
    """The running Python's minor version, such as 3.12."""
    return f"{sys.version_info.major}.{sys.version_info.minor}"


def circumstances(environment: Environment) -> str:
    """All that an environment depends on besides its packages."""
    return f"{sys.implementation.name} {series()} {platform.machine()} {environment.root}"


def fingerprint(requirements: Path) -> str:
    """A checksum of what a requirement file pins, whatever the checkout's line ends."""
    return hashlib.sha256(requirements.read_bytes().replace(b"\r\n", b"\n")).hexdigest()


def is_ready(environment: Environment, kind: str) -> bool:
    """Whether the set-up for ``kind`` came to its end here, for this Python and these packages."""
    try:
        noted = json.loads(environment.stamp.read_text(encoding="utf-8"))
        fits = noted["circumstances"] == circumstances(environment)
        complete = fingerprint(environment.requirements(kind)[-1]) in noted["installed"]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return fits and complete and is_whole(environment)


def is_whole(environment: Environment) -> bool:
    """Whether there is an interpreter of the running version, and the Python that it was made from is still there."""
    try:
        lines = (environment.folder / "pyvenv.cfg").read_text(encoding="utf-8").splitlines()
    except (OSError, ValueError):
        return False
    settings = {key.strip(): value.strip() for key, _, value in (line.partition("=") for line in lines)}
    made_with = settings.get("version") or settings.get("version_info") or ""
    return (
        environment.python.exists()
        and made_with.split(".")[:2] == series().split(".")
        and Path(settings.get("home", "")).is_dir()
        and environment.site_packages.is_dir()
    )


def make_ready(environment: Environment, kind: str) -> None:
    """Make the environment for ``run`` or ``dev``, or finish what an earlier set-up left; does nothing if all is there.

    Raises:
        SetupFailed: something is missing that can't be installed from here.
    """
    if is_ready(environment, kind):
        return
    busy = "Another set-up of this folder is at work; waiting for it."
    with exclusive(environment.lock, lambda: say(busy)) as held:
        if is_ready(environment, kind):
            return
        environment.stamp.unlink(missing_ok=True)
        if not is_whole(environment):
            say(f"Making the environment in {environment.folder} (Python {platform.python_version()})")
            create(environment)
        packages.forget_damaged(environment.site_packages)
        packages.provide_pip(environment.python, held)
        packages.install(environment.python, environment.requirements(kind)[-1], held)
        link_checkout(environment)
        write_stamp(environment, kind)


def create(environment: Environment) -> None:
    """An empty virtual environment in place of whatever is there; only the lock stays."""
    import venv

    for path in environment.folder.iterdir():
        if path == environment.lock:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()
    venv.EnvBuilder(symlinks=os.name != "nt", with_pip=False).create(environment.folder)


def link_checkout(environment: Environment) -> None:
    """Make the checkout importable in its environment and ``handover`` a command of it, without pip or a network.

    The path is relative, so it holds whatever characters the checkout's own path has and survives its moving.
    """
    back = Path(os.path.relpath(environment.root, environment.site_packages)).as_posix()
    (environment.site_packages / "handover-checkout.pth").write_text(back + "\n", encoding="ascii")
    if os.name == "nt":
        launcher = environment.folder / SCRIPTS / "handover.cmd"
        launcher.write_text('@"%~dp0python.exe" -P -m handover %*\r\n', encoding="ascii", newline="")
    else:
        launcher = environment.folder / SCRIPTS / "handover"
        launcher.write_text('#!/bin/sh\nexec "${0%/*}/python" -P -m handover "$@"\n', encoding="ascii")
        launcher.chmod(0o755)


def write_stamp(environment: Environment, kind: str) -> None:
    """Note what is in place now; the last act of a set-up."""
    noted = {
        "circumstances": circumstances(environment),
        "installed": [fingerprint(path) for path in environment.requirements(kind)],
    }
    part = environment.stamp.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(noted, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(environment.stamp)
