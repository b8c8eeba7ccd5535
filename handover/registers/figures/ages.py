"""The ages by which charts count what is still open."""

from __future__ import annotations

from typing import Final

from handover.i18n import N_
from handover.wording import Text, said

#: Up to so many days, and what that is called.
_AGES: Final = (
    (7, N_("to 7 days")),
    (14, N_("to 14 days")),
    (30, N_("to 30 days")),
    (60, N_("to 60 days")),
)
_LONGER: Final = N_("longer")
#: How many ages are told apart.
AGES: Final = len(_AGES) + 1


def names_of_ages() -> tuple[Text, ...]:
    """What the ages are called, the youngest first."""
    return tuple(map(said, (*(name for _, name in _AGES), _LONGER)))


def age_of(days: int) -> int:
    """The place of an age of so many days, from 0."""
    return next((n for n, (limit, _) in enumerate(_AGES) if days <= limit), AGES - 1)
