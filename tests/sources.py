"""What tests about the code itself read: the tracked files and the calls in them."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = ("handover", "ui", "resources", "tests", "installer")


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is in the repository or about to be, relative to the top; all of a copy without git."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    if (ROOT / ".git").exists():
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode().split("\0")
    else:
        listed = [path.relative_to(ROOT).as_posix() for folder in FOLDERS for path in (ROOT / folder).rglob("*")]
    return tuple(sorted(Path(name) for name in listed if name and (ROOT / name).is_file()))


def modules(*folders: str) -> list[Path]:
    """The Python modules below some top-level folders."""
    return [path for path in project_files() if path.suffix == ".py" and path.parts[0] in folders]


@cache
def syntax(path: Path) -> ast.Module:
    """The syntax tree of a module named relative to the top."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))


@dataclass(frozen=True)
class Call:
    """A call in the source: of what name, where, with what."""

    name: str
    path: Path
    node: ast.Call

    @property
    def place(self) -> str:
        """File and line, as an editor opens them."""
        return f"{self.path.as_posix()}:{self.node.lineno}"


def calls(path: Path) -> Iterator[Call]:
    """Every call by a name or of a method in a module."""
    for node in ast.walk(syntax(path)):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield Call(node.func.id, path, node)
            elif isinstance(node.func, ast.Attribute):
                yield Call(node.func.attr, path, node)
