"""Documents in full: revisions, reviews, comments, transmittals, errors, boxes.

What a document has come as becomes its first revision.
"""

import sqlalchemy as sa
from alembic import op

from handover.store.upgrading.first_revisions import add_first_revisions
from handover.store.upgrading.logged import UpgradeWork

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "box",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=True),
        sa.Column("room", sa.String(length=100), nullable=True),
        sa.Column("cabinet", sa.String(length=60), nullable=True),
        sa.Column("shelf", sa.String(length=60), nullable=True),
        sa.Column("keeper_id", sa.String(length=32), nullable=True),
        sa.Column("retention", sa.String(length=60), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("given_by_id", sa.String(length=32), nullable=True),
        sa.Column("taken_by_id", sa.String(length=32), nullable=True),
        sa.Column("handed_over_on", sa.Date(), nullable=True),
        sa.Column("taken_back_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["given_by_id"], ["person.id"], name=op.f("fk_box_given_by_id")),
        sa.ForeignKeyConstraint(["keeper_id"], ["person.id"], name=op.f("fk_box_keeper_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_box_project_id")),
        sa.ForeignKeyConstraint(["taken_by_id"], ["person.id"], name=op.f("fk_box_taken_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_box")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_box_project_id_ref")),
    )
    with op.batch_alter_table("box", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_box_given_by_id"), ["given_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_box_keeper_id"), ["keeper_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_box_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_box_taken_by_id"), ["taken_by_id"], unique=False)

    op.create_table(
        "transmittal",
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("external_no", sa.String(length=100), nullable=True),
        sa.Column("direction", sa.String(length=32), nullable=False),
        sa.Column("subject", sa.String(length=300), nullable=False),
        sa.Column("purpose_id", sa.String(length=32), nullable=True),
        sa.Column("from_org_id", sa.String(length=32), nullable=True),
        sa.Column("to_org_id", sa.String(length=32), nullable=True),
        sa.Column("sender_id", sa.String(length=32), nullable=True),
        sa.Column("method", sa.String(length=32), nullable=True),
        sa.Column("cover", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("response_due", sa.Date(), nullable=True),
        sa.Column("acknowledged_by_id", sa.String(length=32), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("chased_on", sa.Date(), nullable=True),
        sa.Column("recalled_because", sa.Text(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["acknowledged_by_id"], ["person.id"], name=op.f("fk_transmittal_acknowledged_by_id")),
        sa.ForeignKeyConstraint(["from_org_id"], ["organisation.id"], name=op.f("fk_transmittal_from_org_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_transmittal_project_id")),
        sa.ForeignKeyConstraint(["purpose_id"], ["pick.id"], name=op.f("fk_transmittal_purpose_id")),
        sa.ForeignKeyConstraint(["sender_id"], ["person.id"], name=op.f("fk_transmittal_sender_id")),
        sa.ForeignKeyConstraint(["to_org_id"], ["organisation.id"], name=op.f("fk_transmittal_to_org_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transmittal")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_transmittal_project_id_ref")),
    )
    with op.batch_alter_table("transmittal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transmittal_acknowledged_by_id"), ["acknowledged_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transmittal_from_org_id"), ["from_org_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transmittal_number"), ["number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_transmittal_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_transmittal_purpose_id"), ["purpose_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transmittal_sender_id"), ["sender_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transmittal_to_org_id"), ["to_org_id"], unique=False)

    op.create_table(
        "recipient",
        sa.Column("transmittal_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("organisation_id", sa.String(length=32), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=True),
        sa.Column("copy_no", sa.String(length=20), nullable=True),
        sa.Column("notified_on", sa.Date(), nullable=True),
        sa.Column("acknowledged_by_id", sa.String(length=32), nullable=True),
        sa.Column("acknowledged_on", sa.Date(), nullable=True),
        sa.Column("chased_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["acknowledged_by_id"], ["person.id"], name=op.f("fk_recipient_acknowledged_by_id")),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name=op.f("fk_recipient_organisation_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_recipient_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_recipient_project_id")),
        sa.ForeignKeyConstraint(["transmittal_id"], ["transmittal.id"], name=op.f("fk_recipient_transmittal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recipient")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_recipient_project_id_ref")),
    )
    with op.batch_alter_table("recipient", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recipient_acknowledged_by_id"), ["acknowledged_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recipient_organisation_id"), ["organisation_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_recipient_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_recipient_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_recipient_transmittal_id"), ["transmittal_id"], unique=False)

    op.create_table(
        "revision",
        sa.Column("document_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("revision_on", sa.Date(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=True),
        sa.Column("author_id", sa.String(length=32), nullable=True),
        sa.Column("checker_id", sa.String(length=32), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("forecast_on", sa.Date(), nullable=True),
        sa.Column("submitted_on", sa.Date(), nullable=True),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("return_code_id", sa.String(length=32), nullable=True),
        sa.Column("approved_by_id", sa.String(length=32), nullable=True),
        sa.Column("approved_on", sa.Date(), nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("superseded_by_id", sa.String(length=32), nullable=True),
        sa.Column("superseded_from", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["approved_by_id"], ["person.id"], name=op.f("fk_revision_approved_by_id")),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_revision_author_id")),
        sa.ForeignKeyConstraint(["checker_id"], ["person.id"], name=op.f("fk_revision_checker_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_revision_document_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_revision_project_id")),
        sa.ForeignKeyConstraint(["return_code_id"], ["pick.id"], name=op.f("fk_revision_return_code_id")),
        sa.ForeignKeyConstraint(["superseded_by_id"], ["revision.id"], name=op.f("fk_revision_superseded_by_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_revision")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_revision_project_id_ref")),
    )
    with op.batch_alter_table("revision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_revision_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_author_id"), ["author_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_checker_id"), ["checker_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_document_id"), ["document_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_revision_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_revision_return_code_id"), ["return_code_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_revision_superseded_by_id"), ["superseded_by_id"], unique=False)

    op.create_table(
        "comment",
        sa.Column("revision_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("page", sa.String(length=40), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("reviewer_id", sa.String(length=32), nullable=True),
        sa.Column("raised_on", sa.Date(), nullable=True),
        sa.Column("response", sa.Text(), nullable=True),
        sa.Column("responded_by_id", sa.String(length=32), nullable=True),
        sa.Column("responded_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("closed_by_id", sa.String(length=32), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("reopened", sa.Integer(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["closed_by_id"], ["person.id"], name=op.f("fk_comment_closed_by_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_comment_project_id")),
        sa.ForeignKeyConstraint(["responded_by_id"], ["person.id"], name=op.f("fk_comment_responded_by_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["person.id"], name=op.f("fk_comment_reviewer_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_comment_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_comment")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_comment_project_id_ref")),
    )
    with op.batch_alter_table("comment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_comment_closed_by_id"), ["closed_by_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_comment_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_comment_responded_by_id"), ["responded_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_reviewer_id"), ["reviewer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_comment_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "review",
        sa.Column("revision_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("reviewer_id", sa.String(length=32), nullable=True),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("return_code_id", sa.String(length=32), nullable=True),
        sa.Column("resubmit_due", sa.Date(), nullable=True),
        sa.Column("comments", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_review_project_id")),
        sa.ForeignKeyConstraint(["return_code_id"], ["pick.id"], name=op.f("fk_review_return_code_id")),
        sa.ForeignKeyConstraint(["reviewer_id"], ["person.id"], name=op.f("fk_review_reviewer_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_review_revision_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_review")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_review_project_id_ref")),
    )
    with op.batch_alter_table("review", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_review_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_review_return_code_id"), ["return_code_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_reviewer_id"), ["reviewer_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_review_revision_id"), ["revision_id"], unique=False)

    op.create_table(
        "transfer_error",
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("revision_id", sa.String(length=32), nullable=True),
        sa.Column("transmittal_id", sa.String(length=32), nullable=True),
        sa.Column("found_by_id", sa.String(length=32), nullable=True),
        sa.Column("found_on", sa.Date(), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("cause", sa.Text(), nullable=True),
        sa.Column("fixed_on", sa.Date(), nullable=True),
        sa.Column("void_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["found_by_id"], ["person.id"], name=op.f("fk_transfer_error_found_by_id")),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_transfer_error_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_transfer_error_project_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_transfer_error_revision_id")),
        sa.ForeignKeyConstraint(["transmittal_id"], ["transmittal.id"], name=op.f("fk_transfer_error_transmittal_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer_error")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_transfer_error_project_id_ref")),
    )
    with op.batch_alter_table("transfer_error", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_transfer_error_found_by_id"), ["found_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_error_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_transfer_error_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_transfer_error_revision_id"), ["revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transfer_error_transmittal_id"), ["transmittal_id"], unique=False)

    op.create_table(
        "transmittal_item",
        sa.Column("transmittal_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("revision_id", sa.String(length=32), nullable=True),
        sa.Column("document_no", sa.String(length=100), nullable=True),
        sa.Column("title", sa.String(length=500), nullable=True),
        sa.Column("code", sa.String(length=20), nullable=True),
        sa.Column("pages", sa.Integer(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("copies", sa.Integer(), nullable=True),
        sa.Column("form", sa.String(length=32), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_transmittal_item_project_id")),
        sa.ForeignKeyConstraint(["revision_id"], ["revision.id"], name=op.f("fk_transmittal_item_revision_id")),
        sa.ForeignKeyConstraint(
            ["transmittal_id"], ["transmittal.id"], name=op.f("fk_transmittal_item_transmittal_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transmittal_item")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_transmittal_item_project_id_ref")),
    )
    with op.batch_alter_table("transmittal_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_transmittal_item_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_transmittal_item_revision_id"), ["revision_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_transmittal_item_transmittal_id"), ["transmittal_id"], unique=False)

    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.add_column(sa.Column("return_code_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("approved_by_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("approved_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("box_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("lent_to_id", sa.String(length=32), nullable=True))
        batch_op.add_column(sa.Column("lent_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("lent_until", sa.Date(), nullable=True))
        batch_op.create_index(batch_op.f("ix_document_approved_by_id"), ["approved_by_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_box_id"), ["box_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_lent_to_id"), ["lent_to_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_document_return_code_id"), ["return_code_id"], unique=False)
        batch_op.create_foreign_key(batch_op.f("fk_document_lent_to_id"), "person", ["lent_to_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_document_box_id"), "box", ["box_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_document_return_code_id"), "pick", ["return_code_id"], ["id"])
        batch_op.create_foreign_key(batch_op.f("fk_document_approved_by_id"), "person", ["approved_by_id"], ["id"])

    add_first_revisions(UpgradeWork(op.get_bind()))
