"""Who signs the certificate of a system."""

from __future__ import annotations

from sqlalchemy.orm import Session

from handover.model.system import System


def signatory_of(session: Session, system: System) -> str | None:
    """The key of the person who signs a system's certificate: until there are certificates its operations lead."""
    return system.operations_lead_id
