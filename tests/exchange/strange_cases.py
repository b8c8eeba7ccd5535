"""Small inputs of the kinds that strangers' files brought, each with what is right for it, and a run of one.

The inputs lie in ``tests/exchange/cases`` with ``expected.toml``, which says how to read it.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from handover.cli.__main__ import main
from handover.registers.catalogue import register

CASES = Path(__file__).resolve().parent / "cases"
#: The day on which the inputs are read; their dates lie around it.
TODAY = "2026-11-28"
#: The registers whose rows others name by their references.
_NAMED_BY_REF = ("people", "systems", "organisations")


@cache
def expected() -> dict[str, dict[str, Any]]:
    """What is right for each input, by its name without the ending."""
    return tomllib.loads((CASES / "expected.toml").read_text(encoding="utf-8"))


def faults(name: str, folder: Path) -> list[str]:
    """In what the import of an input differs from what is right; empty where it is right.

    Args:
        folder: an empty one for the workspace.
    """
    right = expected()[name]
    path = next(p for p in CASES.iterdir() if p.stem == name)
    workspace = folder / "cases.handover"
    fixed = {"HANDOVER_TODAY": TODAY, "HANDOVER_HOME": str(folder / "home"), "HANDOVER_LANGUAGE": "en"}
    before = {key: os.environ.get(key) for key in fixed}
    os.environ.update(fixed)
    try:
        _run("new", workspace, "--code", "P", "--name", "P")
        code, out, err = _run("import", path, "--into", workspace, "--project", "P", "--register", right["register"],
                              "--json")  # fmt: skip
        return list(_compared(right, workspace, code, out, err))
    finally:
        for key, value in before.items():
            os.environ.pop(key) if value is None else os.environ.update({key: value})


def _run(*words: object) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main([str(w) for w in words])
        except SystemExit as left:
            return int(left.code or 0), out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


def _compared(right: dict[str, Any], workspace: Path, code: int, out: str, err: str) -> Iterator[str]:
    if "refused" in right:
        if code not in (3, 5) or right["refused"] not in err:
            yield f"should be refused with “{right['refused']}”; exit code {code}, {err.strip()!r}"
        return
    if code not in (0, 1):
        yield f"exit code {code}: {err.strip()!r}"
        return
    data = json.loads(out)
    yield from _compared_run(right, data)
    if "rows" in right:
        yield from _compared_rows(right, workspace)
    if "schedule" in right:
        found = json.loads(_run("schedule", workspace, "--project", "P", "--json")[1])
        shown = [[f["name"], f["early_start"][:10], f["early_finish"][:10]] for f in found]
        if shown != right["schedule"]:
            yield f"schedule: {shown}"


def _compared_run(right: dict[str, Any], data: dict[str, Any]) -> Iterator[str]:
    for key, wanted in (("new", right["new"]), ("error", right.get("error", 0))):
        if data["rows"][key] != wanted:
            yield f"{key}: {data['rows'][key]}, right are {wanted}"
    if "sheet" in right and data["sheet"] != right["sheet"]:
        yield f"sheet: {data['sheet']}"
    if "header" in right and (data["header_row"] or 0) != right["header"]:
        yield f"headings in row {data['header_row']}"
    fields = {c["heading"]: c["field"] or "" for c in data["columns"]}
    for heading, field in right.get("columns", {}).items():
        if fields.get(heading) != field:
            yield f"column {heading}: {fields.get(heading)!r}, right is {field!r}"
    made = sorted(m["name"] for m in data["made"])
    if "made" in right and made != sorted(right["made"]):
        yield f"made: {made}"
    if both := set(made) & set(right.get("nobody", ())):
        yield f"made: {sorted(both)}"
    if "told" in right and not any(right["told"] in said for said in data["notices"]):
        yield f"nothing is said of “{right['told']}”: {data['notices']}"
    if "other_lists" in right and len(data["other_lists"]) != right["other_lists"]:
        yield f"other lists: {data['other_lists']}"


def _compared_rows(right: dict[str, Any], workspace: Path) -> Iterator[str]:
    rows = _listed(workspace, right["register"])
    others = [row for key in _NAMED_BY_REF for row in _listed(workspace, key)]
    called = {row["ref"]: str(row.get("name") or row.get("title") or row.get("code")) for row in [*others, *rows]}
    picked = [register(right["register"])[field].pick for field in right["fields"]]
    words = _words_of_entries(workspace) if any(picked) else {}
    shown = [[_shown(row[field], called) for field in right["fields"]] for row in rows]
    if len(shown) != len(right["rows"]):
        yield f"{len(shown)} rows, right are {len(right['rows'])}: {[row[0] for row in shown]}"
        return
    for found, wanted in zip(shown, right["rows"], strict=True):
        pairs = zip(found, wanted, picked, strict=True)
        if not all(f == w or (of_list and w.casefold() in words.get(f, ())) for f, w, of_list in pairs):
            yield f"{found}, right is {wanted}"


def _words_of_entries(workspace: Path) -> dict[str, list[str]]:
    """What the entries of lists are called, by their codes."""
    words: dict[str, list[str]] = {}
    for each in _listed(workspace, "picks"):
        also = str(each["also"] or "").split(";")
        words.setdefault(each["code"], []).extend(str(word).strip().casefold() for word in (each["en"], *also))
    return words


def _listed(workspace: Path, key: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = json.loads(_run("list", workspace, key, "--project", "P", "--json")[1])
    return listed


def _shown(value: object, called: dict[str, str]) -> str:
    """A value as the expectations write it; references of rows as their names."""
    text = "" if value is None else str(value)
    return called.get(text, text)
