"""A condition on many values at once: more than a statement may have parameters."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, literal
from sqlalchemy.types import Boolean

from handover.model.dialect import Expression, InBoth


class _Among(InBoth):
    type = Boolean()
    inherit_cache = True
    sqlite = "({} IN (SELECT value FROM json_each({})))"
    standard = "({} IN (SELECT jsonb_array_elements_text(CAST({} AS JSONB))))"

    def self_group(self, against: Any = None) -> Any:  # Any: SQLAlchemy's own signature
        """It is a condition as it stands."""
        return self


def among(column: Expression, values: Sequence[str]) -> ColumnElement[bool]:
    """Whether a text is one of some others, however many."""
    return _Among(column, literal(json.dumps(values)))
