"""The shared libraries that Qt takes from a Linux system, and the packages that hold them."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass

from installer.processes import SetupFailed, run_quietly, say, succeeds


@dataclass(frozen=True)
class Library:
    """A shared library, and the package of each family of systems that holds it."""

    name: str
    debian: str
    fedora: str
    arch: str


#: Without these, Qt can't even be imported (ldd of PySide6's QtGui, QtWidgets and QtDBus).
QT = (
    Library("libEGL.so.1", "libegl1", "libglvnd-egl", "libglvnd"),
    Library("libGL.so.1", "libgl1", "libglvnd-glx", "libglvnd"),
    Library("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon", "libxkbcommon"),
    Library("libfontconfig.so.1", "libfontconfig1", "fontconfig", "fontconfig"),
    Library("libdbus-1.so.3", "libdbus-1-3", "dbus-libs", "dbus"),
    Library("libgthread-2.0.so.0", "libglib2.0-0", "glib2", "glib2"),
)

#: Without these, Qt can't open a window on an X server (ldd of its xcb platform plugin).
X11 = (
    Library("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11", "libxkbcommon-x11"),
    Library("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb", "libx11"),
    Library("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor", "xcb-util-cursor"),
    Library("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm", "xcb-util-wm"),
    Library("libxcb-image.so.0", "libxcb-image0", "xcb-util-image", "xcb-util-image"),
    Library("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms", "xcb-util-keysyms"),
    Library("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil", "xcb-util-renderutil"),
    Library("libxcb-randr.so.0", "libxcb-randr0", "libxcb", "libxcb"),
    Library("libxcb-shape.so.0", "libxcb-shape0", "libxcb", "libxcb"),
    Library("libxcb-shm.so.0", "libxcb-shm0", "libxcb", "libxcb"),
    Library("libxcb-sync.so.1", "libxcb-sync1", "libxcb", "libxcb"),
    Library("libxcb-xfixes.so.0", "libxcb-xfixes0", "libxcb", "libxcb"),
    Library("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb", "libxcb"),
)

#: Without these, Qt can't open a window under Wayland (ldd of its Wayland client).
WAYLAND = (
    Library("libwayland-client.so.0", "libwayland-client0", "libwayland-client", "wayland"),
    Library("libwayland-cursor.so.0", "libwayland-cursor0", "libwayland-cursor", "wayland"),
    Library("libwayland-egl.so.1", "libwayland-egl1", "libwayland-egl", "wayland"),
)


def missing(libraries: Sequence[Library], load: Callable[[str], object] = ctypes.CDLL) -> list[Library]:
    """Those of the libraries that this system doesn't have."""
    return [library for library in libraries if not _loads(library.name, load)]


def _loads(name: str, load: Callable[[str], object]) -> bool:
    try:
        load(name)
    except OSError:
        return False
    return True


def provide(libraries: Sequence[Library]) -> list[Library]:
    """Install what is missing where that can be done, and return what is missing still. Only Linux misses any."""
    if not sys.platform.startswith("linux"):
        return []
    lacking = missing(libraries)
    if lacking and install(_unique(library.debian for library in lacking)):
        return missing(lacking)
    return lacking


def advice(lacking: Sequence[Library]) -> str:
    """What to tell the user about libraries that could not be installed."""
    return "\n".join(
        [
            "Qt needs libraries that this system doesn't have: " + ", ".join(library.name for library in lacking) + ".",
            "Install them and start this again:",
            "  Debian, Ubuntu:  sudo apt-get install " + " ".join(_unique(library.debian for library in lacking)),
            "  Fedora:          sudo dnf install " + " ".join(_unique(library.fedora for library in lacking)),
            "  Arch:            sudo pacman -S " + " ".join(_unique(library.arch for library in lacking)),
        ]
    )


def install(packages: Collection[str]) -> bool:
    """Install Debian packages; returns False where that can't be done: no apt-get, no rights, or it failed."""
    as_root = privilege()
    if as_root is None or not shutil.which("apt-get"):
        return False
    apt = [*as_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q", "-o", "DPkg::Lock::Timeout=300"]
    say("Installing system packages: " + " ".join(packages))
    try:
        run_quietly([*apt, "update"], "apt-get could not read the lists of packages")
        run_quietly([*apt, "install", "-y", "--no-install-recommends", *packages], "apt-get could not install them")
    except SetupFailed as fault:
        say(str(fault))
        return False
    return True


def privilege() -> list[str] | None:
    """What to put before a command so that it runs as root; None where that can't be done without asking."""
    if sys.platform == "win32":
        return None
    if os.geteuid() == 0:
        return []
    return ["sudo", "-n"] if succeeds(["sudo", "-n", "true"]) else None


def _unique(names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(names))
