"""Where a file lies is recognised, and on shares and in synced folders nothing lies beside it that could tear."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from handover.model import Document
from handover.store import Workspace
from handover.store.checking.check import check
from handover.store.files import medium
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


@pytest.mark.parametrize(
    ("folder", "client"),
    [
        ("OneDrive - Plant", "OneDrive"),
        ("Dropbox", "Dropbox"),
        ("Nextcloud", "Nextcloud"),
        ("坚果云", "坚果云"),
        ("我的坚果云", "坚果云"),
        ("Google Drive/My Drive", "Google Drive"),
        ("CloudStorage/GoogleDrive-li.na@example.com", "Google Drive"),
        ("WPS云盘", "WPS 云盘"),
        ("WPSDrive/123", "WPS 云盘"),
        ("Box", "Box"),
        ("Box Sync", "Box"),
        ("CloudStorage/Box-Box", "Box"),
        ("SynologyDrive", "Synology Drive"),
        ("百度网盘同步空间", "百度网盘"),
        ("BaiduSyncdisk", "百度网盘"),
        ("Syncthing", "Syncthing"),
        ("iCloudDrive", "iCloud Drive"),
        ("Mobile Documents/com~apple~CloudDocs", "iCloud Drive"),
    ],
)
def test_folder_of_a_sync_client_is_recognised_and_named(tmp_path: Path, folder: str, client: str) -> None:
    path = tmp_path / folder / "plant.handover"

    assert (medium.medium_of(path), medium.sync_client_of(path)) == ("synced", client)


@pytest.mark.parametrize("folder", ["Drop", "Boxes", "Toolbox", "Black Box", "drive", "wps"])
def test_other_folders_are_not_taken_for_one(tmp_path: Path, folder: str) -> None:
    assert medium.medium_of(tmp_path / folder / "plant.handover") == "local"


@pytest.mark.parametrize(("mark", "client"), [(".stfolder", "Syncthing"), (".dropbox.cache", "Dropbox")])
def test_mark_of_a_sync_client_above_the_file_is_seen(tmp_path: Path, mark: str, client: str) -> None:
    (tmp_path / mark).mkdir()

    assert medium.sync_client_of(tmp_path / "site" / "plans" / "plant.handover") == client


def test_folder_that_the_system_names_as_synced_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path))

    assert medium.sync_client_of(tmp_path / "plant.handover") == "OneDrive"
    assert medium.sync_client_of(tmp_path.parent / "plant.handover") == ""


def test_copies_travel_with_the_workspace(tmp_path: Path) -> None:
    from handover.store.copies import copies, copying

    with a_workspace(tmp_path / "Dropbox") as workspace:
        a_project(workspace)
    copy = copying.make(workspace.path, copies.DAILY)

    assert copy.parent.parent == workspace.path.parent
    with Workspace.open(copy) as opened:
        assert (opened.medium, opened.read_only) == ("synced", True)
