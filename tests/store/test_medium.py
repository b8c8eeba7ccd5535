"""Where a file lies is recognised, and on shares and in synced folders nothing lies beside it that could tear."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from handover.model import Document
from handover.store import Workspace
from handover.store import file as files
from handover.store.check import check
from tests.domain import a_project, a_row, a_workspace, beside


@pytest.mark.skipif(sys.platform != "linux", reason="reads the mounts of Linux")
@pytest.mark.parametrize("kind", ["nfs4", "cifs", "fuse.sshfs"])
def test_share_is_recognised_and_gets_no_write_ahead_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    share = tmp_path / "移交 share"
    share.mkdir()
    read = Path.read_text

    def mounts(self: Path, *args: str, **kw: str) -> str:
        if self == Path("/proc/mounts"):
            return f"/dev/sda1 / ext4 rw 0 0\nserver:/share {str(share).replace(' ', chr(92) + '040')} {kind} rw 0 0\n"
        return read(self, *args, **kw)

    monkeypatch.setattr(Path, "read_text", mounts)
    with a_workspace(share) as workspace:
        assert workspace.medium == "network"
        a_row(workspace, a_project(workspace), Document(title="Manual"))
        assert beside(workspace.path) == {workspace.path.name, f"{workspace.path.name}.lock"}
    assert check(workspace.path) == []


@pytest.mark.parametrize("folder", ["OneDrive - Plant", "Dropbox", "Nextcloud", "坚果云", "我的坚果云"])
def test_folder_of_a_sync_client_is_recognised(tmp_path: Path, folder: str) -> None:
    with a_workspace(tmp_path / folder) as workspace:
        assert workspace.medium == "synced"
    assert files.medium_of(tmp_path / "Drop" / "plant.handover") == "local"


def test_copies_travel_with_the_workspace(tmp_path: Path) -> None:
    from handover.store import copies

    with a_workspace(tmp_path / "Dropbox") as workspace:
        a_project(workspace)
    copy = copies.make(workspace.path, copies.DAILY)

    assert copy.parent.parent == workspace.path.parent
    with Workspace.open(copy) as opened:
        assert (opened.medium, opened.read_only) == ("synced", True)
