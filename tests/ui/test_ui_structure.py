"""How the window is laid out: no two modules lean on each other, no two classes share a name."""

from __future__ import annotations

import ast
from collections import defaultdict

import grimp
import networkx

from tests.sources import modules, syntax


def test_no_modules_of_the_window_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph("ui", cache_dir=None)
    imports = networkx.DiGraph(
        (importer, imported)
        for importer in graph.modules
        for imported in graph.find_modules_directly_imported_by(importer)
    )

    assert [sorted(circle) for circle in networkx.strongly_connected_components(imports) if len(circle) > 1] == []


def test_no_public_class_of_the_window_has_the_name_of_another() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in modules("ui", "handover"):
        for node in syntax(path).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                places[node.name].append(path.as_posix())

    shared = {name: where for name, where in places.items() if len(where) > 1 and any("ui/" in w for w in where)}
    assert shared == {}
