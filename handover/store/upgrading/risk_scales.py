"""What migration 0024 does: the projects that have lists get the scales and bands of loss risk."""

from __future__ import annotations

from handover.i18n import N_
from handover.model.picks.templates import FIRST, pick_template
from handover.store.upgrading.logged import UpgradeWork

_LISTS = ("loss_band", "attrition_scale", "position_scale")


def bring_scales(work: UpgradeWork) -> None:
    """Give each project that has lists those of loss risk."""
    for project in work.projects():
        has_lists = work.rows("pick", "id", "project_id=?", (project,))
        for name in _LISTS if has_lists else ():
            if not work.rows("pick", "id", "project_id=? AND list=?", (project, name)):
                shipped = [each.values() for each in pick_template(FIRST).entries if each.list == name]
                work.insert(project, "pick", "PCK", shipped)
    work.finish(N_("Bring the scales of loss risk"))
