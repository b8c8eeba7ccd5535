"""Where the files of strangers lie: workbooks and plans that are no part of the project."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.sources import ROOT

#: ``HANDOVER_CORPUS`` names the folder; else it is ``shared/corpus`` beside the repository.
CORPUS = Path(os.environ.get("HANDOVER_CORPUS") or ROOT.parent / "shared" / "corpus")

needs_corpus = pytest.mark.skipif(not CORPUS.is_dir(), reason="the files of strangers are not here")
