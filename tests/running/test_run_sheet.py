"""The run sheet of a wave: planned and expected times, the slip, the last safe moment to go back."""

from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from handover.running.run_sheet import SheetStep, run_sheet

CHINA = dt.timezone(dt.timedelta(hours=8))
TEN = dt.datetime(2026, 12, 5, 22, 0, tzinfo=CHINA)


def at(minutes: int) -> dt.datetime:
    return TEN + dt.timedelta(minutes=minutes)


def step(key: str, minutes: int, **values: object) -> SheetStep:
    return SheetStep(key, minutes, **values)  # type: ignore[arg-type]  # by name


def test_steps_follow_each_other_and_those_together_begin_with_the_one_before() -> None:
    sheet = run_sheet([step("a", 30), step("b", 60, together=True), step("c", 10)], TEN, at(-60))

    assert [(line.planned_start, line.planned_end) for line in sheet.lines] == [
        (at(0), at(30)), (at(0), at(60)), (at(60), at(70))
    ]  # fmt: skip
    assert (sheet.planned_end, sheet.end, sheet.slip) == (at(70), at(70), 0)


def test_what_took_longer_moves_everything_after_it() -> None:
    done = step("a", 30, status="done", started=at(5), finished=at(50))

    sheet = run_sheet([done, step("b", 20)], TEN, at(50), started=at(5))

    assert (sheet.lines[1].start, sheet.end, sheet.slip, sheet.done) == (at(50), at(70), 20, 1)


def test_what_has_not_happened_by_now_cannot_lie_before_it() -> None:
    running = step("a", 30, status="running", started=at(0))

    sheet = run_sheet([running, step("b", 20)], TEN, at(90), started=at(0))

    assert (sheet.lines[0].end, sheet.end, sheet.slip) == (at(90), at(110), 60)


def test_last_safe_moment_is_the_rollback_before_everything_must_run_again() -> None:
    steps = [step("a", 30), step("b", 30)]

    assert run_sheet(steps, TEN, at(0), rollback=45).last_safe == at(60 - 45)
    assert run_sheet(steps, TEN, at(0), rollback=45, back_by=at(480)).last_safe == at(480 - 45)
    assert run_sheet(steps, TEN, at(0)).last_safe is None


def test_step_without_return_ends_the_way_back_before_that() -> None:
    steps = [step("a", 30), step("b", 30, no_return=True)]

    sheet = run_sheet(steps, TEN, at(0), rollback=10, back_by=at(480))
    beyond = run_sheet([steps[0], step("b", 30, no_return=True, status="running", started=at(30))], TEN, at(31),
                       rollback=10, back_by=at(480))  # fmt: skip

    assert (sheet.last_safe, sheet.no_return) == (at(30), False)
    assert beyond.no_return


def test_passing_the_last_safe_moment_is_told() -> None:
    assert run_sheet([step("a", 30)], TEN, at(400), rollback=90, back_by=at(480)).late_to_return


def test_skipped_step_takes_no_time() -> None:
    sheet = run_sheet([step("a", 30, status="skipped"), step("b", 20)], TEN, at(0))

    assert sheet.end == at(20)


@given(st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=12), st.integers(-100, 500))
def test_nothing_is_expected_before_now_nor_before_what_goes_before_it(spans: list[tuple[int, bool]], now: int) -> None:
    steps = [step(str(n), minutes, together=together) for n, (minutes, together) in enumerate(spans)]

    sheet = run_sheet(steps, TEN, at(now))

    starts = [line.start for line in sheet.lines]
    assert starts == sorted(starts)
    assert all(start >= at(now) for start in starts)
    assert sheet.slip >= 0
    assert sheet.end == max([line.end for line in sheet.lines], default=max(TEN, at(now)))
