"""Reads the real files of the corpus without any correction and holds them against what somebody saw in them.

``python -m tests.corpus`` prints a line for each file and how many of how many are read right.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Read:
    """What was found in a file, and in what it differs from the expectation."""

    name: str
    summary: str
    differences: tuple[str, ...]


def expectations() -> dict[str, dict[str, Any]]:
    """What a person saw in each file."""
    loaded: dict[str, dict[str, Any]] = json.loads((HERE / "expectations.json").read_text(encoding="utf-8"))
    return loaded


def read(corpus: Path, name: str, expected: dict[str, Any]) -> Read:
    """Import a file into an empty project and compare."""
    from handover.errors import HandoverError
    from handover.exchange.columns.memory import Memory
    from handover.exchange.importing.apply import apply
    from handover.exchange.importing.command import Asked, rehearse
    from handover.model import Project
    from handover.store.workspace import Workspace

    with tempfile.TemporaryDirectory() as place, Workspace.create(Path(place) / "corpus.handover") as workspace:
        with workspace.edit("corpus") as work:
            work.add(Project(code="C", name="Corpus"))
        project = workspace.projects()[0]
        try:
            run = rehearse(workspace, project, corpus / name, Asked(expected["register"]))
            found = _found(run)
            apply(run, workspace, memory=Memory(Path(place) / "mappings.json"))
            again = rehearse(workspace, project, corpus / name, Asked(run.register.key))
        except HandoverError as error:
            return Read(name, str(error), (str(error),))
        found["doubled"] = again.rows["new"] + again.rows["changed"]
    differences = tuple(_differences(expected, found))
    rows = found["rows"]
    summary = (
        f"{found['origin']}; sheet {found['sheet']!r}, header row {found['header_row']}; "
        f"{len(found['columns'])} columns; {rows['new']} taken, {rows['skipped']} skipped, {rows['error']} in error"
    )
    return Read(name, summary, differences)


def _found(run: Any) -> dict[str, Any]:
    columns = {m.heading: m.field for m in run.mapping.columns if m.field}
    incoming, judgement = run.found.incoming, run.found.judgement
    own = [p for p in range(len(run.found.keys)) if p not in incoming.made]
    fresh = [judgement.fresh[p] for p in own if p in judgement.fresh]
    predecessors = run.found.predecessors
    return {
        "origin": run.file.origin.program,
        "sheet": run.file.sheet,
        "header_row": run.file.header_row,
        "columns": columns,
        "rows": run.rows,
        "depths": dict(Counter(str(run.found.tree.depths[p]) for p in own)) if run.found.tree else {},
        "links": sum(len(w or ()) for w in predecessors.wanted) if predecessors else 0,
        "milestones": sum(values.get("kind") == "milestone" for values in fresh),
        "summaries": len(run.summaries) or sum(values.get("kind") == "summary" for values in fresh),
        "first": {k: str(v)[:10] if hasattr(v, "year") else v for k, v in fresh[0].items()} if fresh else {},
    }


def _differences(expected: dict[str, Any], found: dict[str, Any]) -> Iterator[str]:
    for key in ("origin", "sheet", "header_row", "depths", "links", "milestones", "summaries"):
        if key in expected and expected[key] != found[key]:
            yield f"{key}: expected {expected[key]!r}, found {found[key]!r}"
    for heading, field in expected["columns"].items():
        if found["columns"].get(heading) != field:
            yield f"column {heading!r}: expected {field}, found {found['columns'].get(heading)}"
    for outcome, count in expected["rows"].items():
        if found["rows"][outcome] != count:
            yield f"{outcome}: expected {count} rows, found {found['rows'][outcome]}"
    for field, value in expected.get("first", {}).items():
        if found["first"].get(field) != value:
            yield f"{field} of the first row: expected {value!r}, found {found['first'].get(field)!r}"
    if found["doubled"]:
        yield f"the second import of the same file would touch {found['doubled']} rows"
