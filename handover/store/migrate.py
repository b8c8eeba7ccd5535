"""Brings an older workspace to the present schema through Alembic, whole or not at all."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.exc import SQLAlchemyError

from handover.errors import HandoverError
from handover.i18n import N_
from handover.store import file as files


def upgrade(path: Path, target: int = files.SCHEMA_VERSION) -> None:
    """Run the migrations that the file lacks in one transaction. The caller has made a copy.

    Raises:
        HandoverError: a migration failed; the file is as it was.
    """
    engine = create_engine("sqlite://", creator=lambda: sqlite3.connect(path, isolation_level=None))
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE"))
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
            connection.commit()
            with connection.begin():
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                config = alembic_config()
                config.attributes["connection"] = connection
                if version:
                    command.stamp(config, f"{version:04d}", purge=True)
                command.upgrade(config, f"{target:04d}")
                connection.exec_driver_sql(f"PRAGMA user_version={target}")
                connection.exec_driver_sql(f"PRAGMA application_id={files.APPLICATION_ID}")
    except (SQLAlchemyError, sqlite3.Error) as error:
        raise HandoverError(
            N_("{file} could not be upgraded. It is as it was; a copy of it was made."),
            file=path.name,
            detail=str(error),
        ) from error
    finally:
        engine.dispose()
    with contextlib.closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def alembic_config() -> Config:
    """Alembic's settings, without a file of its own."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    return config
