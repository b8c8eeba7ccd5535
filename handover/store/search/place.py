"""Where the search index of a workspace lies: in the user's cache, apart from the workspace.

A file of its own there, and not tables in the workspace, because it is derived data. The workspace stays small and its
copies with it (measured, an index takes half as much again); a workspace that can be read only, or lies on a slow
share, can be searched as well; filling it takes no turn from whoever writes; and to lose it costs some seconds. It is
named after the path of the workspace, and what it holds is proven by the hash of the last act, so that a file that was
replaced, restored or moved to where another lay is noticed. It holds words of the workspace, so that only the user may
read it.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

from platformdirs import user_cache_path

from handover.store import unsound

SUFFIX = ".search"
#: How much disk all indices take together before the one that rested longest goes.
BUDGET = 2 * 2**30
#: How long the index of a workspace stays that can't be found, as on a disk that isn't plugged in.
_PATIENCE = 30 * 86_400


def folder() -> Path:
    """The folder of all indices; ``HANDOVER_HOME`` moves it."""
    home = os.environ.get("HANDOVER_HOME")
    return (Path(home) if home else user_cache_path("handover", appauthor=False)) / "search"


def index_of(workspace: Path) -> Path:
    """The file of the index of a workspace."""
    name = hashlib.sha256(str(workspace.absolute()).encode("utf-8", "surrogatepass")).hexdigest()[:24]
    return folder() / f"{name}{SUFFIX}"


def tidy(keep: Path, budget: int = BUDGET) -> None:
    """Let indices go whose workspaces are gone, and those that rested longest where all take too much; not ``keep``."""
    sizes: list[tuple[float, int, Path]] = []
    for path in _indices():
        if path == keep:
            continue
        with contextlib.suppress(OSError):
            facts = path.stat()
            if _orphaned(path, time.time() - facts.st_mtime):
                discard(path)
            else:
                sizes.append((facts.st_mtime, facts.st_size, path))
    taken = sum(size for _, size, _ in sizes) + (keep.stat().st_size if keep.exists() else 0)
    for _, size, path in sorted(sizes):
        if taken <= budget:
            break
        discard(path)
        taken -= size


def discard(path: Path) -> None:
    """Remove an index with what SQLite keeps beside it; one that another program has open stays until later."""
    with contextlib.suppress(OSError):
        for suffix in ("", "-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)


def _indices() -> Iterator[Path]:
    with contextlib.suppress(OSError):
        yield from folder().glob(f"*{SUFFIX}")


def _orphaned(path: Path, rested: float) -> bool:
    """Whether the workspace of an index is gone from its folder, or is out of reach for long."""
    try:
        with contextlib.closing(unsound.connect(path, "ro", timeout=0)) as connection:
            (of,) = connection.execute("SELECT value FROM fact WHERE key = 'workspace'").fetchone()
    except (sqlite3.Error, TypeError):
        return rested > _PATIENCE
    workspace = Path(of)
    return not workspace.exists() and (workspace.parent.exists() or rested > _PATIENCE)
