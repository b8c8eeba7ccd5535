"""The registers of the contribution score: what counts for how much, and objections."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.teams.contribution import ScoreObjection, ScoreRule
from handover.registers.chapter import Chapter, OwnPage
from handover.registers.declare import Column, Register, View

RULES = Register(
    key="score-rules",
    icon="sliders-horizontal",
    model=ScoreRule,
    name=N_("What counts for the score"),
    aliases=("score rules", "weights", "评分规则", "权重"),
    columns=(
        Column("act", NC_("score", "Act"), 30),
        Column("points", NC_("score", "Points for each"), 10),
        Column("most", NC_("score", "At most a person and month"), 10),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("act",),
    match=(("act",),),
    empty=N_("Everything counts as usual. Add an act here to give it other points, or none."),
)

OBJECTIONS = Register(
    key="score-objections",
    icon="message-square-check",
    model=ScoreObjection,
    name=N_("Objections to the score"),
    aliases=("score objections", "评分异议"),
    columns=(
        Column("person", NC_("score", "Whose score"), 16),
        Column("month_on", NC_("score", "Month"), 12),
        Column("about", NC_("score", "Row that is counted"), 14),
        Column("text", NC_("score", "Objection"), 40),
        Column("status", N_("Status"), 18),
        Column("raised_by", N_("Raised by"), 14),
        Column("raised_on", NC_("score", "Raised on"), 12),
        Column("answer", NC_("score", "Answer"), 34, copied=False),
        Column("answered_by", NC_("score", "Answered by"), 14, False, copied=False),
        Column("answered_on", NC_("score", "Answered on"), 12, False, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("person", "about"),
    match=(("person", "about", "raised_on"),),
    views=(View("open", N_("Open")),),
    empty=N_("No objections. Whoever disagrees with what is counted says so here, and gets an answer."),
)

CHAPTER = Chapter(
    "contribution",
    N_("Contribution score"),
    "people",
    (RULES, OBJECTIONS),
    pages=(OwnPage("contribution_score", N_("Contribution score"), "chart-column"),),
    order=29,
)
