"""The one direction of imports that CONTRIBUTING.md draws: import-linter's contracts, and what they must hold."""

from __future__ import annotations

import ast
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.sources import ROOT, modules, syntax


def imported(path: Path) -> set[str]:
    """The top-level packages that a module names, also inside its functions."""
    names = set()
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.partition(".")[0])
    return names


def test_contracts_are_kept() -> None:
    program = Path(sys.executable).with_name("lint-imports.exe" if sys.platform == "win32" else "lint-imports")

    done = subprocess.run([program, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_contracts_cover_every_package_of_the_core() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = " ".join(next(c["layers"] for c in settings["contracts"] if c["type"] == "layers"))
    leaves = {name for c in settings["contracts"] if c["type"] == "forbidden" for name in c["source_modules"]}

    packages = {f"handover.{path.parts[1]}" for path in modules("handover") if len(path.parts) > 2}

    assert packages <= {*layers.replace(":", " ").replace("|", " ").split(), *leaves}


@pytest.mark.parametrize("path", modules("handover"), ids=lambda path: path.as_posix())
def test_core_knows_no_qt_and_no_face(path: Path) -> None:
    allowed = {"ui"} if path.parts[:2] == ("handover", "cli") else set()  # the command that opens the window

    assert not imported(path) & ({"PySide6", "ui", "tests", "installer"} - allowed)


@pytest.mark.parametrize("path", modules("ui"), ids=lambda path: path.as_posix())
def test_face_writes_no_sql_and_opens_no_file_format(path: Path) -> None:
    formats = {"alembic", "openpyxl", "PIL", "pypdf", "pypdfium2", "python_calamine", "reportlab", "sqlite3"}
    from_the_database = {
        alias.name
        for node in ast.walk(syntax(path))
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] == "sqlalchemy"
        for alias in node.names
    }

    assert not imported(path) & formats
    assert from_the_database <= {"Connection"}, "a connection may be handed on, never spoken to"
