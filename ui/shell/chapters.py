"""The pages of the window by name: in which sections, in what order, and what each is called and shown by.

The pages that belong to no chapter stand here; those of the chapters follow from their declarations.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from handover.i18n import N_, tr
from handover.registers.catalogue import chapters
from handover.registers.chapter import SECTIONS
from handover.registers.matrix.declaration import Matrix


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
    "overview": (
        PageEntry("overview", N_("Overview"), "layout-dashboard"),
        PageEntry("my_week", N_("My week"), "calendar-days"),
    ),
    "blockers": (PageEntry("blockers", N_("What blocks the handover"), "octagon-alert"),),
}
SETTINGS = PageEntry("settings", N_("Settings"), "settings")
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
            listed = (register for register in chapter.registers if register.in_navigation)
            found += (PageEntry(page.key, page.name, page.icon) for page in chapter.pages)
            listed_matrices = (matrix for matrix in chapter.matrices if not matrix.one_with)
            found += (PageEntry(matrix.page, matrix.name, matrix.icon) for matrix in listed_matrices)
            found += (PageEntry(register.key, register.name, register.icon) for register in listed)
    return tuple(found)


def page_entries() -> tuple[PageEntry, ...]:
    """All pages, in the order of the navigation."""
    return (*(page for section in sections() for page in section.pages), SETTINGS, BIN)


def page_entry(key: str) -> PageEntry | None:
    """The page of a key, None where there is none."""
    return next((page for page in (*page_entries(), *_beyond()) if page.key == key), None)


def entry_of(page_key: str) -> str:
    """The key of the entry in the navigation that stands for a page: its own, or that of the matrix it is one with."""
    first = {each.page: f"{each.one_with}_matrix" for each in _second_matrices()}
    return first.get(page_key, page_key)


def section_of(page_key: str) -> SectionEntry | None:
    """The section in which a page stands, None for the pages below all sections."""
    return next((each for each in sections() if any(page.key == page_key for page in each.pages)), None)


def _beyond() -> tuple[PageEntry, ...]:
    """Pages that the navigation doesn't show: other pages lead to them."""
    all_of = ((chapter, register) for chapter in chapters() for register in chapter.registers)
    unlisted = (register for chapter, register in all_of if not chapter.of_work or not register.in_navigation)
    second = (PageEntry(matrix.page, matrix.name, matrix.icon) for matrix in _second_matrices())
    lists = (PageEntry(e.key, e.name, e.icon) for e in unlisted)
    return (PageEntry("pick_lists", N_("Pick lists"), "tag"), *lists, *second)


def _second_matrices() -> Iterator[Matrix]:
    """The matrices that have no entry of their own."""
    return (matrix for chapter in chapters() for matrix in chapter.matrices if matrix.one_with)
