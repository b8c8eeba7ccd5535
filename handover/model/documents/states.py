"""The states of a document, which are those of its current revision, and what it is issued for."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.lifecycle import Lifecycle, Step
from handover.model.vocabulary import Option, Vocabulary

#: What a document that comes again has anew.
_AGAIN = ("submitted_on", "received_on", "approved_by", "approved_on", "return_code")
_LIVE = ("placeholder", "submitted", "received", "in_review", "approved", "issued", "accepted", "returned", "rejected")

# The field's own list leaves a rejected document without a way on although rejecting sets its next due date,
# so that a rejected document may be submitted again here.
DOCUMENT_STATUS = Lifecycle(
    (
        Option(
            "placeholder",
            "Outstanding",
            "neutral",
            (
                "not started",
                "in preparation",
                "draft",
                "drafting",
                "wip",
                "编制中",
                "草稿",
                "missing",
                "未开始",
                "未提交",
                "缺",
                "open",
            ),
        ),
        Option("submitted", "Submitted", "info", ("已报送", "sent")),
        Option("received", "Received", "info", ("已接收", "签收")),
        Option("in_review", "In review", "info", ("under review", "pending", "审核中", "审查")),
        Option("approved", "Approved", "ok", ("批准", "approved with comments")),
        Option("issued", "Issued", "ok", ("已归档", "发布", "final")),
        Option("accepted", "Accepted by operations", "ok", ("accepted", "closed", "运营已接收", "已移交", "移交完成")),
        Option("returned", "Returned for revision", "warning", ("returned", "revise and resubmit", "修改后重报")),
        Option("rejected", "Rejected", "danger", ("不批准", "拒绝")),
        Option("superseded", "Superseded", "neutral", ("替代",)),
        Option("cancelled", "Cancelled", "neutral", ("void", "作废", "withdrawn")),
    ),
    steps=(
        Step("submit", N_("Submit"), ("placeholder",), "submitted", on="submitted_on"),
        Step("resubmit", N_("Submit again"), ("returned", "rejected"), "submitted", on="submitted_on", wipes=_AGAIN),
        Step("receive", N_("Receive"), ("submitted",), "received", on="received_on", after=("submitted_on",)),
        Step("review", N_("Start the review"), ("received",), "in_review"),
        Step(
            "approve",
            N_("Approve"),
            ("in_review",),
            "approved",
            by="approved_by",
            on="approved_on",
            asks=("approved_by",),
            after=("received_on",),
            may=("return_code",),
            needs="standing_against_approval",
        ),
        Step("return", N_("Return for revision"), ("in_review",), "returned", may=("return_code",)),
        Step("reject", N_("Reject"), ("in_review",), "rejected", may=("return_code",)),
        Step("issue", N_("Issue"), ("approved",), "issued"),
        Step("accept", N_("Accept"), ("issued",), "accepted", on="accepted_on", after=("received_on",)),
        Step("supersede", N_("Supersede"), ("issued", "accepted"), "superseded"),
        Step("cancel", N_("Mark as cancelled"), (*_LIVE, "superseded"), "cancelled"),
    ),
    closed=frozenset({"accepted", "superseded", "cancelled"}),
    locked=frozenset({"accepted", "superseded"}),
    stays_open=frozenset(
        {
            "holder",
            "receiver",
            "location",
            "box",
            "lent_to",
            "lent_on",
            "lent_until",
            "confidentiality",
            "notes",
            "superseded_by",
            "superseded_from",
        }
    ),
)

# CFIHOS 2.0 pick list; shipped as words, since the codes differ from site to site.
DOCUMENT_PURPOSE = Vocabulary(
    (
        Option("IFI", "IFI for information"),
        Option("IFR", "IFR for review"),
        Option("IFA", "IFA for approval"),
        Option("IFH", "IFH for HAZOP"),
        Option("IFQ", "IFQ for quotation"),
        Option("IFT", "IFT for tender"),
        Option("IFP", "IFP for purchase"),
        Option("IFD", "IFD for design"),
        Option("IFC", "IFC for construction"),
        Option("IFV", "IFV for field verification"),
        Option("IFU", "IFU for use"),
        Option("AFD", "AFD approved for design"),
        Option("AFT", "AFT approved for tender"),
        Option("AFP", "AFP approved for purchase"),
        Option("AFC", "AFC approved for construction"),
        Option("APP", "APP approved"),
        Option("IAB", "IAB as-built"),
    )
)
