"""The registers of courses and of how far each person has come with them."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.learning.training import TrainingCourse, TrainingRecord
from handover.registers.chapter import Advance, Chapter, Headline, InPack, OwnPage
from handover.registers.declare import Column, Register, View
from handover.registers.kinds import Kind
from handover.registers.matrix.declaration import Matrix

COURSES = Register(
    key="courses",
    icon="book-open",
    model=TrainingCourse,
    name=N_("Courses"),
    aliases=("course", "课程"),
    columns=(
        Column("code", N_("Code"), 10),
        Column("title", NC_("course", "Course"), 34),
        Column("system", N_("System"), 18),
        Column("method", N_("Transfer method"), 14, False),
        Column("required_posts", N_("Required by post"), 20),
        Column("trainer", N_("Trainer"), 14),
        Column("hours", N_("Hours"), 8),
        Column("pass_mark", N_("Pass mark"), 8),
        Column("valid_months", N_("Valid for (months)"), 8),
        Column("least_per_shift", N_("At least per shift"), 8, False),
        Column("required", N_("People who need it"), 8, kind=Kind.INTEGER, group=NC_("form", "Other")),
        Column("covered", N_("People who passed it"), 8, kind=Kind.INTEGER),
        Column("short_shifts", N_("Shifts with too few"), 8, False, kind=Kind.INTEGER),
        Column("prerequisite", N_("Prerequisite"), 18, False),
        Column("required_for", N_("Required for"), 16, False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("title",),
    match=(("code",), ("title",)),
    views=(View("uncovered", N_("Not everybody passed")), View("understaffed", N_("Too few in a shift"))),
    files=True,
    brought=True,
    when_told=True,
    empty=N_("No courses yet. List what the posts of operations require."),
)

TRAININGS = Register(
    key="trainings",
    icon="graduation-cap",
    model=TrainingRecord,
    name=N_("Training records"),
    aliases=("training records", "training record", "培训记录"),
    columns=(
        Column("person", N_("Person"), 16),
        Column("course", NC_("course", "Course"), 30),
        Column("requirement", N_("Requirement"), 12),
        Column("status", N_("Status"), 14),
        Column("planned_on", N_("Planned for"), 12),
        Column("attended_on", N_("Attended on"), 12, copied=False),
        Column("trainer", N_("Trainer"), 14, False, group=NC_("form", "Result")),
        Column("hours", N_("Hours"), 8, False),
        Column("score", N_("Score"), 8, copied=False),
        Column("pass_mark", N_("Pass mark"), 8, False),
        Column("certificate_no", N_("Certificate no."), 14, False, copied=False),
        Column("valid_until", N_("Valid until"), 12, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("person", "course"),
    match=(("person", "course"),),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
        View("due_soon", N_("Due in two weeks")),
        View("expired", N_("Expired")),
    ),
    due="planned_on",
    owner="person",
    files=True,
    when_told=True,
    empty=N_("No training yet. Say in the training matrix who needs which course."),
)

CHAPTER = Chapter(
    "training",
    N_("Training"),
    "knowledge",
    (COURSES, TRAININGS),
    pages=(OwnPage("training_charts", N_("Training charts"), "chart-column"),),
    pack=(InPack("courses"), InPack("trainings")),
    headlines=(Headline("courses", "uncovered", N_("Courses that not everybody passed"),
                 meaning=N_("Somebody of whom the course is required has not passed it; of all courses.")),),
    advances=(Advance("trainings", N_("Training passed"), done="counting",
                 meaning=N_("Passed, and not run out; of all training records.")),),
    matrices=(Matrix("training", N_("Training matrix"), TRAININGS, "person", "course", "requirement", totals=True,
                     icon="grid-3x3", narrowed=(("down", "shift"), ("down", "organisation"), ("across", "system"))),),
    order=52,
    pack_kinds=("readiness",),
)  # fmt: skip
