"""Columns that say the same of one revision after another: REV.0 Submit, REV.0 Reply, REV.1 Submit …"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from handover.exchange.notice import Notice
from handover.i18n import N_

_REVISION = re.compile(
    r"\s{0,20}(?:rev(?:ision)?|版次|版本|第)\W{0,3}(\d{1,2})\s{0,20}(?:版|次)?\W{0,20}(.*)", re.IGNORECASE
)


def revisions_beside(headings: Sequence[str]) -> list[int]:
    """The places of headings that repeat for revision after revision, none where there is but one."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for place, heading in enumerate(headings):
        if match := _REVISION.fullmatch(heading):
            found[match[2].casefold().strip()][match[1]] = place
    return sorted(place for places in found.values() if len(places) > 1 for place in places.values())


def sideways_notice(first: str, last: str) -> Notice:
    """What to say of such columns; ``first`` and ``last`` are their headings."""
    return Notice(
        N_(
            "The columns from “{first}” to “{last}” hold one revision after another. They aren't taken: a row becomes "
            "one document, its revisions don't become rows of their own."
        ),
        {"first": first, "last": last},
    )
