"""What strangers do to a list: each habit changes the sheet and, where it must, what is to be read from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.exchange.strangers import layouts, plan_habits
from tests.exchange.strangers.pages import Page

#: A habit changes a page; False where it doesn't suit it.
Habit = Callable[[Page], bool]

HABITS: Final[dict[str, Habit]] = {
    h.__name__: h
    for h in (
        layouts.title_block, layouts.other_words, layouts.begins_further_right, layouts.numbered,
        layouts.two_row_heading, layouts.three_row_heading, layouts.drawn_gantt, layouts.legend_below,
        layouts.signature_below, layouts.total_below, layouts.note_beside, layouts.rows_between,
        layouts.filter_left_on, layouts.hidden_column, layouts.instruction_row, layouts.second_table_below,
        layouts.read_me_first, layouts.unnamed_numbers, layouts.continued_sentence,
        plan_habits.numbers_begin_again, plan_habits.bands, plan_habits.phase_column, plan_habits.wbs_numbers,
        plan_habits.indented, plan_habits.levels_in_columns, plan_habits.planned_and_actual,
        plan_habits.day_of_record, plan_habits.days_in_cells, plan_habits.hours_in_heading,
        plan_habits.dates_as_iso_text, plan_habits.dates_as_dotted_text, plan_habits.dates_in_chinese,
        plan_habits.no_date_yet, plan_habits.start_and_finish_in_one_cell, plan_habits.state_beside_empty_share,
        plan_habits.category_in_every_row, plan_habits.predecessors_by_number, plan_habits.hours_without_brackets,
        plan_habits.range_of_days, plan_habits.milestone_before_phase, plan_habits.stage_pairs,
    )
}  # fmt: skip
