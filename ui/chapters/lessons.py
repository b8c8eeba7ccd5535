"""What fault cases have of their own in the window: similar ones beside a case, and a page to write one."""

from __future__ import annotations

from handover.i18n import tr
from handover.registers.declare import Register
from ui.chapters.knowing.fault_writing import FaultWritingPage
from ui.chapters.knowing.similar import SimilarCasesTab
from ui.register.details.tab import RowTab
from ui.shell.page import Context, Page


def tabs(context: Context, register: Register) -> list[tuple[str, RowTab]]:
    """The cases that are like one."""
    return [(tr("Similar cases"), SimilarCasesTab(context))] if register.key == "fault-cases" else []


def page(context: Context, key: str) -> Page:
    """The page on which a case is written."""
    del key  # there is one
    return FaultWritingPage(context)
