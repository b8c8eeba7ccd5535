"""What must be delivered: the register of requirements, and how complete what they ask for is."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.documents.requirement import Requirement
from handover.registers.chapter import Advance, Chapter, Headline, InPack, OwnPage
from handover.registers.chapters.documents import DOCUMENTS
from handover.registers.declare import Column, Register, View
from handover.registers.matrix.declaration import Matrix

REQUIREMENTS = Register(
    key="requirements",
    icon="list-checks",
    model=Requirement,
    name=N_("Requirements"),
    aliases=("requirement", "deliverables list", "what must be delivered", "移交要求", "应交文件", "应交清单"),
    columns=(
        Column("system", N_("System"), 18),
        Column("system_type", N_("Type of system"), 22),
        Column("doc_type", N_("Document type"), 30),
        Column("discipline", N_("Discipline"), 20),
        Column("required_for", N_("Required for"), 24),
        Column("required_status", N_("Required status"), 18),
        Column("mandatory", N_("Must have"), 8),
        Column("paper", N_("On paper"), 8, group=NC_("form", "How it is delivered")),
        Column("translated", N_("Translated"), 8),
        Column("copies", N_("Copies"), 8),
        Column("side", N_("Receiving side"), 14),
        Column("due_on", NC_("requirement", "Due"), 12),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("doc_type", "required_for"),
    match=(("system", "system_type", "doc_type", "discipline", "required_for"),),
    views=(
        View("of_systems", N_("Of systems")),
        View("of_project", N_("Of the project as a whole")),
    ),
    empty=N_("Nothing is asked for yet. Take an industry's template, or say which documents operations must have."),
)

CHAPTER = Chapter(
    "requirements",
    N_("What must be delivered"),
    "documents",
    (REQUIREMENTS,),
    (OwnPage("completeness_charts", N_("Completeness"), "chart-column"),),
    pack=(InPack("requirements"),),
    headlines=(
        Headline(
            "documents",
            "missing_at_milestone",
            N_("Documents missing at their milestone"),
            among="wanted",
            meaning=N_(
                "Asked for a milestone that is due or reached, and not accepted; without superseded and cancelled ones."
            ),
        ),
        Headline(
            "documents",
            "wrong_status",
            N_("Documents held with the wrong status"),
            among="wanted",
            meaning=N_(
                "Accepted in a status that falls short of what is asked; without superseded and cancelled ones."
            ),
        ),
    ),
    advances=(
        Advance(
            "documents",
            N_("Documents held as required"),
            done="held_as_required",
            open="not_as_required",
            meaning=N_("Accepted in the status that is asked for; of the documents that a requirement asks for."),
        ),
    ),
    matrices=(
        Matrix(
            "completeness",
            N_("Completeness matrix"),
            DOCUMENTS,
            "system",
            "doc_type",
            "standing",
            several=True,
            letters=(
                ("held", "H"),
                ("expected", "E"),
                ("under_way", "U"),
                ("wrong_status", "W"),
                ("missing_at_milestone", "M"),
            ),
            icon="grid-3x3",
            follows=("requirement", "milestone", "task", "revision"),
        ),
    ),
    order=39,
)
