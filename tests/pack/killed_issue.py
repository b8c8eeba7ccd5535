"""Issues a paper and dies in the middle: ``python -m tests.pack.killed_issue WORKSPACE MOMENT``."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from handover.pack import issuing
from handover.registers.chapter import PaperKind
from handover.store import log
from handover.store.files.blobs import TakingIn
from handover.store.workspace import Workspace
from tests.pack.sample import a_pack

PLACES: dict[str, tuple[Any, str, bool]] = {
    "reading": (issuing, "freeze", False),
    "printed": (issuing, "write_pdf", True),
    "kept": (TakingIn, "take", True),
    "committing": (log, "write", True),
}


def die_at(moment: str) -> None:
    """Die before or after the function of a moment."""
    owner, name, after = PLACES[moment]
    real = getattr(owner, name)

    def dying(*args: Any, **values: Any) -> Any:
        if after:
            real(*args, **values)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(owner, name, dying)


if __name__ == "__main__":
    die_at(sys.argv[2])
    with Workspace.open(Path(sys.argv[1])) as opened:
        project = opened.only_project()
        issuing.issue(opened, project.id, a_pack(5, 5), PaperKind("pack", "{project}-HP-{n:03}"))
