"""The declaration of a chapter: what navigation, overview, pack, sample and command line know of it.

A chapter is one module in ``handover.registers.chapters`` that holds its ``CHAPTER``. Nothing else in the program names
it: what is particular to it in the pack stands in ``handover.pack.chapters.KEY``, in the window in ``ui.chapters.KEY``,
and is found there by its key.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from handover.i18n import N_, tr
from handover.model.issued import PAPER
from handover.registers.declare import Register
from handover.registers.matrix.declaration import Matrix


@dataclass(frozen=True, slots=True)
class NavigationSection:
    """One of the nine parts in which the pages stand; Ctrl+1 to Ctrl+9 reach them in this order."""

    key: str
    name: str
    icon: str

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)


SECTIONS = (
    NavigationSection("overview", N_("Overview"), "layout-dashboard"),
    NavigationSection("blockers", N_("What blocks"), "octagon-alert"),
    NavigationSection("plan", N_("Plan"), "chart-gantt"),
    NavigationSection("people", N_("Groups & people"), "users"),
    NavigationSection("documents", N_("Documents"), "file-text"),
    NavigationSection("knowledge", N_("Knowledge"), "graduation-cap"),
    NavigationSection("acceptance", N_("Acceptance"), "file-check"),
    NavigationSection("readiness", N_("Readiness & cutover"), "shield-check"),
    NavigationSection("handover", N_("Handover"), "archive"),
)


@dataclass(frozen=True, slots=True)
class OwnPage:
    """A page that is no register, such as a chart or a matrix; ``ui.chapters.KEY`` of its chapter makes it."""

    key: str
    name: str
    icon: str

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)


@dataclass(frozen=True, slots=True)
class Headline:
    """A number that the summary of the pack shows: the rows of a view of a register; none of them is well.

    Args:
        among: a method of the model that says of which rows these are some; empty for all of the register.
        meaning: a sentence that says what is counted, for who reads the number.
    """

    register: str
    view: str
    name: str
    among: str = field(default="", kw_only=True)
    meaning: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class Advance:
    """How far a register has come: rows that are ``done`` among these and the ``open`` ones, methods of its model.

    Args:
        meaning: a sentence that says what is counted, for who reads the number.
    """

    register: str
    name: str
    done: str
    open: str = "open"
    meaning: str = field(default="", kw_only=True)


@dataclass(frozen=True, slots=True)
class InPack:
    """A register in the pack: grouped by one of its fields where one is named."""

    register: str
    group_by: str = ""


@dataclass(frozen=True, slots=True)
class PaperKind:
    """A kind of paper that a chapter issues.

    Args:
        key: a code of ``handover.model.issued.PAPER``; also the key of the series from which it is numbered.
        pattern: how its numbers are written where a project hasn't chosen otherwise.
        keeps_number: its next edition has the number of the one before; else each edition draws a new one.
    """

    key: str
    pattern: str
    keeps_number: bool = True

    @property
    def label(self) -> str:
        """What it is called in the language in force."""
        return PAPER.label(self.key)


@dataclass(frozen=True)
class Chapter:
    """A chapter of the transition.

    Args:
        key: also names what the chapter has of its own in ``handover.pack.chapters`` and ``ui.chapters``.
        name: in English, found in the catalogue; the title of its part of the pack.
        section: the key of the part of the navigation in which its pages stand; ``settings`` for what is set up there.
        registers: in the order in which they are offered.
        pages: its pages besides those of its registers, which stand before them.
        pack: what the pack holds of it; empty for nothing.
        headlines, advances: its numbers in the summary of the pack.
        papers: the kinds of paper that it issues.
        matrices: its registers that are filled in as a table of one link against another; each has a page.
        first_step: what the button says by which an empty project begins with its first register; empty for none.
        order: where it stands among the chapters.
        pack_kinds: the kinds of pack in which it stands besides those that take all of its part of the navigation.
    """

    key: str
    name: str
    section: str
    registers: tuple[Register, ...]
    pages: tuple[OwnPage, ...] = ()
    pack: tuple[InPack, ...] = ()
    headlines: tuple[Headline, ...] = ()
    advances: tuple[Advance, ...] = ()
    papers: tuple[PaperKind, ...] = field(default=(), kw_only=True)
    matrices: tuple[Matrix, ...] = field(default=(), kw_only=True)
    first_step: str = field(default="", kw_only=True)
    order: int = field(default=100, kw_only=True)
    pack_kinds: tuple[str, ...] = field(default=(), kw_only=True)

    @property
    def of_work(self) -> bool:
        """Whether it holds the work itself and not what the work is set up with."""
        return any(section.key == self.section for section in SECTIONS)

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)
