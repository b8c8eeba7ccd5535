"""The registers of lessons, of the manual and the procedures that they lead to, and of fault cases."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.learning.fault_case import FaultCase
from handover.model.learning.lesson import LessonLearned
from handover.model.learning.written import ManualSection, OperatingProcedure
from handover.registers.chapter import Advance, Chapter, InPack
from handover.registers.declare import Column, Register, View

LESSONS = Register(
    key="lessons",
    icon="lightbulb",
    model=LessonLearned,
    name=N_("Lessons"),
    aliases=("lesson", "lessons learned", "经验教训"),
    columns=(
        Column("title", N_("Lesson"), 36),
        Column("lesson_type", N_("Kind of lesson"), 12),
        Column("happened_on", N_("Happened on"), 12),
        Column("phase", N_("Phase"), 16, False),
        Column("system", N_("System"), 18),
        Column("originator", N_("Brought by"), 14, False),
        Column("category", NC_("lesson", "Category"), 14, False),
        Column("event", NC_("lesson", "What happened"), 30, False, group=NC_("form", "What happened")),
        Column("effect", N_("Effect"), 30, False),
        Column("cause", N_("Cause"), 30, False),
        Column("early_warning", N_("There were signs"), 8, False),
        Column("recommendation", N_("Recommendation"), 34, group=NC_("form", "What follows")),
        Column("priority", N_("Priority"), 12, False),
        Column("owner", N_("Owner"), 14),
        Column("due_on", N_("Due"), 12),
        Column("status", N_("Status"), 12),
        Column("manual_section", N_("Section of the manual"), 20),
        Column("procedure", N_("Procedure"), 20),
        Column("applied_on", N_("Applied on"), 12, False, copied=False),
        Column("reused", N_("Times reused"), 8, False, copied=False),
        Column("dropped_because", N_("Why it was dropped"), 24, False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("title",),
    match=(("title",),),
    views=(View("open", N_("Open")), View("overdue", N_("Overdue")), View("due_soon", N_("Due in two weeks"))),
    due="due_on",
    owner="owner",
    files=True,
    empty=N_("No lessons yet. A review meeting gives them; each ends in the manual or in a procedure."),
)

MANUAL = Register(
    key="manual-sections",
    icon="book-open",
    model=ManualSection,
    name=N_("Operations manual"),
    aliases=("manual_sections", "manual section", "manual", "运行手册"),
    columns=(
        Column("code", N_("Section no."), 12),
        Column("title", NC_("manual", "Section"), 36),
        Column("system", N_("System"), 18),
        Column("text", NC_("manual", "Text"), 40, False),
        Column("caused_by", N_("What caused it"), 24),
        Column("owner", N_("Owner"), 14),
        Column("status", N_("Status"), 14),
        Column("reviewed_by", N_("Reviewed by"), 14, False, copied=False),
        Column("approved_by", N_("Approved by"), 14, False, copied=False),
        Column("in_force_on", N_("In force since"), 12, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("code", "title"),
    code="code",
    match=(("code",), ("title",)),
    views=(View("open", N_("Not in force")),),
    files=True,
    empty=N_("No sections yet. Write down what operations must find when it needs it."),
)

PROCEDURES = Register(
    key="sops",
    icon="list-checks",
    model=OperatingProcedure,
    name=N_("Operating procedures"),
    aliases=("sop", "procedures", "operating procedure", "操作规程"),
    columns=(
        Column("code", N_("Procedure no."), 14),
        Column("title", NC_("procedure", "Procedure"), 36),
        Column("revision", N_("Revision"), 8, copied=False),
        Column("system", N_("System"), 18),
        Column("status", N_("Status"), 14),
        Column("caused_by", N_("What caused the revision"), 28),
        Column("previous", N_("Takes the place of"), 18, False),
        Column("text", NC_("manual", "Text"), 40, False),
        Column("document", N_("Document"), 20, False),
        Column("owner", N_("Owner"), 14),
        Column("due_on", N_("Due"), 12),
        Column(
            "reviewed_by", N_("Reviewed by"), 14, False, copied=False, group=NC_("form", "Review and release")
        ),
        Column("approved_by", N_("Approved by"), 14, False, copied=False),
        Column("in_force_on", N_("In force since"), 12, copied=False),
        Column("next_review", N_("Next review"), 12, False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("code", "title"),
    code="code",
    match=(("code", "revision"), ("title", "revision")),
    views=(
        View("open", N_("Not in force")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("to_review", N_("To be reviewed")),
    ),
    due="due_on",
    owner="owner",
    files=True,
    empty=N_("No procedures yet. List those by which operations will work, with their revisions."),
)

FAULT_CASES = Register(
    key="fault-cases",
    icon="triangle-alert",
    model=FaultCase,
    name=N_("Fault cases"),
    aliases=("fault_cases", "fault case", "faults", "故障案例", "故障案例库"),
    columns=(
        Column("symptom", N_("Symptom"), 40),
        Column("system", N_("System"), 18),
        Column("tag", NC_("punch", "Tag"), 14),
        Column("alarms", N_("Alarms"), 24, False),
        Column("cause", NC_("fault", "Cause"), 34),
        Column("diagnosis", N_("How to find it"), 34, False),
        Column("remedy", N_("Remedy"), 34),
        Column("parts", N_("Parts used"), 20, False),
        Column("hours_to_restore", N_("Hours to restore"), 8),
        Column("recurs", N_("Comes again"), 8, False),
        Column("severity", N_("Severity"), 12, False),
        Column("tags", N_("Keywords"), 20, False),
        Column("item", N_("Knowledge item"), 20, False, group=NC_("form", "Other")),
        Column("procedure", N_("Procedure"), 20, False),
        Column("author", N_("Author"), 14, False),
        Column("reviewed_by", N_("Reviewed by"), 14, False, copied=False),
        Column("status", N_("Status"), 12),
        Column("still_valid", N_("Still valid"), 8, False),
        Column("reused", N_("Times reused"), 8, False, copied=False),
        Column("superseded_by", N_("Superseded by"), 18, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("symptom",),
    match=(("symptom", "tag"), ("symptom",)),
    views=(View("open", N_("Not published")), View("in_use", N_("In use"))),
    files=True,
    empty=N_("No fault cases yet. Write down each fault with its symptom, cause and remedy: the next shift will look."),
)

CHAPTER = Chapter(
    "lessons",
    N_("Lessons and fault cases"),
    "knowledge",
    (LESSONS, MANUAL, PROCEDURES, FAULT_CASES),
    pack=(InPack("lessons"), InPack("manual-sections"), InPack("sops"), InPack("fault-cases")),
    advances=(Advance("lessons", N_("Lessons applied"), done="closed"),),
    order=54,
)
