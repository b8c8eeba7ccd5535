"""The pages of the window by name: in which sections, in what order, and what each is called and shown by.

The pages that belong to no chapter stand here; those of the chapters follow from their declarations.
"""

from __future__ import annotations

from dataclasses import dataclass

from handover.i18n import N_, tr
from handover.registers.catalogue import chapters, registers
from handover.registers.chapter import SECTIONS


@dataclass(frozen=True, slots=True)
class PageEntry:
    """A page as navigation, palette and help know it.

    Args:
        key: the page's key; a register page's is its register's.
        name: in English, found in the catalogue.
        icon: a name of ``ui.theme.icons``.
    """

    key: str
    name: str
    icon: str

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)


@dataclass(frozen=True, slots=True)
class SectionEntry:
    """A section of the navigation.

    Args:
        key, name, icon: as of a page.
        number: from 1; Ctrl and this number lead into the section.
        pages: in order; a section without any isn't shown, and its number stays its own.
    """

    key: str
    name: str
    icon: str
    number: int
    pages: tuple[PageEntry, ...]

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)


#: The pages that are no chapter's, by the section in which they stand.
_GENERAL = {
    "overview": (PageEntry("overview", N_("Overview"), "layout-dashboard"),),
    "blockers": (PageEntry("blockers", N_("What blocks the handover"), "octagon-alert"),),
}
SETTINGS = PageEntry("settings", N_("Settings"), "settings")
PICK_LISTS = PageEntry("pick_lists", N_("Pick lists"), "tag")  # the settings lead to it
BIN = PageEntry("bin", N_("Bin"), "trash-2")


def sections() -> tuple[SectionEntry, ...]:
    """All sections in their order, with the general pages, then those of the chapters."""
    return tuple(
        SectionEntry(each.key, each.name, each.icon, number, (*_GENERAL.get(each.key, ()), *_of_chapters(each.key)))
        for number, each in enumerate(SECTIONS, 1)
    )


def _of_chapters(section: str) -> tuple[PageEntry, ...]:
    found: list[PageEntry] = []
    for chapter in chapters():
        if chapter.section == section:
            found += (PageEntry(page.key, page.name, page.icon) for page in chapter.pages)
            listed = (register for register in chapter.registers if register.in_navigation)
            found += (PageEntry(register.key, register.name, register.icon) for register in listed)
    return tuple(found)


def page_entries() -> tuple[PageEntry, ...]:
    """All pages, in the order of the navigation."""
    return (*(page for section in sections() for page in section.pages), SETTINGS, BIN)


def page_entry(key: str) -> PageEntry | None:
    """The page of a key, None where there is none; a register has a page also without a place in the navigation."""
    listed = next((page for page in (*page_entries(), PICK_LISTS) if page.key == key), None)
    if listed is not None:
        return listed
    unlisted = next((each for each in registers() if each.key == key), None)
    return PageEntry(key, unlisted.name, unlisted.icon) if unlisted is not None else None


def section_of(page_key: str) -> SectionEntry | None:
    """The section in which a page stands, None for the pages below all sections."""
    return next((each for each in sections() if any(page.key == page_key for page in each.pages)), None)
