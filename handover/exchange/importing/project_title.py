"""What a list calls its project, before there is a workspace into which it is imported."""

from __future__ import annotations

import re
from pathlib import Path

from handover.exchange.lists.import_file import open_import
from handover.jobs import Progress, unattended

#: What the title of a list says of its kind rather than of its project, at the end.
_KIND = re.compile(
    r"[\s:：,，–-]{0,9}(?:(?:master|project|overall)\s{1,9})?"
    r"(?:gantt(?:\s{1,9}chart)?|schedule|plan|task list|programme)\s{0,9}$"
    r"|[\s:：-]{0,9}(?:项目|总体|施工|工程)?(?:进度计划|实施计划|总计划|计划|甘特图|任务清单|任务表|进度)表?\s{0,9}$",
    re.IGNORECASE,
)
_LONGEST = 120


def project_title(path: Path, progress: Progress = unattended) -> str:
    """The title above the list in a file, without the word for its kind; the file's name where it has none.

    Raises:
        UnusableFile: it can't be read.
        Cancelled: the user stopped it.
    """
    file = open_import(path, progress)
    title = "" if file.is_plan else file.best(None, progress=progress).table.title
    plain = _KIND.sub("", " ".join(title.split()))
    return plain if 2 < len(plain) <= _LONGEST else path.stem
