"""An empty workspace: its tables are made once in a process, in memory, and written wherever a workspace begins."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from handover.model.base import Base
from handover.store import file as files


def write_blank(path: Path) -> None:
    """Write an empty workspace and see it to the disk. Raises OSError."""
    with path.open("xb") as file:
        file.write(_blank())
        file.flush()
        os.fsync(file.fileno())


@cache
def _blank() -> bytes:
    from handover.store import log  # noqa: F401 - its tables belong to the metadata

    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        connection.execute(f"PRAGMA page_size={files.PAGE}")
        engine = create_engine("sqlite://", creator=lambda: connection, poolclass=StaticPool)
        with engine.begin() as tables:
            Base.metadata.create_all(tables, checkfirst=False)
        connection.execute(f"PRAGMA application_id={files.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={files.SCHEMA_VERSION}")
        return connection.serialize()
