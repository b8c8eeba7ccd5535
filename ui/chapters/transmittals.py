"""What transmittals and transfer errors have of their own in the window."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from handover.registers.declare import Register
from ui.chapters.paper_dialogs import form_act
from ui.chapters.sending.transfer_charts import TransferChartsPage
from ui.chapters.sending.transmittal_acts import error_act, transmittal_acts
from ui.register.own_acts import OwnAct
from ui.shell.page import Context, Page
from ui.transfer.transmittal_in import TransmittalInDialog


def acts(context: Context, register: Register) -> list[OwnAct]:
    """What can be done with a transmittal; nothing of its own with an item, a receiver or an error."""
    if register.key != "transmittals":
        return []
    return [*transmittal_acts(context), error_act(context, register), form_act(context, register)]


def page(context: Context, key: str) -> Page:
    """The page of the charts, the only one of the chapter's own."""
    return TransferChartsPage(context)


def take_in(context: Context, file: Path, over: QWidget) -> None:
    """Take in a file that is the list of a transmittal, with its head."""
    TransmittalInDialog(context, file, over).open()
