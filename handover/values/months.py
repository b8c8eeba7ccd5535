"""The English names of the months; the C library's would follow the system's language."""

from __future__ import annotations

from typing import Final

LONG: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT: Final = tuple(name[:3] for name in LONG)
