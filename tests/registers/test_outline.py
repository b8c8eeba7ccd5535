from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from handover.errors import NotLawful
from handover.model import Project, Task
from handover.registers import outline
from handover.store.undo import undo
from handover.store.workspace import Workspace


def tree(workspace: Workspace, project: str) -> list[tuple[str, int, str | None]]:
    from sqlalchemy import select

    with workspace.read() as connection:
        query = select(Task.id, Task.name, Task.depth, Task.parent_id).where(Task.project_id == project)
        rows = connection.execute(query.order_by(Task.position, Task.id)).all()
    names = {r.id: r.name for r in rows}
    return [(r.name, r.depth, names.get(r.parent_id)) for r in rows]


def plan(tmp_path: Path, names: str = "ABCDEF") -> tuple[Workspace, str, dict[str, str]]:
    workspace = Workspace.create(tmp_path / "outline.handover")
    with workspace.edit("Project") as work:
        project = work.add(Project(code="P", name="P"))
    with workspace.edit("Tasks", project=project.id) as work:
        made = {n: work.add(Task(name=n, position=float(i))).id for i, n in enumerate(names)}
    return workspace, project.id, made


def test_indent_outdent_and_move_take_the_parts_along(tmp_path: Path) -> None:
    workspace, project, ids = plan(tmp_path)
    with workspace:
        outline.indent(workspace, project, [ids["B"], ids["C"]])
        outline.indent(workspace, project, [ids["C"]])
        assert tree(workspace, project)[:3] == [("A", 0, None), ("B", 1, "A"), ("C", 2, "B")]
        outline.move(workspace, project, [ids["A"]], ids["F"])
        assert [t[0] for t in tree(workspace, project)] == list("DEABCF")
        outline.outdent(workspace, project, [ids["B"]])
        assert ("B", 0, None) in tree(workspace, project)
        assert ("C", 1, "B") in tree(workspace, project)
        outline.move_by(workspace, project, [ids["B"]], -1)
        assert [t[0] for t in tree(workspace, project)] == list("DEBCAF")
        outline.move_by(workspace, project, [ids["B"]], 1)
        assert [t[0] for t in tree(workspace, project)] == list("DEABCF")


def test_what_can_not_be_is_told(tmp_path: Path) -> None:
    workspace, project, ids = plan(tmp_path)
    with workspace:
        for act in (
            lambda: outline.indent(workspace, project, [ids["A"]]),
            lambda: outline.outdent(workspace, project, [ids["A"]]),
            lambda: outline.move_by(workspace, project, [ids["A"]], -1),
            lambda: outline.move_by(workspace, project, [ids["F"]], 1),
        ):
            with pytest.raises(NotLawful):
                act()
        outline.indent(workspace, project, [ids["B"]])
        with pytest.raises(NotLawful, match="itself"):
            outline.move(workspace, project, [ids["A"]], ids["B"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["in", "out", "up", "down", "move"]), st.integers(0, 5), st.integers(0, 6))))
def test_any_acts_leave_a_sound_outline_and_undo_restores_it(
    tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[str, int, int]]
) -> None:
    workspace, project, ids = plan(tmp_path_factory.mktemp("outline"))
    keys = list(ids.values())
    with workspace:
        seen = [tree(workspace, project)]
        for act, which, where in acts:
            try:
                if act == "in":
                    outline.indent(workspace, project, [keys[which]])
                elif act == "out":
                    outline.outdent(workspace, project, [keys[which]])
                elif act == "move":
                    outline.move(workspace, project, [keys[which]], keys[where] if where < len(keys) else None)
                else:
                    outline.move_by(workspace, project, [keys[which]], -1 if act == "up" else 1)
            except NotLawful:
                assert tree(workspace, project) == seen[-1]
                continue
            now = tree(workspace, project)
            assert sorted(t[0] for t in now) == sorted(ids)
            path: list[str] = []
            for name, depth, parent in now:
                assert depth <= len(path)
                del path[depth:]
                assert parent == (path[-1] if path else None)
                path.append(name)
            if now != seen[-1]:
                seen.append(now)
        for state in reversed(seen[:-1]):
            undo(workspace)
            assert tree(workspace, project) == state
