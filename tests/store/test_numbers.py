"""Numbers of a series: drawn within the act, void once the act is undone, never given twice."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handover.errors import NotLawful, NotValid
from handover.model import series
from handover.model.series import NumberSeries
from handover.store import Workspace, redo, undo
from handover.store.checking.check import check
from handover.store.numbers import counted, draw
from handover.store.work import UnitOfWork
from tests.domain import a_project, a_workspace

PACK = "{project}-HP-{n:03}"


def issue(workspace: Workspace, project: str, pattern: str = PACK, key: str = "pack") -> str:
    """Draw a number in an act that changes something else, too."""
    with workspace.edit("Issue", project=project) as work:
        work.add(NumberSeries(project_id=project, key=f"k{_next()}", pattern=PACK))
        return draw(work, key, pattern)


_count = [0]


def _next() -> int:
    _count[0] += 1
    return _count[0]


def test_numbers_rise_by_one_in_each_project_and_series(workspace: Workspace, project: str) -> None:
    other = a_project(workspace, "P2")

    assert [issue(workspace, project) for _ in range(3)] == ["P1-HP-001", "P1-HP-002", "P1-HP-003"]
    assert issue(workspace, other) == "P2-HP-001"
    assert issue(workspace, project, "{project}-TR-{n:04}", "transmittal") == "P1-TR-0001"


def test_several_numbers_are_drawn_in_one_act(workspace: Workspace, project: str) -> None:
    with workspace.edit("Issue", project=project) as work:
        assert [draw(work, "pack", PACK) for _ in range(2)] == ["P1-HP-001", "P1-HP-002"]


def test_an_undone_act_leaves_its_number_void(workspace: Workspace, project: str) -> None:
    issue(workspace, project)
    issue(workspace, project)

    undo(workspace)
    assert issue(workspace, project) == "P1-HP-003"
    undo(workspace)
    redo(workspace)
    assert issue(workspace, project) == "P1-HP-004"


def test_an_act_that_fails_has_drawn_nothing(workspace: Workspace, project: str) -> None:
    with pytest.raises(NotValid), workspace.edit("Issue", project=project) as work:
        draw(work, "pack", PACK)
        raise NotValid("no")

    assert issue(workspace, project) == "P1-HP-001"


def test_each_year_begins_anew_where_the_pattern_names_it(
    workspace: Workspace, project: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    pattern, numbers = "{project}-{year}-{n:02}", []
    for day in ("2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02"):
        monkeypatch.setenv("HANDOVER_TODAY", day)
        numbers.append(issue(workspace, project, pattern))

    assert numbers == ["P1-2026-01", "P1-2026-02", "P1-2027-01", "P1-2027-02"]


def test_a_number_that_stands_in_the_project_already_is_passed_over(workspace: Workspace, project: str) -> None:
    with workspace.edit("Issue", project=project) as work:
        assert draw(work, "pack", PACK, taken={"P1-HP-001", "P1-HP-002"}.__contains__) == "P1-HP-003"
    assert issue(workspace, project) == "P1-HP-004"


def test_a_count_goes_on_above_what_it_is_told(workspace: Workspace, project: str) -> None:
    with workspace.edit("Count", project=project) as work:
        assert [counted(work, "pack/P1-HP-001", above=n) for n in (1, 1, 7, 2)] == [2, 3, 8, 9]


def test_a_closed_project_draws_nothing(workspace: Workspace) -> None:
    closed = a_project(workspace, "P2", status="closed")
    with pytest.raises(NotLawful, match="closed"), workspace.edit("Issue", project=closed) as work:
        draw(work, "pack", PACK)


def test_a_workspace_with_numbers_drawn_is_sound(tmp_path: Path) -> None:
    with a_workspace(tmp_path) as workspace:
        project = a_project(workspace)
        issue(workspace, project)
        path = workspace.path

    assert check(path) == []


@pytest.mark.parametrize(
    "pattern",
    ["", "TR", "{project}", "{n", "{n!r}", "{n:04}{who}", "{n.real}", "{n:>99999999}", "{0}", "{}-{n}", "{year:04}{n}",
     "{n:04}" + "x" * 100, "{n}\n", "{project[0]}{n}"],
)  # fmt: skip
def test_a_pattern_that_can_not_be_written_is_refused(workspace: Workspace, project: str, pattern: str) -> None:
    with pytest.raises(NotValid, match="Write the number as"), workspace.edit("Issue", project=project) as work:
        draw(work, "pack", pattern or "{")


@given(st.text(max_size=40))
def test_any_text_is_refused_or_writes_numbers_that_differ(pattern: str) -> None:
    if not list(series.pattern_problems(pattern)):
        assert len({series.written(pattern, "P", 2026, n) for n in range(1, 50)}) == 49


def test_drawing_needs_a_project(workspace: Workspace) -> None:
    with pytest.raises(NotValid, match="project"), workspace.edit("Issue") as work:
        assert isinstance(work, UnitOfWork)
        draw(work, "pack", PACK)
