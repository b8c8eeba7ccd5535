"""The clock of a proving run: what counts, what throws it back, what ends it."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from handover.running.log_entries import RunStop, RunStretch
from handover.running.rule_set import RuleSet
from handover.running.run_clock import ClockReading, read_clock

CHINA = dt.timezone(dt.timedelta(hours=8))
T0 = dt.datetime(2026, 3, 1, 8, tzinfo=CHINA)


def at(hours: float) -> dt.datetime:
    return T0 + dt.timedelta(hours=hours)


def after(reading: ClockReading) -> float | None:
    """The earliest end, in hours after the start."""
    return (reading.earliest_end - T0).total_seconds() / 3600 if reading.earliest_end else None


def clock(
    rules: RuleSet | None = None, *stops: RunStop, ran: tuple[RunStretch, ...] = (), now: float = 40
) -> ClockReading:
    return read_clock(rules or RuleSet(), ran, stops, at(now), start=T0)


def trip(start: float, end: float | None, who: str | None = "contractor", item: str = "") -> RunStop:
    return RunStop(f"stop{start}", at(start), None if end is None else at(end), who, item)


def ran(*spans: tuple[float, float | None, float | None]) -> tuple[RunStretch, ...]:
    return tuple(RunStretch(f"ran{a}", at(a), None if b is None else at(b), load) for a, b, load in spans)


def test_trip_by_the_contractor_at_36_h_lasting_3_h_needs_its_full_72_h_from_the_restart() -> None:
    reading = clock(None, trip(36, 39), ran=ran((0, 36, 1.0), (39, None, 1.0)))

    assert (after(reading), reading.remaining, reading.resets) == (39 + 72, 71 * 60, 1)


def test_grid_outage_of_3_h_at_36_h_needs_36_h_more_from_its_end() -> None:
    reading = clock(None, trip(36, 39, "external"), ran=ran((0, 36, 1.0), (39, None, 1.0)))

    assert (after(reading), reading.accumulated, reading.resets) == (39 + 36, 37 * 60, 0)


def test_the_right_answers_hold_when_nobody_logged_segments_or_a_restart() -> None:
    assert after(clock(None, trip(36, 39))) == 39 + 72
    assert after(clock(None, trip(36, 39, "external"))) == 39 + 36
    assert after(clock(None, trip(36, 39, "external"), ran=ran((0, 36, 1.0)), now=1000)) == 39 + 36


def test_what_is_ignored_counts_though_the_plant_stood() -> None:
    rules = RuleSet(effects={"planned": "ignore"})

    reading = clock(rules, trip(10, 12, "planned"), ran=ran((0, 10, 1.0), (12, None, 1.0)), now=20)

    assert reading.accumulated == 20 * 60


def test_load_below_the_least_makes_the_clock_stand() -> None:
    reading = clock(RuleSet(least_load=0.75), ran=ran((0, 10, 1.0), (10, 14, 0.5), (14, None, 0.75)), now=20)

    assert reading.accumulated == 16 * 60
    assert [spell.kind for spell in reading.spells] == ["counts", "below", "counts"]


def test_time_that_nobody_logged_does_not_count_and_is_told() -> None:
    reading = clock(None, ran=ran((0, 10, 1.0), (12, None, 1.0)), now=20)

    assert reading.accumulated == 18 * 60
    assert [(f.code, f.limit) for f in reading.findings] == [("gap", 120)]


def test_phases_follow_each_other_and_a_reset_may_take_back_the_phase_alone() -> None:
    rules = RuleSet(phases=(72 * 60, 24 * 60), back_to_phase=True)

    reading = clock(rules, trip(80, 81), now=82)

    assert reading.phases == ((72 * 60, 72 * 60), (24 * 60, 60))
    assert after(reading) == 81 + 24


def test_run_is_through_at_the_very_minute_and_what_comes_later_changes_nothing() -> None:
    reading = clock(None, trip(100, 120), now=200)

    assert (reading.result, after(reading), reading.resets, reading.remaining) == ("passed", 72, 0, 0)


def test_limits_of_the_contract_fail_the_run() -> None:
    outside = [trip(h, h + 1, "external") for h in (10, 20, 30)]
    for rules, code in (
        (RuleSet(most=2), "most"),
        (RuleSet(longest=30), "longest"),
        (RuleSet(most_time=150), "most_time"),
        (RuleSet(clear_end=50 * 60), "clear_end"),
    ):
        reading = clock(rules, *outside)
        assert (reading.result, reading.earliest_end) == ("failed", None)
        assert [f.code for f in reading.findings if f.broken] == [code]
    assert clock(RuleSet(most=3, longest=60, most_time=180), *outside).result == "running"


def test_same_thing_failing_again_and_too_many_restarts_fail_the_run() -> None:
    twice = [trip(10, 11, "external", "Pump P-101"), trip(20, 21, "external", "pump p-101 ")]

    assert clock(RuleSet(repeats=0), *twice).result == "failed"
    assert clock(RuleSet(repeats=1), *twice).result == "running"
    assert clock(RuleSet(most_resets=1), trip(10, 11), trip(20, 21)).result == "failed"


def test_planned_stop_counts_for_no_limit() -> None:
    assert clock(RuleSet(most=0), trip(10, 11, "planned")).result == "running"


def test_nobody_answering_yet_makes_the_clock_stand_and_is_told() -> None:
    reading = clock(None, trip(10, 12, None), now=20)

    assert (reading.accumulated, [f.code for f in reading.findings]) == (18 * 60, ["unanswered"])


def test_effect_agreed_for_one_interruption_goes_before_the_rules() -> None:
    agreed = RunStop("a", at(10), at(12), "contractor", effect="suspend")

    assert clock(None, agreed, now=20).accumulated == 18 * 60


def test_overlaps_and_what_lies_ahead_are_told() -> None:
    reading = clock(None, trip(5, 6, "external"), ran=ran((0, 10, 1.0), (9, 50, 1.0)), now=20)

    assert {f.code for f in reading.findings} == {"twice", "overlap", "ahead"}


def test_clock_ticks_on_by_itself_only_while_it_counts() -> None:
    going, standing = clock(now=10), clock(None, trip(9, None), now=10)

    assert going.at(at(10) + dt.timedelta(seconds=5)) == (10 * 3600 + 5, 62 * 3600 - 5)
    assert standing.at(at(11)) == (0, 72 * 3600)


def test_run_that_has_not_begun_stands_at_nothing() -> None:
    reading = read_clock(RuleSet(), [], [], T0)

    assert (reading.result, reading.remaining, reading.earliest_end) == ("running", 72 * 60, None)


def test_night_in_which_the_clocks_are_put_back_lasts_an_hour_longer() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    begin = dt.datetime(2026, 10, 24, 12, tzinfo=berlin)
    ran_ = [RunStretch("a", begin, dt.datetime(2026, 10, 25, 12, tzinfo=berlin))]

    assert read_clock(RuleSet(), ran_, [], dt.datetime(2026, 10, 25, 12, tzinfo=berlin)).accumulated == 25 * 60


_HOURS = st.integers(0, 100)
_STOPS = st.lists(
    st.tuples(_HOURS, st.integers(1, 10), st.sampled_from(["contractor", "owner", "external", "planned", None])),
    max_size=5,
)


def _stops(spans: list[tuple[int, int, str | None]]) -> list[RunStop]:
    return [RunStop(f"s{n}", at(a), at(a + long), who) for n, (a, long, who) in enumerate(spans)]


@given(_STOPS, st.integers(0, 200))
def test_clock_never_shows_more_than_is_asked_nor_more_than_has_passed(
    spans: list[tuple[int, int, str | None]], now: int
) -> None:
    reading = read_clock(RuleSet(), [], _stops(spans), at(now), start=T0)

    assert 0 <= reading.accumulated <= reading.required
    assert reading.accumulated + reading.remaining == reading.required
    assert (reading.result == "passed") == (reading.remaining == 0)
    assert reading.spells == tuple(sorted(reading.spells, key=lambda s: s.start))
    assert all(one.end <= other.start for one, other in zip(reading.spells, reading.spells[1:], strict=False))


@given(_STOPS, st.integers(0, 200), st.integers(1, 150))
def test_cutting_a_segment_in_two_changes_nothing(spans: list[tuple[int, int, str | None]], now: int, cut: int) -> None:
    whole = read_clock(RuleSet(), ran((0, 200, 1.0)), _stops(spans), at(now), start=T0)
    halves = read_clock(RuleSet(), ran((0, cut, 1.0), (cut, 200, 1.0)), _stops(spans), at(now), start=T0)

    assert (whole.accumulated, whole.resets, whole.earliest_end) == (
        halves.accumulated, halves.resets, halves.earliest_end
    )  # fmt: skip


@given(_STOPS, st.integers(0, 200), st.integers(-11, 11))
def test_offset_in_which_times_are_written_changes_nothing(
    spans: list[tuple[int, int, str | None]], now: int, hours: int
) -> None:
    elsewhere = dt.timezone(dt.timedelta(hours=hours))
    stops = _stops(spans)
    moved = [
        RunStop(s.key, s.start.astimezone(elsewhere), s.end.astimezone(elsewhere) if s.end else None, s.attribution)
        for s in stops
    ]

    here = read_clock(RuleSet(), [], stops, at(now), start=T0)
    there = read_clock(RuleSet(), [], moved, at(now), start=T0.astimezone(elsewhere))

    assert (here.accumulated, here.earliest_end, here.resets) == (there.accumulated, there.earliest_end, there.resets)


@given(_STOPS, st.integers(0, 100), st.integers(1, 10))
def test_one_more_interruption_never_lets_a_run_end_earlier(
    spans: list[tuple[int, int, str | None]], start: int, long: int
) -> None:
    stops = _stops(spans)
    more = [*stops, RunStop("more", at(start), at(start + long), "external")]

    before = read_clock(RuleSet(), [], stops, at(1000), start=T0).earliest_end
    later = read_clock(RuleSet(), [], more, at(1000), start=T0).earliest_end

    assert before is not None
    assert later is not None
    assert later >= before
