"""The paths that decide the finish, ranked."""

from __future__ import annotations

from handover.plan.paths import critical_paths, driving_chain
from tests.plan.building import DAY, a_task, at, scheduled


def test_paths_come_in_the_order_of_their_float_and_say_where_they_join() -> None:
    tasks = [a_task("a", 2), a_task("b", 5), a_task("c", 3), a_task("d", 1), a_task("e", 1), a_task("x", 4)]
    found = scheduled(*tasks, links="a>b,a>c,b>d,c>d,e>c")

    first, second, third, fourth = critical_paths(found)

    assert (first.tasks, first.float_minutes, first.joins) == (("a", "b", "d"), 0, None)
    assert (second.tasks, second.float_minutes, second.joins) == (("c",), 2 * DAY, "d")
    assert (third.tasks, third.float_minutes, third.joins) == (("e",), 3 * DAY, "c")
    assert (fourth.tasks, fourth.float_minutes, fourth.joins) == (("x",), 4 * DAY, None)
    assert (first.start, first.finish) == (at(1, 5), at(1, 14, 17))


def test_only_as_many_paths_as_asked_for() -> None:
    found = scheduled(*[a_task(id) for id in "abcd"])

    assert len(critical_paths(found, most=2)) == 2


def test_a_path_runs_through_linked_summaries() -> None:
    found = scheduled(a_task("s"), a_task("a", 3, parent="s"), a_task("t"), a_task("b", 2, parent="t"), links="s>t")

    assert critical_paths(found)[0].tasks == ("a", "b")
    assert driving_chain(found, "b") == ("a", "b")
