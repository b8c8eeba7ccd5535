"""Whether the library is there that signs and locks PDFs; it is no part of the usual installation."""

from __future__ import annotations

import importlib.util
from typing import Final

from handover.errors import HandoverError
from handover.i18n import N_

#: What installs it.
INSTALL: Final = 'pip install "pyHanko>=0.38"'


def can_seal() -> bool:
    """Whether PDFs can be signed, and their signatures checked, with what is installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("pyhanko", "pyhanko_certvalidator"))


def require_sealing() -> None:
    """Raise HandoverError, saying what to install, where the library is missing."""
    if not can_seal():
        raise HandoverError(
            N_("Signing and locking PDFs needs pyHanko, which isn't installed. To install it: {command}"),
            command=INSTALL,
        )
