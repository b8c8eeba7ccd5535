"""Rows that people put into an order of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, func
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped

#: A row without a place comes after those that have one.
LAST = 999_999


class Placed:
    """A row with a place among the others of its table."""

    position: Mapped[int | None]

    @hybrid_property
    def place(self) -> int:
        """Where the row stands among the others."""
        return self.position if self.position is not None else LAST

    @place.inplace.expression
    @classmethod
    def _place(cls) -> ColumnElement[int]:
        return func.coalesce(cls.position, LAST)


class SignsInTurn:
    """A row of somebody who signs before or after others, by its ``sign_seq``."""

    if TYPE_CHECKING:
        sign_seq: Mapped[int | None]

    @hybrid_property
    def place(self) -> int:
        """Where the signature stands in the order."""
        return self.sign_seq if self.sign_seq is not None else LAST

    @place.inplace.expression
    @classmethod
    def _place(cls) -> ColumnElement[int]:
        return func.coalesce(cls.sign_seq, LAST)
