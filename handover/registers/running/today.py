"""What of runs and cutover nights is on today."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from sqlalchemy import Connection

from handover import clock
from handover.i18n import tr
from handover.registers.figures.today import TodayLine
from handover.registers.running.named_with_state import NamedWithState
from handover.registers.running.run_board import running_clocks
from handover.registers.running.run_words import result_tone, result_words
from handover.registers.running.sheets import WaveBoard, sheet_of, waves_of
from handover.running.instants import shown_wall
from handover.running.run_clock import ClockReading


def runs_today(connection: Connection, project_id: str) -> Iterator[TodayLine]:
    """The clocks of the runs that go on."""
    for run, reading in running_clocks(connection, project_id):
        yield TodayLine(
            _name(run.system, run.name), partial(_of_run, run, reading), result_tone(reading), "run_clock",
            (("run", run.id),), live=reading.ticking,
        )  # fmt: skip


def waves_today(connection: Connection, project_id: str) -> Iterator[TodayLine]:
    """The waves that are under way."""
    for wave in waves_of(connection, project_id):
        board = sheet_of(connection, wave.id) if wave.status == "executing" else None
        if board is not None and board.sheet is not None:
            late = board.sheet.slip > 0 or board.sheet.late_to_return
            yield TodayLine(_name(wave.system, wave.name), partial(_of_wave, board), "warning" if late else "ok",
                            "run_sheet", (("wave", wave.id),))  # fmt: skip


def _of_run(_run: NamedWithState, reading: ClockReading) -> str:
    done, left = reading.at(clock.now())
    values = {"state": result_words(reading), "done": _digits(done), "left": _digits(left)}
    if reading.earliest_end is None:
        return tr("{state}: {done} on the clock, {left} left", **values)
    end = shown_wall(reading.earliest_end)
    return tr("{state}: {done} on the clock, {left} left, earliest end {end}", **values, end=end)


def _of_wave(board: WaveBoard) -> str:
    sheet = board.sheet
    assert sheet is not None  # only such boards are told of
    back = shown_wall(sheet.last_safe) if sheet.last_safe is not None else "–"
    return tr("{done} of {n} steps, {slip} min against the plan, last safe moment to go back {back}", done=sheet.done,
              n=len(board.steps), slip=f"{sheet.slip:+d}", back=back)  # fmt: skip


def _name(system: str, name: str) -> str:
    return f"{system}  {name}" if system else name


def _digits(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes // 60}:{minutes % 60:02d}:{rest:02d}"
