"""Puts the compiled catalogue into the wheel, so that an installed program need not compile it."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogue(BuildHookInterface[Any]):  # hatchling leaves the type of its configuration open
    """Compiles the ``.po`` files of a language to the one ``.mo`` that the program reads."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile before the wheel is put together; ``version`` is the wheel's kind."""
        sys.path.insert(0, self.root)
        from handover.i18n import compile_catalogue

        self.scratch = tempfile.TemporaryDirectory()
        for folder in Path(self.root, "resources", "locale").glob("*/LC_MESSAGES"):
            compiled = Path(self.scratch.name, f"{folder.parent.name}.mo")
            compiled.write_bytes(compile_catalogue(sorted(folder.glob("*.po"))))
            build_data["force_include"][str(compiled)] = f"{folder.relative_to(self.root).as_posix()}/handover.mo"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the compiled files; the wheel has its own copy."""
        self.scratch.cleanup()
