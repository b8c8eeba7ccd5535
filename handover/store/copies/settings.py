"""What the user has chosen for copies, for window and commands: a second folder, and how much space they may take."""

from __future__ import annotations

import contextlib
import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from platformdirs import user_config_path

from handover.plain_file import text_of
from handover.replacing import replacing

#: How many bytes the copies of one workspace take at most, unless somebody has chosen otherwise.
MOST = 2_500_000_000
LEAST = 10_000_000


@dataclass(frozen=True, slots=True)
class CopySettings:
    """The choices.

    Attributes:
        second: the folder that gets every copy, too; empty for none.
        most: how many bytes the copies of a workspace may take in a folder.
        trouble: why the last copy into the second folder failed, as it was told; empty once one has worked.
    """

    second: str = ""
    most: int = MOST
    trouble: str = ""


def load() -> CopySettings:
    """The choices; the usual ones where there are none or they can't be read."""
    try:
        found = json.loads(text_of(_place()))
        read = CopySettings(str(found["second"]), int(found["most"]), str(found["trouble"]))
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return CopySettings()
    return replace(read, most=max(LEAST, read.most))


def save(settings: CopySettings) -> None:
    """Keep the choices. Raises HandoverError when the folder of settings can't be written."""
    place = _place()
    with contextlib.suppress(OSError):  # where that fails, so does the writing, and says it
        place.parent.mkdir(parents=True, exist_ok=True)
    with replacing(place) as part:
        part.write_text(json.dumps(asdict(settings), ensure_ascii=False), encoding="utf-8")


def _place() -> Path:
    home = os.environ.get("HANDOVER_HOME")
    return (Path(home) if home else user_config_path("handover", appauthor=False)) / "copies.json"
