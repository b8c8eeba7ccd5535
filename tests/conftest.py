"""What every test relies on: no screen, no settings of the person at the keyboard, English."""

from __future__ import annotations

import atexit
import datetime as dt
import errno
import gc
import os
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import settings

settings.register_profile("gate", derandomize=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

# Set before anything of the program or of Qt is imported: both look at the environment once, at import.
HOME = Path(tempfile.mkdtemp(prefix="handover-tests-"))

KEPT = "HANDOVER_CORPUS"  # where the files of strangers lie

for name in [name for name in os.environ if name.startswith(("HANDOVER_", "LC_", "XDG_")) and name != KEPT]:
    del os.environ[name]
os.environ.update(
    QT_QPA_PLATFORM="offscreen",
    LANG="C.UTF-8",
    LANGUAGE="",
    XDG_CONFIG_HOME=str(HOME / "config"),
    XDG_DATA_HOME=str(HOME / "data"),
    XDG_STATE_HOME=str(HOME / "state"),
    XDG_CACHE_HOME=str(HOME / "cache"),
    XDG_RUNTIME_DIR=str(HOME / "runtime"),
    HANDOVER_HOME=str(HOME / "handover"),
)
(HOME / "runtime").mkdir(mode=0o700)

# Tests start the program some hundred times in processes of their own. Where a machine asks Python to keep nothing that
# it compiled, each of them would compile the whole of it anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False


def _no_date(value: dt.date) -> NoReturn:
    raise TypeError(f"{value} was handed to sqlite3 as it is; its own way of writing dates goes from Python 3.12 on")


for kind in (dt.date, dt.datetime):
    sqlite3.register_adapter(kind, _no_date)


# At the end of the process, as the one that hands the tests out to workers runs none itself.
atexit.register(shutil.rmtree, HOME, ignore_errors=True)

# A program freezes what its start has loaded; a thousand starts in one process would freeze the garbage of the tests.
_freeze, gc.freeze = gc.freeze, lambda: None


def pytest_collection_finish() -> None:
    """Look for garbage between tests alone, and not among half a million objects that all tests stand on.

    Python looks in whichever thread makes the next object, and a widget that a job's thread takes away takes the
    process along. Nor is it for free: to look through all others after every window takes half of the time of a test.
    """
    gc.collect()
    _freeze()
    gc.disable()


@pytest.hookimpl(trylast=True)
def pytest_runtest_logfinish() -> None:
    """Let go what some windows have left, in the thread that made them."""
    if gc.get_count()[0] > 200_000:
        gc.collect()


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    """A test that chooses a language doesn't choose it for the next."""
    from handover import i18n

    i18n.use("en")
    yield
    i18n.use("en")


@pytest.fixture
def held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of files in whose place nothing can be renamed, as where Excel or a cloud client has them."""
    named: set[str] = set()
    plain_replace = Path.replace

    def refuse(self: Path, target: Path) -> Path:
        if Path(target).name in named and Path(target).parent == tmp_path:
            raise PermissionError(errno.EACCES, "The process cannot access the file")
        return plain_replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    return named
