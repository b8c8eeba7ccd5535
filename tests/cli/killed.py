"""Runs one long job and says each of its steps, so that a test can kill it in the middle of a known one."""

import sys
from pathlib import Path

from handover.exchange.importing.apply import apply
from handover.exchange.importing.command import rehearse
from handover.pack.produce import make_pack
from handover.store.workspace import Workspace


def said(done: int, total: int, what: str) -> bool:
    print(f"{what}|{done}|{total}", flush=True)
    return sys.stdin.readline() != ""  # goes on only when the test says so


def main(job: str, workspace: Path, other: Path) -> None:
    with Workspace.open(workspace, "write" if job == "import" else "read") as opened:
        project = opened.only_project()
        if job == "import":
            apply(rehearse(opened, project, other), opened, said)
        else:
            make_pack(opened, project, other, progress=said)
    print("finished", flush=True)


main(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]))
