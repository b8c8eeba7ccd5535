"""What a fault of the database means, as a sentence: trouble of the medium is never called damage."""

from __future__ import annotations

import sqlite3
from typing import Final

from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from handover.i18n import N_, tr
from handover.store.trouble import code_of

FULL: Final = N_("The disk is full. Make room and try again; nothing that was stored is lost.")
UNREADABLE: Final = N_("The file can't be read as it should: it is damaged, or another program has changed it.")
_BUSY: Final = N_("Another program holds the file. Close it there and try again.")
_READ_ONLY: Final = N_("The file or its folder can't be written.")
_DISK: Final = N_("The disk or the connection on which the file lies doesn't answer as it should. Nothing was changed.")
_MEMORY: Final = N_("The computer has too little memory for this.")
_BY_CODE: Final = {
    sqlite3.SQLITE_IOERR: _DISK,
    sqlite3.SQLITE_NOMEM: _MEMORY,
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_READONLY: _READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: _READ_ONLY,
    sqlite3.SQLITE_PERM: _READ_ONLY,
}


def sentence_of(error: BaseException) -> str:
    """The sentence for a fault of the database, empty where it is none."""
    fault = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(fault, sqlite3.Error):
        return tr(_BY_CODE.get(code_of(fault), UNREADABLE))
    return tr(UNREADABLE) if isinstance(error, SQLAlchemyError) else ""
