"""What migration 0020 does: the projects that have lists get that of the kinds of certificates.

Systems keep their custody as it is: what no certificate says was recorded before there were any.
"""

from __future__ import annotations

from handover.i18n import N_
from handover.model.picks.templates import FIRST, pick_template
from handover.store.upgrading.logged import UpgradeWork

_LIST = "certificate_kind"
#: An industry whose kinds know the care of operations.
_WITH_CARE = "power_unit"


def bring_kinds(work: UpgradeWork) -> None:
    """Give each project that has lists the kinds of certificates; where a system is in care, that kind, too."""
    for project in work.projects():
        has_lists = work.rows("pick", "id", "project_id=?", (project,))
        if not has_lists or work.rows("pick", "id", "project_id=? AND list=?", (project, _LIST)):
            continue
        in_care = work.rows("system", "id", "project_id=? AND custody='care_custody'", (project,))
        template = pick_template(_WITH_CARE if in_care else FIRST)
        work.insert(project, "pick", "PCK", [each.values() for each in template.entries if each.list == _LIST])
    work.finish(N_("Bring the kinds of certificates"))
