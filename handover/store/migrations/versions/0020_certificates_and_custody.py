"""Certificates and custody.

Systems keep who has them; without a certificate that says so it counts as recorded before certificates. Projects get
the kinds of certificates.
"""

import sqlalchemy as sa
from alembic import op

from handover.store.upgrading.certificate_kinds import bring_kinds
from handover.store.upgrading.logged import UpgradeWork

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "certificate",
        sa.Column("number", sa.String(length=100), nullable=True),
        sa.Column("kind_id", sa.String(length=32), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=False),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("scope", sa.Text(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("documents", sa.Text(), nullable=True),
        sa.Column("keys_handed", sa.Text(), nullable=True),
        sa.Column("meter_readings", sa.Text(), nullable=True),
        sa.Column("insurance", sa.Text(), nullable=True),
        sa.Column("warranty_from", sa.Date(), nullable=True),
        sa.Column("place", sa.String(length=200), nullable=True),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("effective_on", sa.Date(), nullable=True),
        sa.Column("taken_back", sa.Integer(), nullable=True),
        sa.Column("taken_back_because", sa.Text(), nullable=True),
        sa.Column("voided_on", sa.Date(), nullable=True),
        sa.Column("void_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["kind_id"], ["pick.id"], name=op.f("fk_certificate_kind_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_certificate_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_certificate_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_certificate_project_id_ref")),
    )
    with op.batch_alter_table("certificate", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_kind_id"), ["kind_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_number"), ["number"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_certificate_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_certificate_system_id"), ["system_id"], unique=False)

    op.create_table(
        "certificate_exception",
        sa.Column("certificate_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("about_table", sa.String(length=40), nullable=True),
        sa.Column("about_id", sa.String(length=32), nullable=True),
        sa.Column("about_ref", sa.String(length=20), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=True),
        sa.Column("owner_id", sa.String(length=32), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("measure", sa.Text(), nullable=True),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_exception_certificate_id")
        ),
        sa.ForeignKeyConstraint(["owner_id"], ["person.id"], name=op.f("fk_certificate_exception_owner_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_certificate_exception_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_certificate_exception_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_exception")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_certificate_exception_project_id_ref")),
    )
    with op.batch_alter_table("certificate_exception", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_exception_about_id"), ["about_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_exception_certificate_id"), ["certificate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_certificate_exception_owner_id"), ["owner_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_certificate_exception_project_id_deleted_at_id"),
            ["project_id", "deleted_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_certificate_exception_system_id"), ["system_id"], unique=False)

    op.create_table(
        "certificate_system",
        sa.Column("certificate_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("system_id", sa.String(length=32), nullable=False),
        sa.Column("held_before", sa.String(length=32), nullable=True),
        sa.Column("held_after", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["certificate_id"], ["certificate.id"], name=op.f("fk_certificate_system_certificate_id")
        ),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_certificate_system_project_id")),
        sa.ForeignKeyConstraint(["system_id"], ["system.id"], name=op.f("fk_certificate_system_system_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_certificate_system")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_certificate_system_project_id_ref")),
    )
    with op.batch_alter_table("certificate_system", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_certificate_system_certificate_id"), ["certificate_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_certificate_system_project_id_deleted_at_id"),
            ["project_id", "deleted_at", "id"],
            unique=False,
        )
        batch_op.create_index(batch_op.f("ix_certificate_system_system_id"), ["system_id"], unique=False)

    op.create_table(
        "signature",
        sa.Column("certificate_id", sa.String(length=32), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("sign_seq", sa.Integer(), nullable=True),
        sa.Column("side", sa.String(length=32), nullable=True),
        sa.Column("role_id", sa.String(length=32), nullable=True),
        sa.Column("person_id", sa.String(length=32), nullable=True),
        sa.Column("status", sa.String(length=32), nullable=False),
        sa.Column("signed_name", sa.String(length=100), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("drawn", sa.Text(), nullable=True),
        sa.Column("remark", sa.Text(), nullable=True),
        sa.Column("unsigned_because", sa.Text(), nullable=True),
        sa.Column("notes", sa.Text(), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.Column("project_id", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["certificate_id"], ["certificate.id"], name=op.f("fk_signature_certificate_id")),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_signature_person_id")),
        sa.ForeignKeyConstraint(["project_id"], ["project.id"], name=op.f("fk_signature_project_id")),
        sa.ForeignKeyConstraint(["role_id"], ["pick.id"], name=op.f("fk_signature_role_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_signature")),
        sa.UniqueConstraint("project_id", "ref", name=op.f("uq_signature_project_id_ref")),
    )
    with op.batch_alter_table("signature", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_signature_certificate_id"), ["certificate_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_signature_person_id"), ["person_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_signature_project_id_deleted_at_id"), ["project_id", "deleted_at", "id"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_signature_role_id"), ["role_id"], unique=False)

    bring_kinds(UpgradeWork(op.get_bind()))
