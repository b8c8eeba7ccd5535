"""The medium on which a workspace lies: a disk of this machine, a share, or a folder that a sync client watches."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Medium = Literal["local", "network", "synced"]


@dataclass(frozen=True, slots=True)
class SyncClient:
    """A program that copies a folder to other machines while one works in it.

    Attributes:
        name: as its users know it.
        parts: what the name of its folder contains, in lower case.
        exact: names that its folder has, whole, in lower case.
        begins: how the name of its folder begins, in lower case.
        marks: files or folders that it keeps in the folder that it watches.
        variables: the environment in which it names its folder.
    """

    name: str
    parts: tuple[str, ...] = ()
    exact: frozenset[str] = frozenset()
    begins: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()
    variables: tuple[str, ...] = ()


_CLIENTS = (
    SyncClient("OneDrive", ("onedrive",), variables=("OneDrive", "OneDriveCommercial", "OneDriveConsumer")),
    SyncClient("Dropbox", ("dropbox",), marks=(".dropbox.cache", ".dropbox")),
    SyncClient("Google Drive", ("googledrive", "google drive", "google 云端硬盘"), marks=(".tmp.drivedownload",)),
    SyncClient("iCloud Drive", ("mobile documents", "iclouddrive", "icloud drive", "com~apple~clouddocs")),
    SyncClient("WPS 云盘", ("wpsdrive", "wps cloud", "wps云", "wps网盘", "wps 云", "wps 网盘")),
    SyncClient("百度网盘", ("百度网盘", "百度云同步", "baidusync", "baidunetdisk", "baiduyun")),
    SyncClient("坚果云", ("nutstore", "坚果云")),
    SyncClient("Synology Drive", ("synologydrive", "synology drive", "cloudstation"), marks=(".SynoDrive",)),
    SyncClient("Syncthing", exact=frozenset({"syncthing"}), marks=(".stfolder",)),
    SyncClient("Nextcloud", ("nextcloud", "owncloud"), marks=(".nextcloudsync.log", ".owncloudsync.log")),
    SyncClient("Box", ("box sync",), frozenset({"box"}), ("box-box",)),
    SyncClient("腾讯微云", ("微云同步", "weiyun")),
    SyncClient("MEGA", ("megasync",), frozenset({"mega"}), marks=(".megaignore",)),
    SyncClient("pCloud", ("pclouddrive", "pcloud drive", "pcloudsync")),
    SyncClient("Seafile", exact=frozenset({"seafile", "seadrive"})),
)
#: Where macOS keeps the folders of sync clients, whichever they are.
_STORAGE = "cloudstorage"

_NETWORK_TYPES = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "fuse.sshfs", "9p", "webdav", "fuse.davfs"}
#: Mounts of sync clients that look like a disk.
_SYNCED_TYPES = {"fuse.rclone", "fuse.google-drive-ocamlfuse", "fuse.onedriver", "fuse.pcloud", "fuse.seadrive"}

#: How the kernel writes a blank or a backslash in the name of a folder.
_OCTAL = re.compile(r"\\([0-7]{3})")


def medium_of(path: Path) -> Medium:
    """Whether the file lies on a disk of this machine, on a share, or in a folder that a sync client watches."""
    if sync_client_of(path):
        return "synced"
    return "network" if _on_network(path.absolute().parent) else "local"


def sync_client_of(path: Path) -> str:
    """The name of the sync client that watches the folder of a file; empty where none is known."""
    folder = path.absolute().parent
    for client in _CLIENTS:
        if any(_named_by(client, part.casefold()) for part in folder.parts):
            return client.name
    for client in _CLIENTS:
        if _in_variables(client, folder) or _marked(client, folder):
            return client.name
    below = [part.casefold() for part in folder.parts]
    if _STORAGE in below[:-1] and sys.platform == "darwin":
        return folder.parts[below.index(_STORAGE) + 1]
    kind = _mounted_as(folder) if sys.platform == "linux" else ""
    return kind.removeprefix("fuse.") if kind in _SYNCED_TYPES else ""


def _named_by(client: SyncClient, part: str) -> bool:
    return part in client.exact or part.startswith(client.begins) or any(word in part for word in client.parts)


def _in_variables(client: SyncClient, folder: Path) -> bool:
    named = (os.environ.get(variable, "") for variable in client.variables)
    return any(folder.is_relative_to(root) for root in named if root)


def _marked(client: SyncClient, folder: Path) -> bool:
    return any((above / mark).exists() for above in (folder, *folder.parents) for mark in client.marks)


def _on_network(folder: Path) -> bool:
    if sys.platform == "win32":
        import ctypes

        drive_remote = 4
        kind: int = ctypes.windll.kernel32.GetDriveTypeW(folder.drive + "\\")
        return str(folder).startswith("\\\\") or kind == drive_remote
    elif sys.platform == "linux":
        return _mounted_as(folder) in _NETWORK_TYPES
    else:
        return folder.is_relative_to("/Volumes") and Path("/Volumes").stat().st_dev != folder.stat().st_dev


def _mounted_as(folder: Path) -> str:
    """The kind of file system on which a folder lies, as Linux names it; empty where it can't be told."""
    try:
        lines = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return ""
    mounts = [(_OCTAL.sub(lambda code: chr(int(code[1], 8)), at), kind) for _, at, kind, *_ in map(str.split, lines)]
    best = max((m for m in mounts if folder.is_relative_to(m[0])), key=lambda m: len(m[0]), default=("", ""))
    return best[1]
