"""The drawing child, but for a file whose name says that it kills whoever draws it."""

from __future__ import annotations

import os
from typing import Any

from handover.preview import child


def main() -> int:
    draw = child._JOBS["page"]

    def page(job: dict[str, Any], out: Any) -> None:
        if "deadly" in job["path"]:
            os._exit(9)
        draw(job, out)

    child._JOBS["page"] = page
    return child.main()
