"""Which sentence and which exit code a fault has that no command has foreseen."""

from __future__ import annotations

import errno
import traceback
from typing import Final

from handover.cli.exits import FAULT, INTERRUPTED, UNUSABLE, WRONG_USE
from handover.errors import Cancelled, HandoverError, NotFound, NotLawful, NotValid
from handover.i18n import N_, tr
from handover.store.trouble import UNREADABLE, of_database

_FULL: Final = N_("The disk is full. Make room and try again; nothing that was stored is lost.")
_MEMORY: Final = N_("The computer has too little memory for this.")
_FAULT: Final = N_("A fault of the program stopped it. Please report it with these lines:")


def told(error: BaseException) -> tuple[str, str, int]:
    """The sentence, the technical lines under it, and the exit code of a fault."""
    if known := of_database(error):
        return str(known), f"{type(error).__name__}: {error}", UNUSABLE
    match error:
        case NotFound() | NotValid() | NotLawful():
            return str(error), error.detail, WRONG_USE
        case Cancelled() | KeyboardInterrupt():
            return tr("Stopped. Nothing was changed."), "", INTERRUPTED
        case HandoverError():
            return str(error), error.detail, UNUSABLE
        case OSError() if error.errno is not None:
            return _of_system(error)
        case MemoryError():
            return tr(_MEMORY), "", FAULT
        case ValueError() | TypeError() | LookupError() | ArithmeticError() if _reads_a_row(error):
            return tr(UNREADABLE, file=tr("The workspace")), f"{type(error).__name__}: {error}", UNUSABLE
    return tr(_FAULT), "".join(traceback.format_exception(error)).rstrip(), FAULT


def _of_system(error: OSError) -> tuple[str, str, int]:
    named = str(error.filename) if error.filename is not None else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return tr(_FULL), named, UNUSABLE
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return (
            tr(N_("{file} can't be read or written: you lack the right to."), file=named or "–"),
            str(error),
            UNUSABLE,
        )
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return tr(N_("{file} isn't there."), file=named or "–"), str(error), UNUSABLE
    return tr(N_("{file} can't be used: {why}."), file=named or "–", why=error.strerror or ""), str(error), UNUSABLE


def _reads_a_row(error: BaseException) -> bool:
    """Whether the fault came up where values of the workspace are taken from the database."""
    return any("sqlalchemy" in frame.filename for frame in traceback.extract_tb(error.__traceback__)[-6:])
