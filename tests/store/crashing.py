"""A program that works on a workspace until it is killed: ``crashing.py PATH WHAT``.

It prints a line for each act once that is stored, so that whoever kills it knows what must be there.
"""

from __future__ import annotations

import sys
from itertools import count
from pathlib import Path

from handover.model import Document, Task
from handover.store import Workspace, redo, undo


def main(path: Path, what: str) -> None:
    """Work for ever; ``what`` is ``edit``, ``import``, ``undo`` or ``copy``."""
    with Workspace.open(path) as workspace:
        project = workspace.project("P1").id
        for n in count(1):
            if what == "copy":
                workspace.save_copy(path.with_name("copy.handover"))
            elif what == "undo":
                undo(workspace)
                redo(workspace)
            else:
                with workspace.edit("Act", project=project) as work:
                    work.add(Task(name=f"{n}a"))
                    work.insert_many(Document, [{"title": f"{n}"} for _ in range(2000 if what == "import" else 1)])
                    work.add(Task(name=f"{n}b"))
            print(n, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
