"""The sample in a language on a day, built once in a run, whichever of its workers asks first."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from handover import sample

#: The files' own day, days around it, a leap day, the last day of a year with 53 weeks, and a day before them all.
DAYS = ("2026-11-16", "2026-11-22", "2028-02-29", "2032-12-31", "2026-02-17")


def a_sample(factory: pytest.TempPathFactory, language: str, day: str = DAYS[1]) -> Path:
    """A copy of the sample that is the caller's own."""
    name = f"{language}.handover"
    # The workers of a run have folders beside each other; https://pytest-xdist.readthedocs.io/en/stable/how-to.html
    own = factory.getbasetemp()
    kept = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "samples" / f"{language}-{day}"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        made = factory.mktemp("making")
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("HANDOVER_TODAY", day)
            sample.build(made / name, language)
        with suppress(OSError):  # another worker has finished its own meanwhile
            made.rename(kept)
    return shutil.copytree(kept, factory.mktemp("sample") / "copy") / name
