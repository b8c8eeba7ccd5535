"""The pictures in the texts of a row: files of that row."""

from __future__ import annotations

from handover.registers import catalogue
from handover.registers.files.pictures import keep_picture, read_picture
from ui.shell.page import Context


class RowPictures:
    """Keeps pictures with the row in hand.

    Attributes:
        row_id: empty where there is no row yet, or where there are several.
    """

    def __init__(self, context: Context, register: str, row_id: str = "") -> None:
        self._context, self._register, self.row_id = context, register, row_id

    def keep(self, name: str, data: bytes) -> str:
        """Keep a picture as a file of the row; returns its address. Raises HandoverError."""
        context = self._context
        register = catalogue.register(self._register)
        return keep_picture(context.workspace, register, context.project.id, self.row_id, name, data)

    def read(self, address: str) -> bytes | None:
        """The bytes of a picture; None where it isn't there."""
        return read_picture(self._context.workspace, address)
