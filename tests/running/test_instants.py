"""Moments with their offset: typed, stored, shown, and the two nights of the year."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator

import pytest

from handover.errors import NotValid
from handover.i18n import in_language
from handover.running.instants import here, instant, now_stamp, shown_instant, stamp, typed_instant
from handover.running.rule_set import phases_of


@pytest.fixture
def berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of the process can't be set here")
    monkeypatch.setenv("TZ", "Europe/Berlin")
    monkeypatch.setenv("HANDOVER_TODAY", "2026-10-26")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("2026-10-24 22:05", "2026-10-24T22:05+02:00"),
        ("2026-10-25 02:30 +01:00", "2026-10-25T02:30+01:00"),
        ("2026-10-25T02:30:11+0200", "2026-10-25T02:30+02:00"),
        ("2026-10-25 02:30 UTC+8", "2026-10-25T02:30+08:00"),
        ("2026-10-25 02:30Z", "2026-10-25T02:30+00:00"),
        ("14:05", "2026-10-26T14:05+01:00"),
        ("yesterday 1:05", "2026-10-25T01:05+02:00"),
        ("2026-10-24", "2026-10-24T00:00+02:00"),
        ("2026年10月24日 22：05", "2026-10-24T22:05+02:00"),
    ],
)
@pytest.mark.usefixtures("berlin")
def test_typed_time_takes_the_offset_of_this_computer_where_it_names_none(text: str, stored: str) -> None:
    assert typed_instant(text) == stored


@pytest.mark.usefixtures("berlin")
def test_hour_that_the_clocks_show_twice_is_asked_about_in_words() -> None:
    with pytest.raises(NotValid, match=r"02:30 twice\. Write 02:30 \+02:00 or 02:30 \+01:00"):
        typed_instant("2026-10-25 02:30")


@pytest.mark.usefixtures("berlin")
def test_hour_that_the_clocks_never_show_is_refused_in_words() -> None:
    with pytest.raises(NotValid, match=r"put forward in that night and never show 02:30"):
        here(dt.datetime(2026, 3, 29, 2, 30))


@pytest.mark.parametrize("text", ["25:00", "soon", "2026-10-25 02:30 +19:00", "+02:00"])
def test_what_is_no_moment_is_refused(text: str) -> None:
    with pytest.raises(NotValid):
        typed_instant(text)


def test_stored_and_shown_say_the_same() -> None:
    at = instant("2026-10-25T00:00+08:00")

    assert at is not None
    assert stamp(at) == "2026-10-25T00:00+08:00"
    with in_language("zh"):
        assert shown_instant("2026-10-25T00:00+08:00") == "2026-10-25 00:00 +08:00"
    assert instant("2026-10-25 00:00") is None
    assert instant(now_stamp()) is not None


@pytest.mark.parametrize(
    ("text", "phases"),
    [
        ("72", (4320,)),
        ("168 h", (10080,)),
        ("72+24", (4320, 1440)),
        ("72 小时 ＋ 24 小时", (4320, 1440)),
        ("1,5", (90,)),
    ],
)
def test_hours_of_a_run_are_read_as_people_write_them(text: str, phases: tuple[int, ...]) -> None:
    assert phases_of(text) == phases


@pytest.mark.parametrize("text", ["", "three days", "72+", "0", "-5", "99999"])
def test_what_is_no_number_of_hours_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        phases_of(text)


def test_last_day_that_there_is_is_refused_in_words() -> None:
    with pytest.raises(NotValid, match="no day of any plan"):
        here(dt.datetime(9999, 12, 31, 23, 59))
