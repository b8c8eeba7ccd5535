"""The lists that the chapters share, and what their entries can mean to the program."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.picks.pick import PickList
from handover.model.vocabulary import Option

DISCIPLINE = PickList("discipline", N_("Disciplines"))
DOCUMENT_TYPE = PickList("document_type", N_("Document types"))
SYSTEM_TYPE = PickList(
    "system_type", N_("Types of systems"), (Option("project", "The project as a whole, no single system", "neutral"),)
)
DOCUMENT_PURPOSE = PickList(
    "document_purpose",
    N_("Document purposes"),
    (
        Option("information", "For information", "neutral"),
        Option("for_review", "For review", "info"),
        Option("for_approval", "For approval", "info"),
        Option("for_work", "For work on site", "info"),
        Option("approved", "Approved", "ok"),
        Option("for_use", "For use in operation", "ok"),
        Option("as_built", "As built", "ok"),
        Option("superseded", "Superseded", "neutral"),
        Option("cancelled", "Cancelled", "neutral"),
    ),
)
#: A code that nobody explained accepts nothing.
RETURN_CODE = PickList(
    "return_code",
    N_("Return codes"),
    (
        Option("accept", "Accepts", "ok"),
        Option("accept_with_comments", "Accepts with comments", "warning"),
        Option("resubmit", "Asks for another revision", "warning"),
        Option("reject", "Rejects", "danger"),
        Option("information", "For information", "neutral"),
    ),
    otherwise="resubmit",
)
#: A category that nobody explained is taken seriously.
PUNCH_CATEGORY = PickList(
    "punch_category",
    N_("Punch categories"),
    (
        Option("blocks", "Blocks the certificate", "danger"),
        Option("before_operations", "To be cleared before operations begin", "warning"),
        Option("after_operations", "May be cleared after operations began", "neutral"),
    ),
    otherwise="blocks",
)
PUNCH_SOURCE = PickList(
    "punch_source",
    N_("Punch sources"),
    (
        Option("walk_down", "Walk-down"),
        Option("three_checks", "Three checks, four settlements"),
        Option("test", "Failed test"),
        Option("parameter", "Parameter out of tolerance"),
        Option("meeting", "Meeting"),
    ),
)
PHASE_KIND = PickList(
    "phase_kind",
    N_("Kinds of phases"),
    (
        Option("building", "Building"),
        Option("commissioning", "Commissioning"),
        Option("proving", "Proving run"),
        Option("handing_over", "Handing over"),
        Option("aftercare", "Early-life support"),
        Option("operating", "Steady operation"),
    ),
)
MILESTONE_KIND = PickList(
    "milestone_kind",
    N_("Kinds of milestones"),
    (
        Option("handover", "Custody passes to operations", "ok"),
        Option("completion", "Completion"),
        Option("start_up", "Start-up"),
        Option("acceptance", "Acceptance"),
    ),
)
GROUP_ROLE_LIST = PickList(
    "group_role",
    N_("Roles in groups"),
    (
        Option("tech_lead", "Project lead (technical)"),
        Option("ops_lead", "Operations lead (resources)"),
        Option("secretary", "Secretary"),
        Option("member", "Member"),
        Option("sponsor", "Executive sponsor"),
    ),
)
MEETING_KIND = PickList(
    "meeting_kind",
    N_("Kinds of meetings"),
    (
        Option("kick_off", "Kick-off"),
        Option("regular", "Regular meeting"),
        Option("gate_review", "Gate review"),
        Option("executive_review", "Executive review"),
        Option("look_back", "Look back"),
    ),
)
SIGNING_ROLE = PickList("signing_role", N_("Signing roles"))
