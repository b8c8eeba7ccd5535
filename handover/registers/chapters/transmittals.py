"""The registers of transmittals, of what they list and of whom they go to, and of what went wrong on the way."""

from __future__ import annotations

from handover.i18n import N_, NC_
from handover.model.documents.transfer_error import TransferError
from handover.model.documents.transmittal import Recipient, Transmittal, TransmittalItem
from handover.registers.chapter import Chapter, Headline, InPack, OwnPage, PaperKind
from handover.registers.declare import Column, Register, View

TRANSMITTALS = Register(
    key="transmittals",
    icon="send",
    model=Transmittal,
    name=N_("Transmittals"),
    aliases=("transmittal", "移交单", "文件传送单"),
    columns=(
        Column("number", N_("Transmittal no."), 18, by_program=True, copied=False),
        Column("subject", N_("Subject"), 36),
        Column("direction", N_("Direction"), 10),
        Column("status", N_("Status"), 18),
        Column("purpose", N_("Purpose"), 16),
        Column("from_org", N_("From"), 18, group=NC_("form", "Sender and receiver")),
        Column("to_org", N_("To"), 18),
        Column("sender", N_("Sent by"), 14),
        Column("sent_on", N_("Sent on"), 12, copied=False),
        Column("response_due", N_("Answer due"), 12),
        Column("method", N_("Way of sending"), 14, False),
        Column("external_no", N_("Their number"), 16, False, copied=False),
        Column("cover", N_("Cover text"), 34, False),
        Column(
            "acknowledged_by", N_("Last acknowledged by"), 14, False, copied=False, group=NC_("form", "Acknowledgement")
        ),
        Column("acknowledged_on", N_("Acknowledged on"), 12, False, copied=False),
        Column("chased_on", N_("Reminded on"), 12, False, copied=False),
        Column("recalled_because", N_("Why it was recalled"), 24, False),
        Column("closed_on", N_("Closed on"), 12, False, copied=False),
        Column("notes", N_("Notes"), 30, False, group=NC_("form", "Other")),
    ),
    display=("number", "subject"),
    match=(("external_no",), ("subject", "sent_on")),
    views=(
        View("drafts", N_("Drafts")),
        View("unacknowledged", N_("Not acknowledged")),
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
    ),
    due="response_due",
    owner="sender",
    files=True,
    empty=N_("No transmittals yet. Choose documents and send them, or take one in that came."),
)

ITEMS = Register(
    key="transmittal-items",
    icon="list",
    model=TransmittalItem,
    name=N_("Transmittal items"),
    aliases=("transmittal_items", "items", "移交明细"),
    columns=(
        Column("transmittal", N_("Transmittal"), 26),
        Column("number", N_("No."), 6),
        Column("revision", NC_("document", "Revision"), 30),
        Column("document_no", N_("Document no."), 18, by_program=True),
        Column("title", N_("Title"), 34, by_program=True),
        Column("code", N_("Revision sent"), 8, by_program=True),
        Column("pages", N_("Pages"), 8, by_program=True),
        Column("copies", N_("Copies"), 8),
        Column("form", N_("Form"), 12),
        Column("sha256", N_("Checksum"), 20, False, by_program=True),
        Column("notes", N_("Notes"), 30),
    ),
    display=("document_no", "title"),
    match=(("transmittal", "revision"),),
    views=(View("superseded", N_("Superseded before they go out")),),
    empty=N_("It lists nothing yet. Add the revisions that are sent."),
)

RECIPIENTS = Register(
    key="recipients",
    icon="user-check",
    model=Recipient,
    name=N_("Receivers of transmittals"),
    aliases=("recipient", "receivers of transmittals", "收件方"),
    columns=(
        Column("transmittal", N_("Transmittal"), 26),
        Column("number", N_("No."), 6, False),
        Column("person", N_("Person"), 18),
        Column("organisation", N_("Organisation"), 20),
        Column("role", N_("What is asked"), 16),
        Column("copy_no", N_("Copy no."), 10, False),
        Column("notified_on", N_("Told on"), 12, copied=False),
        Column("acknowledged_by", N_("Acknowledged by"), 16, copied=False),
        Column("acknowledged_on", N_("Acknowledged on"), 12, copied=False),
        Column("chased_on", N_("Reminded on"), 12, copied=False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("person", "organisation"),
    match=(("transmittal", "person"), ("transmittal", "organisation")),
    views=(View("waiting", N_("Not acknowledged")),),
    empty=N_("It goes to nobody yet. Add the people and companies that receive it."),
)

ERRORS = Register(
    key="transfer-errors",
    icon="triangle-alert",
    model=TransferError,
    name=N_("Transfer errors"),
    aliases=("transfer_errors", "errors", "传递失误"),
    columns=(
        Column("kind", N_("Kind of error"), 20),
        Column("description", NC_("transfer error", "What happened"), 36),
        Column("revision", NC_("document", "Revision"), 26),
        Column("transmittal", N_("Transmittal"), 20),
        Column("status", N_("Status"), 12),
        Column("found_by", N_("Found by"), 14, group=NC_("form", "Responsibility")),
        Column("found_on", N_("Found on"), 12),
        Column("owner", N_("To be put right by"), 14),
        Column("due_on", N_("Due"), 12),
        Column("cause", N_("Cause"), 28, False, group=NC_("form", "Other")),
        Column("fixed_on", N_("Put right on"), 12, False),
        Column("void_because", N_("Why it was no error"), 24, False),
        Column("notes", N_("Notes"), 30, False),
    ),
    display=("kind", "description"),
    match=(("revision", "kind", "found_on"),),
    views=(
        View("open", N_("Open")),
        View("overdue", N_("Overdue")),
    ),
    due="due_on",
    owner="owner",
    when_told=True,
    files=True,
    empty=N_("No transfer errors yet. Note what arrives wrong: the rate of errors is told from it."),
)

CHAPTER = Chapter(
    "transmittals",
    N_("Transmittals"),
    "documents",
    (TRANSMITTALS, ITEMS, RECIPIENTS, ERRORS),
    (OwnPage("transfer_charts", N_("Transfer charts"), "chart-column"),),
    headlines=(
        Headline(
            "transmittals",
            "unacknowledged",
            N_("Transmittals not acknowledged"),
            meaning=N_("Sent out, and not yet acknowledged by everybody who is to receive it; of all transmittals."),
        ),
        Headline(
            "transfer-errors",
            "open",
            N_("Transfer errors open"),
            meaning=N_("Reported and not yet put right; of all transfer errors."),
        ),
    ),
    pack=(InPack("transmittals"), InPack("transmittal-items"), InPack("transfer-errors")),
    papers=(PaperKind("transmittal", "{project}-TR-{n:04}", keeps_number=False),),
    order=42,
)
