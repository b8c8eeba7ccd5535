"""Groups of rows: their order is that of the rows, their counts and sums are those of the rows."""

from __future__ import annotations

from pathlib import Path

import pytest

from handover.registers import show
from handover.registers.catalogue import register
from handover.registers.grouping import RowGroup, groupable, laid_out, row_groups, summed
from handover.registers.query import Condition, Query, count, keys, rows
from handover.store import Workspace
from tests.ui.register.rows import a_plant

DOCUMENTS = register("documents")


@pytest.fixture
def plant(tmp_path: Path) -> tuple[Workspace, str]:
    return a_plant(tmp_path)


def found(workspace: Workspace, project: str, query: Query) -> tuple[tuple[RowGroup, ...], list[tuple[str, ...]]]:
    """The groups, and of each row what its grouped fields show."""
    fields = [DOCUMENTS[key] for key in query.groups]
    with workspace.read() as connection:
        groups = row_groups(connection, DOCUMENTS, project, query, DOCUMENTS.fields)
        shown = rows(connection, DOCUMENTS, keys(connection, DOCUMENTS, project, query), fields)
    return groups, [tuple(show.text(f, v) for f, v in zip(fields, r.values, strict=True)) for r in shown]


@pytest.mark.parametrize("key", [f.field for f in DOCUMENTS.fields if groupable(f)])
@pytest.mark.parametrize("sort", [(), (("title", True),)])
def test_the_rows_of_a_group_stand_together_in_its_order(
    plant: tuple[Workspace, str], key: str, sort: tuple[tuple[str, bool], ...]
) -> None:
    groups, shown = found(*plant, Query(groups=(key,), sort=sort))

    empty = f"No {DOCUMENTS[key].label}"
    assert [text or empty for (text,) in shown] == [group.label for group in groups for _ in range(group.n)]
    assert len({group.path for group in groups}) == len(groups)


def test_groups_descend_where_the_rows_are_sorted_so(plant: tuple[Workspace, str]) -> None:
    up, _ = found(*plant, Query(groups=("discipline",)))
    down, shown = found(*plant, Query(groups=("discipline",), sort=(("discipline", True),)))

    assert [g.label for g in down] == [g.label for g in reversed(up)]
    assert [text for (text,) in shown] == [g.label for g in down for _ in range(g.n)]


def test_groups_lie_in_one_another_with_sums_that_add_up(plant: tuple[Workspace, str]) -> None:
    query = Query(groups=("status", "system"), where=(Condition("revision", "is", ("A",)),))
    groups, shown = found(*plant, query)
    inner = [each for group in groups for each in group.inner]

    labels = [(group.label, each.label) for group in groups for each in group.inner for _ in range(each.n)]
    assert [state for state, _ in shown] == [state for state, _ in labels]
    assert [system for _, system in shown] == [system for _, system in labels]
    assert all(group.n == sum(each.n for each in group.inner) for group in groups)
    with plant[0].read() as connection:
        assert sum(group.n for group in groups) == count(connection, DOCUMENTS, plant[1], query)
        numbers = keys(connection, DOCUMENTS, plant[1], query)
        copies = [row.values[0] or 0 for row in rows(connection, DOCUMENTS, numbers, [DOCUMENTS["copies"]])]
    assert summed(DOCUMENTS["copies"])
    assert sum(group.sums["copies"] for group in groups) == sum(copies) == sum(each.sums["copies"] for each in inner)


def test_what_is_folded_shows_its_head_alone(plant: tuple[Workspace, str]) -> None:
    query = Query(groups=("status", "system"))
    groups, _ = found(*plant, query)
    with plant[0].read() as connection:
        numbers = keys(connection, DOCUMENTS, plant[1], query)

    whole = laid_out(numbers, groups, ())
    assert [n for n in whole.numbers if n > 0] == list(numbers)
    first = groups[0]
    without = laid_out(numbers, groups, {first.path})
    assert len(without.numbers) == len(whole.numbers) - first.n - len(first.inner)
    assert [n for n in without.numbers if n > 0] == list(numbers[first.n :])
    one = laid_out(numbers, groups, {first.inner[0].path})
    assert [n for n in one.numbers if n > 0] == list(numbers[first.inner[0].n :])
    none = laid_out(numbers, groups, {group.path for group in groups})
    assert list(none.numbers) == [-1 - whole.heads.index(group) for group in groups]


def test_empty_cells_and_blank_texts_are_one_group(plant: tuple[Workspace, str]) -> None:
    workspace, project = plant
    with workspace.edit("Blank", project=project) as work:
        some = work.session.query(DOCUMENTS.model).filter_by(status="placeholder").limit(10).all()
        for n, row in enumerate(some):
            row.revision = "" if n % 2 else None
    groups, shown = found(workspace, project, Query(groups=("revision",)))

    assert groups[-1].label == "No Revision"
    assert groups[-1].n == 10 == sum(not text for (text,) in shown[-10:])
