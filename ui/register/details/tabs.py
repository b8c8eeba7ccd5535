"""What a row has besides its fields, as one row of tabs: parts, what its chapter adds, files, what points to it."""

from __future__ import annotations

from typing import NamedTuple

from handover.i18n import tr
from handover.registers.catalogue import chapter_of, parts_of
from handover.registers.declare import Register
from ui.register.details.history import RowHistory
from ui.register.details.parts_panel import PartsPanel
from ui.register.details.related import RelatedRows
from ui.register.details.tab import RowTab
from ui.register.files.attachments import AttachmentsPanel
from ui.shell.own_code import own_code
from ui.shell.page import Context


class NamedTab(NamedTuple):
    """A tab with its key, by which a page is asked to turn to it, and its title."""

    key: str
    title: str
    tab: RowTab


def tabs_of(context: Context, register: Register) -> list[NamedTab]:
    """The tabs beside the fields of a register's rows, in their order."""
    tabs = [NamedTab(part.key, part.label, PartsPanel(context, register, part)) for part in parts_of(register)]
    own = getattr(own_code(chapter_of(register.key).key), "tabs", None)
    tabs += [NamedTab(title, title, tab) for title, tab in own(context, register)] if own is not None else []
    if register.files:
        tabs.append(NamedTab("files", tr("Files"), AttachmentsPanel(context, register)))
    tabs.append(NamedTab("related", tr("Related"), RelatedRows(context, register)))
    tabs.append(NamedTab("history", tr("History"), RowHistory(context, register)))
    return tabs
