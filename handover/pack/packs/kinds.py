"""The kinds of handover packs: which chapters each holds, about what, and whether it is signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from handover.errors import NotFound
from handover.i18n import N_, tr
from handover.registers.catalogue import chapters
from handover.registers.chapter import Chapter

#: What a kind is about: all of the project, some of its systems, or a working group.
About = Literal["project", "system", "group"]


@dataclass(frozen=True, slots=True)
class PackKind:
    """A kind of pack.

    Args:
        key: as on the command line.
        title: of the document.
        own: the parts that no chapter brings, by their keys, before the chapters.
        sections: the parts of the navigation whose chapters go in; empty for all.
        annexes: the registers in full stand behind the signatures.
        signed: it has a page to sign.
        short: two pages without cover and contents.
        named_only: of the chapters only those go in that say so themselves.
    """

    key: str
    name: str
    title: str
    subtitle: str
    own: tuple[str, ...] = ("summary", "blockers")
    sections: tuple[str, ...] = ()
    about: About = "project"
    annexes: bool = True
    signed: bool = True
    short: bool = False
    named_only: bool = False

    @property
    def label(self) -> str:
        """The name in the language in force."""
        return tr(self.name)

    def takes(self, chapter: Chapter) -> bool:
        """Whether a chapter goes in: by its part of the navigation, or because it says so itself."""
        if self.short or not chapter.pack:
            return False
        by_section = not self.named_only and (not self.sections or chapter.section in self.sections)
        return by_section or self.key in chapter.pack_kinds

    def chapters(self) -> tuple[Chapter, ...]:
        """The chapters that go in, in their order."""
        return tuple(chapter for chapter in chapters() if self.takes(chapter))


PACK_KINDS = (
    PackKind(
        "full", N_("Full pack"), N_("Handover pack"), N_("Transition of the works into operation"),
        own=("summary", "blockers", "changes"),
    ),
    PackKind(
        "steering", N_("Steering committee, two pages"), N_("Steering committee report"),
        N_("Where the handover stands"), own=("lights", "wanted"), annexes=False, signed=False, short=True,
    ),
    PackKind(
        "dossier", N_("Dossier of systems"), N_("Handover dossier"), N_("What goes with the system"), about="system",
        own=("system", "blockers", "changes"),
    ),
    PackKind(
        "group", N_("Pack of a working group"), N_("Pack of the working group"), N_("What the group works on"),
        about="group", own=("blockers", "changes"), signed=False,
    ),
    PackKind(
        "knowledge", N_("Knowledge-transfer plan"), N_("Plan of the knowledge transfer"),
        N_("Who passes on what to whom, and until when"), own=("summary", "changes"), sections=("knowledge",),
    ),
    PackKind(
        "readiness", N_("Readiness pack"), N_("Readiness pack"), N_("Whether operations can take over"),
        own=("summary", "blockers", "changes"), sections=("acceptance", "readiness", "handover"),
    ),
    PackKind(
        "closing", N_("Closing report"), N_("Closing report"), N_("What the handover came to, and what was learnt"),
        own=("summary", "blockers"), named_only=True,
    ),
)  # fmt: skip


def pack_kind(key: str) -> PackKind:
    """The kind of a key. Raises NotFound, naming those that there are."""
    for each in PACK_KINDS:
        if each.key == key:
            return each
    raise NotFound(
        N_("There is no kind of pack {key}. There are: {keys}."), key=key, keys=", ".join(k.key for k in PACK_KINDS)
    )
