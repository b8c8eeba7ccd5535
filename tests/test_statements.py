"""The thirty statements behind the promises, each with the tests that try to break it; and the faults that once were.

The README's promises are for users; these are for whoever changes the program. Run as a program, it prints both tables.
A test that is renamed or removed without its statement is found here.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.test_promises import there

_STORE, _CLI, _READING, _WINDOW = "tests/store/", "tests/cli/", "tests/exchange/reading/", "tests/ui/window/"

#: Each statement by its number, in short, with its tests.
STATEMENTS: dict[int, tuple[str, tuple[str, ...]]] = {
    1: (
        "A kill at any moment loses no acknowledged change and leaves none by halves.",
        (
            _STORE + "test_crash.py::test_killed_writer_leaves_whole_acts",
            _STORE + "test_crash.py::test_killed_undo_is_done_or_not",
            _CLI + "test_killed.py::test_a_killed_import_leaves_what_was_there",
        ),
    ),
    2: (
        "A power cut at any sector loses the last uncommitted change at most.",
        (_STORE + "test_crash.py::test_power_cut_loses_no_act_but_the_last_and_none_by_halves",),
    ),
    3: (
        "Write-ahead log where it is safe, full synchronisation, references checked.",
        (
            _STORE + "test_workspace.py::test_connections_keep_what_was_committed_and_check_references",
            _STORE + "test_workspace.py::test_folder_of_a_sync_client_gets_no_write_ahead_log",
            _STORE + "test_medium.py::test_share_is_recognised_and_gets_no_write_ahead_log",
        ),
    ),
    4: (
        "A share or a synced folder is recognised, said once, and left by a click.",
        (
            _STORE + "test_medium.py::test_folder_of_a_sync_client_is_recognised_and_named",
            _STORE + "test_medium.py::test_folder_that_the_system_names_as_synced_is_recognised",
            _WINDOW + "test_file_place.py::test_synced_folder_is_said_once_and_copied_to_this_machine",
        ),
    ),
    5: (
        "Copies are made by SQLite's backup interface, and checked before an old one goes.",
        (
            _STORE + "test_copies.py::test_one_may_write_while_a_copy_is_made",
            _STORE + "test_copies.py::test_damaged_workspace_costs_no_good_copy",
            _STORE + "test_crash.py::test_killed_copy_leaves_the_last_whole_copy",
        ),
    ),
    6: (
        "Copies each half hour with changes, on closing, and before import, upgrade, large deletion and restoring.",
        (
            _STORE + "test_copies.py::test_copy_is_made_each_half_hour_in_which_something_changed",
            _STORE + "test_copies.py::test_copy_that_holds_every_act_is_not_made_again",
            _STORE + "test_copies.py::test_many_rows_are_deleted_after_a_copy_only",
            _STORE + "test_copies.py::test_restored_copy_takes_the_place_after_a_copy_of_the_present",
            _STORE + "test_migrate.py::test_older_workspace_is_opened_with_its_rows_and_a_backup",
            _WINDOW + "test_file_place.py::test_what_was_done_is_copied_on_closing_and_nothing_else",
        ),
    ),
    7: (
        "All of 2 days, then 14 days, 8 weeks, 12 months, within a size; never the last good one goes.",
        (
            _STORE + "test_copies.py::test_of_two_years_of_days_two_weeks_eight_weeks_and_a_year_stay",
            _STORE + "test_copies.py::test_clock_that_was_wrong_once_costs_no_good_copy",
            _STORE + "test_page_store.py::test_a_year_of_copies_takes_five_times_the_file_at_most",
            _STORE + "test_page_store.py::test_space_is_kept_and_the_newest_copy_stays",
        ),
    ),
    8: (
        "Restoring shows what would change, keeps the present, and is undone by one click.",
        (
            _STORE + "test_differences.py::test_rows_that_restoring_takes_brings_back_and_sets_back_are_told",
            _WINDOW + "test_restore.py::test_copies_are_listed_with_what_is_in_them",
            _WINDOW + "test_restore.py::test_restoring_is_undone_by_one_click",
        ),
    ),
    9: (
        "A second folder gets the copies, too; its failing is told until it works.",
        (
            _STORE + "test_copies.py::test_second_folder_gets_every_copy_and_can_be_restored_from",
            _STORE + "test_copies.py::test_second_folder_that_is_gone_costs_no_copy_and_is_told_until_it_works",
        ),
    ),
    10: (
        "What a file is, its version and its pages are checked; a damaged one opens for reading, untouched.",
        (
            _STORE + "test_trouble.py::test_damaged_file_opens_for_reading_at_most",
            _STORE + "test_trouble.py::test_damage_of_a_large_file_is_found_behind",
            _STORE + "test_lost_schema.py::test_rows_of_a_table_that_is_listed_no_more_come_over_and_it_is_said",
            _WINDOW + "test_restore.py::test_damaged_file_offers_its_copies",
            _WINDOW + "test_file_place.py::test_large_damaged_file_is_found_behind_and_read_at_most",
        ),
    ),
    11: (
        "A newer file is refused unchanged; an older one is upgraded whole or stays as it was.",
        (
            _STORE + "test_workspace.py::test_unusable_file_has_its_own_message_and_is_left_untouched",
            _STORE + "test_migrate.py::test_failed_migration_leaves_the_file_as_it_was_and_a_copy",
        ),
    ),
    12: (
        "A second window reads and is told who has the file; a dead lock is no obstacle.",
        (
            _STORE + "test_workspace.py::test_second_window_is_told_who_has_the_file_and_may_read",
            _STORE + "test_workspace.py::test_lock_of_a_crashed_window_is_no_obstacle",
            _STORE + "test_trouble.py::test_lock_of_another_account_names_its_holder",
        ),
    ),
    13: (
        "Full disk, read-only folder, vanished disk: nothing acknowledged is lost, and work goes on afterwards.",
        (
            _STORE + "test_crash.py::test_full_disk_is_told_and_stores_nothing",
            _STORE + "test_trouble.py::test_on_a_full_disk_a_sound_file_is_read_and_not_called_damaged",
            _STORE + "test_home.py::test_one_that_can_not_be_saved_again_refuses_the_act_and_keeps_what_was",
            _STORE + "test_workspace.py::test_write_protected_file_opens_for_reading_and_refuses_an_edit",
        ),
    ),
    14: (
        "Every file is written beside its target, flushed and renamed; a pack is old or new as a whole.",
        (
            "tests/test_replacing.py::test_a_failing_writer_leaves_the_old_file",
            "tests/pack/test_delivery.py::test_pack_killed_between_two_renames_is_old_or_new_as_a_whole_at_the_next_look",
            _CLI + "test_full_disk.py::test_export_on_a_full_disk_leaves_the_old_file",
        ),
    ),
    15: (
        "A target that can't be replaced stays, and another name is offered.",
        (
            "tests/test_replacing.py::test_target_that_cannot_be_replaced_stays_and_a_free_name_is_offered",
            _CLI + "test_held_targets.py::test_held_file_stays_and_a_free_name_is_told",
            "tests/ui/transfer/test_writing.py::test_file_that_is_open_in_excel_stays_and_one_click_writes_another",
        ),
    ),
    16: (
        "Undo lies in the file, in the transaction of its change.",
        (
            _STORE + "test_undo.py::test_undo_and_redo_go_on_after_a_restart",
            _STORE + "test_work.py::test_act_that_fails_leaves_nothing",
        ),
    ),
    17: (
        "What is deleted stays in the bin until emptied; nothing in the program edits the log.",
        (
            "tests/registers/acts/test_editing.py::test_rows_are_added_copied_binned_and_brought_back",
            "tests/ui/register/test_register_page.py::test_emptying_the_bin_asks_first",
            _STORE + "test_log_is_closed.py::test_nothing_but_the_store_writes_to_the_change_log",
        ),
    ),
    18: (
        "Settings and caches can be deleted; no data goes with them.",
        (
            _WINDOW + "test_settings_lost.py::test_all_is_shown_when_every_setting_and_cache_was_deleted",
            _WINDOW + "test_settings_lost.py::test_values_of_another_kind_under_every_key_do_no_harm",
        ),
    ),
    19: (
        "The check runs SQLite's and the domain's rules and offers mends.",
        (
            _STORE + "test_check.py::test_what_the_domain_forbids_is_found_and_mended_in_an_act_that_can_be_undone",
            _WINDOW + "test_file_place.py::test_check_says_what_is_wrong_and_mends_it",
        ),
    ),
    20: (
        "Files of others are parsed in a child without network, with limits; its death is a message.",
        (
            "tests/test_confined.py::test_a_child_has_no_network_and_starts_nothing",
            "tests/test_confined.py::test_a_child_keeps_its_limit_of_memory",
            "tests/test_confined.py::test_a_child_that_never_comes_to_an_end_is_ended_by_its_processor_time",
            _READING + "test_hostile.py::test_a_child_that_dies_is_a_message",
        ),
    ),
    21: (
        "What an archive would take is checked before and while it is unpacked; a ratio alone refuses nothing.",
        (
            _READING + "test_limits.py::test_what_is_huge_in_memory_is_refused_within_200_mib",
            _READING + "test_limits.py::test_what_the_directory_tells_is_refused_before_anything_is_unpacked",
            _READING + "test_limits.py::test_no_more_is_unpacked_than_the_limit_and_one_piece",
            _READING + "test_limits.py::test_a_ratio_alone_refuses_nothing",
        ),
    ),
    22: (
        "A document type in any part is refused.",
        (_READING + "test_hostile.py::test_a_document_type_in_a_part_is_refused",),
    ),
    23: (
        "Rows and columns have limits; a stray far cell is told, not allocated.",
        (
            _READING + "test_limits.py::test_rows_are_taken_until_their_rectangle_is_too_large_and_no_further",
            _READING + "test_hostile.py::test_a_stray_cell_is_left_out_and_told",
        ),
    ),
    24: (
        "No formula, link, macro or picture of a file is run or fetched.",
        (
            _READING + "test_hostile.py::test_macros_links_and_objects_are_told_and_left_alone",
            _CLI + "test_offline.py::test_a_days_work_opens_no_connection",
        ),
    ),
    25: (
        "Names in an archive are never paths.",
        (
            _READING + "test_zip_names.py::test_an_entry_that_climbs_out_is_no_file",
            _READING + "test_zip_names.py::test_nothing_in_the_program_unpacks_an_archive_by_the_names_in_it",
        ),
    ),
    26: (
        "Text is text in a workbook, whatever it begins with.",
        ("tests/pack/test_excel.py::test_text_that_looks_like_a_formula_stays_text",),
    ),
    27: (
        "CSV guards what spreadsheets would compute, keeps numbers, and our import takes the guard off again.",
        (
            _CLI + "test_every_command.py::test_every_register_is_exported_as_text_that_no_spreadsheet_computes",
            "tests/exchange/importing/test_csv_round_trip.py::test_a_register_comes_back_unchanged",
            "tests/exchange/importing/test_csv_round_trip.py::test_the_guard_comes_off_as_it_went_on",
        ),
    ),
    28: (
        "A PDF holds glyphs, no markup from data, no action, and no name of user or path.",
        (
            "tests/pack/test_pdf.py::test_what_users_enter_is_never_markup_nor_action",
            "tests/pack/test_pdf.py::test_metadata_names_the_pack_and_no_person",
            "tests/pack/test_archival.py::test_links_are_printed_and_nothing_acts",
        ),
    ),
    29: (
        "A foreign file's schema is compared with ours before anything is believed.",
        (
            _STORE + "test_trouble.py::test_tables_that_are_not_ours_are_refused",
            _STORE + "test_trouble.py::test_condition_in_a_table_is_refused_however_it_is_written",
            _STORE + "test_log_is_closed.py::test_what_is_not_ours_in_a_schema_refuses_the_file",
            _STORE + "test_log_is_closed.py::test_no_code_attaches_a_database_or_loads_an_extension",
        ),
    ),
    30: (
        "Names of files are made safe; a program is told by its true kind and asked about before it is opened.",
        (
            "tests/test_file_names.py::test_names_are_safe_on_every_system",
            "tests/test_file_types.py::test_program_is_told_by_its_first_bytes_whatever_it_is_called",
            "tests/ui/register/test_attachments.py::test_program_is_opened_only_when_the_user_says_so",
        ),
    ),
}

#: Inputs and acts with which the program once failed, and the tests that try them again.
ONCE_FAILED: dict[str, tuple[str, ...]] = {
    "comments before the root of an XML": (
        _READING + "test_hostile.py::test_what_is_no_list_is_refused_in_plain_words",
        "tests/test_patterns.py::test_a_pattern_takes_no_longer_than_its_text_is_long",
    ),
    "one wide row among a million": (
        _READING + "test_hostile.py::test_one_wide_row_among_short_ones_makes_no_rectangle",
    ),
    "fifteen million elements": (
        _READING + "test_limits.py::test_what_is_huge_in_memory_is_refused_within_200_mib",
        _READING + "test_limits.py::test_elements_are_counted_as_they_come",
    ),
    "styles that are never closed": (_READING + "test_hostile.py::test_styles_that_are_never_closed_are_passed_once",),
    "a date at the end of time": (
        "tests/exchange/columns/test_date_doubts.py::test_date_at_the_end_of_time_is_kept_from_its_field_and_the_rows_are_read",
    ),
    "a pipe in the place of a file": (
        "tests/test_plain_file.py::test_what_is_no_plain_file_is_never_opened",
        "tests/test_plain_file.py::test_pipe_in_the_place_of_what_the_program_reads_is_passed_over",
        _CLI + "test_faults.py::test_a_pipe_is_told_at_once",
        _STORE + "test_copies.py::test_pipe_with_the_name_of_a_copy_is_no_copy",
    ),
    "a lock that is a link": (_STORE + "test_trouble.py::test_lock_follows_no_link",),
    "a lock that is a folder, a pipe or another account's": (
        _STORE + "test_trouble.py::test_what_is_no_lock_is_told_and_the_file_can_be_read",
        _STORE + "test_trouble.py::test_lock_of_another_account_names_its_holder",
    ),
    "a file that is moved while it is open": (
        _STORE + "test_home.py::test_renamed_file_is_followed_with_all_that_was_done",
        _STORE + "test_home.py::test_file_that_another_one_replaced_is_saved_beside_it",
        _WINDOW + "test_file_place.py::test_moved_file_is_told_and_work_goes_on_there",
    ),
    "a dead session's log beside a new file": (_STORE + "test_home.py::test_new_file_takes_nothing_of_a_dead_one",),
    "a disk full to the last byte": (
        _STORE + "test_trouble.py::test_on_a_full_disk_a_sound_file_is_read_and_not_called_damaged",
        _STORE + "test_trouble.py::test_only_damage_is_called_damage",
    ),
    "damage in a large file": (_STORE + "test_trouble.py::test_damage_of_a_large_file_is_found_behind",),
    "a value of the wrong type in a cell": (
        _WINDOW + "test_odd_values.py::test_every_page_is_painted",
        _WINDOW + "test_start_after_crash.py::test_after_a_crash_the_last_file_is_opened_only_when_asked",
        _CLI + "test_faults.py::test_a_value_of_another_kind_is_listed_and_nothing_is_made_of_it",
    ),
    "a field that was empty, changed by another program": (
        _STORE + "test_check.py::test_rows_that_differ_from_the_log_are_found",
        _STORE + "test_check.py::test_what_the_domain_forbids_is_found_and_mended_in_an_act_that_can_be_undone",
        _CLI + "test_faults.py::test_what_another_program_spoiled_is_listed",
    ),
    "a schema that is not ours": (
        _STORE + "test_trouble.py::test_tables_that_are_not_ours_are_refused",
        _CLI + "test_faults.py::test_tables_that_are_gone_are_the_file_s_fault",
    ),
    "a log whose chain was computed anew": (
        _STORE + "test_check.py::test_log_that_was_written_anew_is_found_on_the_machine_that_saw_it",
        _STORE + "test_check.py::test_log_that_was_written_anew_is_found_by_a_copy",
        _STORE + "test_broken_log.py::test_altered_mark_takes_nothing_back",
    ),
    "SQL as the name of a table in the log": (
        _STORE + "test_broken_log.py::test_names_from_a_forged_log_never_become_sql",
    ),
    "a broken log": (
        _STORE + "test_broken_log.py::test_spoiled_act_is_told_and_everything_but_undo_works",
        _WINDOW + "test_odd_values.py::test_a_broken_log_opens_and_its_rows_and_history_are_shown",
    ),
    "a pack killed between two renames": (
        "tests/pack/test_delivery.py::test_pack_killed_between_two_renames_is_old_or_new_as_a_whole_at_the_next_look",
    ),
    "our own export without a word of its register": (
        "tests/exchange/importing/test_coming_home.py::test_a_sheet_of_an_export_never_becomes_rows_of_another_register",
    ),
    "a title that steers the terminal": (
        _CLI + "test_terminal.py::test_no_sign_of_a_text_steers_the_terminal",
        _CLI + "test_faults.py::test_nothing_of_a_text_is_an_order_to_the_terminal",
    ),
    "a kill while a copy is made": (
        _STORE + "test_copies.py::test_half_made_copies_of_a_killed_program_are_swept",
        _STORE + "test_crash.py::test_killed_copy_leaves_the_last_whole_copy",
    ),
    "a page of the list of tables that is lost": (
        _STORE + "test_lost_schema.py::test_rows_of_a_table_that_is_listed_no_more_come_over_and_it_is_said",
        _STORE + "test_lost_schema.py::test_first_page_is_lost",
    ),
    "an empty name or the root as a folder": (
        _CLI + "test_folder_named.py::test_no_command_fills_the_folder_it_happens_to_be_in_nor_the_root",
    ),
}  # fmt: skip

NAMED = sorted({test for tests in (*(t for _, t in STATEMENTS.values()), *ONCE_FAILED.values()) for test in tests})


@pytest.mark.parametrize("test", NAMED)
def test_every_statement_has_its_test(test: str) -> None:
    assert there(test), "renamed or removed: name the test that tries to break this statement now"


def test_each_of_the_thirty_is_there() -> None:
    assert list(STATEMENTS) == list(range(1, 31))
    assert all(tests for _, tests in STATEMENTS.values()) and all(ONCE_FAILED.values())


def as_markdown() -> str:
    """Both tables."""
    lines = ["| | Statement | Tests that try to break it |", "|---|---|---|"]
    lines += [f"| {n} | {said} | {'<br>'.join(tests)} |" for n, (said, tests) in STATEMENTS.items()]
    lines += ["", "| Once failed | Tests that try it again |", "|---|---|"]
    lines += [f"| {what} | {'<br>'.join(tests)} |" for what, tests in ONCE_FAILED.items()]
    return "\n".join(lines)


if __name__ == "__main__":
    print(as_markdown())
