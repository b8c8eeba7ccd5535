"""The scales of loss risk as lists of the site; sessions count their invitations."""

import sqlalchemy as sa
from alembic import op

from handover.store.upgrading.logged import UpgradeWork
from handover.store.upgrading.risk_scales import bring_scales

revision = "0024"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("transfer_session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("invitation", sa.Integer(), nullable=True))

    bring_scales(UpgradeWork(op.get_bind()))
