"""No two modules import each other, directly or around; no class name stands for two things; no folder is crowded."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict

import grimp
import networkx

from tests.sources import modules, syntax

#: The packages whose circles are opened and whose names are told apart.
PACKAGES = ("handover", "ui", "installer")

#: How many modules a folder holds at most: what one takes in at a glance.
CROWDED = 32


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph(*PACKAGES, cache_dir=None)
    imports = networkx.DiGraph(
        (module, other) for module in graph.modules for other in graph.find_modules_directly_imported_by(module)
    )

    circles = [sorted(circle) for circle in networkx.strongly_connected_components(imports) if len(circle) > 1]

    assert circles == []


def test_a_class_name_stands_once_in_the_tree() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in (path for package in PACKAGES for path in modules(package)):
        for node in ast.walk(syntax(path)):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(path.as_posix())

    assert {name: where for name, where in places.items() if len(where) > 1} == {}


def test_no_folder_is_crowded() -> None:
    folders = Counter(path.parent.as_posix() for package in PACKAGES for path in modules(package))

    assert {folder: n for folder, n in folders.items() if n > CROWDED} == {}
