"""How long the program takes from its start to a window that can be used, beside LibreOffice Calc.

Run: ``python tests/bench/bench_start.py [TIMES]``. Both start as processes of their own on a screen of their own
(Xvfb) and are timed the same way: until their window is on that screen. Handover is timed once more until its first
page is painted and nothing is being read, which it tells by itself; that on the welcome page and on the sample
project. Each figure is the best of some starts after one that warms the disk; the ratio is what counts: ratios of one
machine can be compared, seconds can't. Where no screen can be made, Handover paints its pages on none, without a peer.
"""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
CHILD = "--child"
PATIENCE = 60.0
AIM = 0.5


def child(arguments: list[str]) -> int:
    """The window as a user starts it, which prints a word when its first page is painted and leaves then."""
    sys.path.insert(0, str(ROOT))
    from ui.__main__ import load_core

    gc.disable()  # as open_window does
    load_core()
    from PySide6.QtCore import QEvent, QObject, QTimer

    from ui import application

    class FirstPaint(QObject):
        def __init__(self, program: application.Application) -> None:
            super().__init__(program)
            self.program = program
            program.window.installEventFilter(self)

        def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
            if event.type() is QEvent.Type.UpdateRequest:
                QTimer.singleShot(0, self, self.look)
            return False

        def look(self) -> None:
            context = self.program.context
            if context.jobs or (arguments and not context.has_project):
                return
            print("painted", flush=True)
            self.program.window.removeEventFilter(self)

    class Watched(application.Application):
        def start(self, file: Path | None) -> None:
            super().start(file)
            self.first_paint = FirstPaint(self)

    application.Application = Watched  # type: ignore[misc]  # the same program with an eye on it
    return application.run(arguments)


@contextmanager
def a_screen() -> Iterator[dict[str, str]]:
    """A screen without a user, and the environment of programs on it; without ``DISPLAY`` where none can be made."""
    here = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8"}
    here.pop("DISPLAY", None)
    for name in ("HANDOVER_HOME", "PYTHONPYCACHEPREFIX"):
        here[name] = tempfile.mkdtemp(prefix="handover-bench-")
    here.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's packages are compiled once, when they are installed
    if shutil.which("Xvfb") is None or shutil.which("xdotool") is None:
        yield here
        return
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[write], stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(write)
    try:
        with os.fdopen(read) as told:
            display = told.readline().strip()  # nothing where it can't start, as with no folder for its socket
        yield {**here, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"} if display else here
    finally:
        server.terminate()
        server.wait()


@contextmanager
def started(command: list[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[str]]:
    """A program that is ended again, with all that it started."""
    process = subprocess.Popen(
        command, env=environment, cwd=ROOT, text=True, stdout=subprocess.PIPE,
        start_new_session=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, 9)
        process.wait()


def until_mapped(command: list[str], environment: dict[str, str], title: str) -> float:
    """Seconds until a window with such a title is on the screen."""
    begun = time.perf_counter()
    search = ["xdotool", "search", "--onlyvisible", "--name", title]
    with started(command, environment) as process:
        while subprocess.run(search, env=environment, capture_output=True).returncode:
            time.sleep(0.02)  # both cores belong to the program
            if process.poll() is not None or time.perf_counter() - begun > PATIENCE:
                raise SystemExit(f"{command[0]} showed no window; it ended with {process.poll()}.")
        took = time.perf_counter() - begun
    while not subprocess.run(search, env=environment, capture_output=True).returncode:
        pass  # the screen is empty again before the next start
    return took


def until_painted(command: list[str], environment: dict[str, str]) -> float:
    """Seconds until Handover says that its first page is painted."""
    begun = time.perf_counter()
    with started(command, environment) as process:
        assert process.stdout is not None
        if process.stdout.readline().strip() != "painted":
            raise SystemExit("Handover painted nothing.")
        return time.perf_counter() - begun


def best(times: int, work: Callable[[], float]) -> float:
    """The shortest of some starts after one that isn't counted."""
    work()
    return min(work() for _ in range(times))


def calc_on_the_screen(office: str, times: int, environment: dict[str, str]) -> float:
    """Seconds until Calc's window is there, each time with an untouched copy of a profile that it has made before."""
    folder = Path(tempfile.mkdtemp(prefix="handover-bench-"))
    made = [office, "--headless", "--terminate_after_init", f"-env:UserInstallation={(folder / 'made').as_uri()}"]
    subprocess.run(made, env=environment, capture_output=True, timeout=PATIENCE)
    took = []
    for n in range(times + 1):
        profile = shutil.copytree(folder / "made", folder / str(n))
        calc = [office, "--calc", "--norestore", "--nologo", f"-env:UserInstallation={profile.as_uri()}"]
        took.append(until_mapped(calc, environment, "LibreOffice"))
    return min(took[1:])


def the_sample() -> Path:
    """The sample workspace in a folder of its own."""
    sys.path.insert(0, str(ROOT))
    from handover import sample

    return sample.build(Path(tempfile.mkdtemp(prefix="handover-bench-")) / "sample.handover", "en")


def main(times: int) -> None:
    """Measure and print."""
    program = [sys.executable, "-m", "handover"]
    watched = [sys.executable, str(Path(__file__).resolve()), CHILD]
    with a_screen() as environment:
        on_screen = "DISPLAY" in environment
        office = shutil.which("soffice") if on_screen else None
        peer = calc_on_the_screen(office, times, environment) if office else 0.0
        print(f"LibreOffice Calc, window on the screen        {peer:6.2f} s" if peer else "Without a peer.")
        sample = str(the_sample())
        works: dict[str, Callable[[], float]] = {
            "Handover, window on the screen": lambda: until_mapped(program, environment, "Handover"),
            "Handover, welcome page painted": lambda: until_painted(watched, environment),
            "Handover, sample project painted": lambda: until_painted([*watched, sample], environment),
        }
        for words, work in list(works.items())[0 if on_screen else 1 :]:
            took = best(times, work)
            ratio = f"  {took / peer:5.2f} x Calc (aim: below {AIM})" if peer else ""
            print(f"{words:45} {took:6.2f} s{ratio}", flush=True)


if __name__ == "__main__":
    if sys.argv[1:2] == [CHILD]:
        sys.exit(child(sys.argv[2:]))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 3)
