"""Letting go of the contents of files that neither a workspace nor a copy of it mentions any more."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from handover.errors import HandoverError
from handover.store.copies import copies
from handover.store.files.blobs import Blobs


def collect(workspace: Path, blobs: Blobs, mentioned_here: Collection[str]) -> int:
    """Let go of the contents that neither a workspace nor a copy of it mentions; returns how many went.

    Nothing goes while one of the copies can't be read: it may yet be salvaged. Only right after an act that can't be
    undone, since undo and redo bring rows back.
    """
    kept = set(mentioned_here)
    if all(sha256 in kept for sha256, _ in blobs.contents()):
        return 0  # the usual case: no copy needs to be looked into
    try:
        for copy in copies.copies_of(workspace):
            kept |= copies.files_of(copy)
    except HandoverError:
        return 0
    return blobs.sweep(kept)
