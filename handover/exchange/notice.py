"""What the user should know about a file although it doesn't stop the import."""

from __future__ import annotations

from dataclasses import dataclass, field

from handover.i18n import tr


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about the file, that doesn't stop the import."""

    message: str
    values: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return tr(self.message, **self.values)
