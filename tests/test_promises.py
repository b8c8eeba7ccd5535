"""What users are promised, each with the tests that try to break it; run as a program, it prints the README's table.

A test that is renamed or removed without its promise is found here.
"""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.sources import ROOT, syntax

#: The promise by its number, and the tests that try to break it.
PROMISES: dict[int, tuple[str, tuple[str, ...]]] = {
    1: (
        "What was shown as stored survives a kill, a power cut and a full disk.",
        (
            "tests/store/test_crash.py::test_killed_writer_leaves_whole_acts",
            "tests/store/test_crash.py::test_power_cut_loses_no_act_but_the_last_and_none_by_halves",
            "tests/store/test_crash.py::test_full_disk_is_told_and_stores_nothing",
            "tests/store/test_blobs.py::test_killed_attaching_leaves_no_content_by_halves",
        ),
    ),
    2: (
        "An act (import, paste, bulk edit) happens whole or not at all.",
        (
            "tests/store/test_work.py::test_act_that_fails_leaves_nothing",
            "tests/cli/test_killed.py::test_a_killed_import_leaves_what_was_there",
            "tests/cli/test_full_disk.py::test_import_on_a_full_disk_leaves_what_was_there",
            "tests/registers/files/test_attachments.py::test_of_several_files_all_or_none_are_attached",
        ),
    ),
    3: (
        "A failed export or pack leaves the old file untouched and nothing beside it.",
        (
            "tests/test_replacing.py::test_a_failing_writer_leaves_the_old_file",
            "tests/pack/test_delivery.py::test_pack_killed_between_two_renames_is_old_or_new_as_a_whole_at_the_next_look",
            "tests/cli/test_killed.py::test_a_killed_export_leaves_no_file_that_looks_like_a_pack",
            "tests/cli/test_full_disk.py::test_export_on_a_full_disk_leaves_the_old_file",
            "tests/cli/test_full_disk.py::test_pack_on_a_full_disk_leaves_nothing",
        ),
    ),
    4: (
        "A copy is made each half hour in which something changes, on closing, and before an import, a large "
        "deletion, an upgrade, a restore and the emptying of a bin; all of 2 days, then 14 days, 8 weeks and 12 "
        "months are kept within a size that is chosen, and a second folder gets them, too. What a copy would "
        "change is told before it is restored, and the restoring can be undone.",
        (
            "tests/store/test_copies.py::test_copy_is_made_each_half_hour_in_which_something_changed",
            "tests/store/test_copies.py::test_clock_that_was_wrong_once_costs_no_good_copy",
            "tests/store/test_copies.py::test_second_folder_gets_every_copy_and_can_be_restored_from",
            "tests/store/test_page_store.py::test_a_year_of_copies_takes_five_times_the_file_at_most",
            "tests/store/test_page_store.py::test_any_damage_to_pages_or_index_is_told_and_restores_nothing",
            "tests/store/test_differences.py::test_rows_that_restoring_takes_brings_back_and_sets_back_are_told",
            "tests/store/test_copies.py::test_one_may_write_while_a_copy_is_made",
            "tests/store/test_copies.py::test_of_two_years_of_days_two_weeks_eight_weeks_and_a_year_stay",
            "tests/store/test_copies.py::test_emptying_the_bin_leaves_a_copy_with_what_was_in_it",
            "tests/store/test_copies.py::test_restored_copy_takes_the_place_after_a_copy_of_the_present",
            "tests/store/test_migrate.py::test_older_workspace_is_opened_with_its_rows_and_a_backup",
            "tests/ui/window/test_restore.py::test_copy_is_restored_and_the_present_is_kept",
        ),
    ),
    5: (
        "A damaged file is recognised, told in plain words and opens for reading at most; what can be read of it "
        "is saved as a new file, with a list of what can't. Trouble of the disk is never called damage.",
        (
            "tests/store/test_trouble.py::test_only_damage_is_called_damage",
            "tests/store/test_trouble.py::test_damage_of_a_large_file_is_found_behind",
            "tests/store/test_trouble.py::test_damaged_file_opens_for_reading_at_most",
            "tests/store/test_check.py::test_what_the_domain_forbids_is_found_and_mended_in_an_act_that_can_be_undone",
            "tests/store/test_check.py::test_damaged_file_is_a_finding_not_an_error",
            "tests/registers/files/test_attachments.py::test_spoiled_content_is_found_by_the_check_and_not_handed_out",
            "tests/store/test_salvage.py::test_any_damage_gives_a_sound_file_or_a_plain_refusal",
            "tests/store/test_salvage.py::test_rows_lost_in_table_and_log_are_counted",
            "tests/ui/window/test_restore.py::test_what_can_be_read_of_a_damaged_file_is_saved_and_opened",
        ),
    ),
    6: (
        "A workspace that is open twice, under two names, write-protected, on a share or in a synced folder is "
        "recognised, and is not corrupted; one that is moved, deleted or replaced while it is open loses nothing.",
        (
            "tests/store/test_home.py::test_renamed_file_is_followed_with_all_that_was_done",
            "tests/store/test_home.py::test_file_that_another_one_replaced_is_saved_beside_it",
            "tests/store/test_home.py::test_link_and_file_are_one_workspace",
            "tests/store/test_home.py::test_new_file_takes_nothing_of_a_dead_one",
            "tests/store/test_trouble.py::test_lock_follows_no_link",
            "tests/store/test_medium.py::test_folder_of_a_sync_client_is_recognised_and_named",
            "tests/store/test_workspace.py::test_second_window_is_told_who_has_the_file_and_may_read",
            "tests/store/test_workspace.py::test_write_protected_file_opens_for_reading_and_refuses_an_edit",
            "tests/store/test_medium.py::test_share_is_recognised_and_gets_no_write_ahead_log",
            "tests/store/test_workspace.py::test_folder_of_a_sync_client_gets_no_write_ahead_log",
        ),
    ),
    7: (
        "An older program refuses a newer file and does not touch it; a newer one opens every file of an older one.",
        (
            "tests/store/test_workspace.py::test_unusable_file_has_its_own_message_and_is_left_untouched",
            "tests/store/test_migrate.py::test_migrated_workspace_has_the_schema_of_a_new_one",
            "tests/store/test_migrate.py::test_failed_migration_leaves_the_file_as_it_was_and_a_copy",
        ),
    ),
    8: (
        "Undo restores exactly what was, also after a restart.",
        (
            "tests/store/test_changes_property.py::TestChangeLog",
            "tests/store/test_undo.py::test_undo_and_redo_go_on_after_a_restart",
        ),
    ),
    9: (
        "Hostile files (bombs, entities, far cells, nonsense) are read within limits or refused with a message.",
        (
            "tests/exchange/reading/test_hostile.py::test_a_bomb_that_lies_about_its_size_is_refused",
            "tests/exchange/reading/test_hostile.py::test_a_document_type_in_a_part_is_refused",
            "tests/test_confined.py::test_a_child_keeps_its_limit_of_memory",
            "tests/preview/test_pages.py::test_any_damage_to_a_pdf_gives_a_page_or_a_refusal",
            "tests/exchange/reading/test_fuzz.py::test_a_workbook_with_flipped_bytes_is_read_or_refused",
        ),
    ),
    10: (
        "No formula, macro or link of a file is run or fetched; the program makes no network connection.",
        (
            "tests/exchange/reading/test_hostile.py::test_macros_links_and_objects_are_told_and_left_alone",
            "tests/cli/test_offline.py::test_a_days_work_opens_no_connection",
            "tests/cli/test_offline.py::test_making_the_sample_opens_no_connection",
            "tests/cli/test_offline.py::test_no_module_speaks_to_the_network",
        ),
    ),
    11: (
        "Text that looks like a formula is written to Excel as text.",
        ("tests/pack/test_excel.py::test_text_that_looks_like_a_formula_stays_text",),
    ),
    12: (
        "What users enter is never markup, SQL or a path, in PDFs, on the screen, in queries and file names.",
        (
            "tests/pack/test_pdf.py::test_what_users_enter_is_never_markup_nor_action",
            "tests/ui/test_markup.py::test_no_page_takes_what_was_entered_for_markup",
            "tests/store/test_work.py::test_update_of_a_field_that_is_a_word_of_sql",
            "tests/store/test_broken_log.py::test_names_from_a_forged_log_never_become_sql",
            "tests/cli/test_terminal.py::test_no_sign_of_a_text_steers_the_terminal",
            "tests/test_file_names.py::test_names_are_safe_on_every_system",
            "tests/pack/test_delivery.py::test_a_hostile_manifest_is_refused",
        ),
    ),
    14: (
        "The change log can't be altered unnoticed: each act bears the hash of the one before, and what this "
        "machine has seen, the copies and the issued packs bear the newest, so that a chain that is computed anew"
        " is found there. Who alters all of these alike, on every machine, is not found.",
        (
            "tests/store/test_check.py::test_log_that_was_written_anew_is_found_on_the_machine_that_saw_it",
            "tests/store/test_check.py::test_log_that_was_written_anew_is_found_by_a_copy",
            "tests/store/test_check.py::test_altered_log_is_found",
            "tests/store/test_check.py::test_rows_that_differ_from_the_log_are_found",
        ),
    ),
    16: (
        "100,000 rows in a register are listed, filtered and sorted within 500 MB of memory.",
        ("tests/store/test_large.py::test_a_hundred_thousand_rows_need_less_than_500_mb",),
    ),
    17: (
        "A job that fails tells why and leaves the window usable; a fault that nobody foresaw is shown and logged.",
        (
            "tests/ui/window/test_work.py::test_failure_of_a_job_is_told_plainly",
            "tests/ui/window/test_work.py::test_fault_nobody_foresaw_is_shown_with_details_to_copy",
            "tests/ui/window/test_work.py::test_faults_and_qts_own_warnings_are_kept_in_a_log",
        ),
    ),
    18: (
        "Closing the window stops what is running and takes a half act back; no thread or timer is left.",
        (
            "tests/ui/window/test_closing.py::test_act_in_the_middle_is_taken_back_whole",
            "tests/ui/window/test_closing.py::test_no_thread_and_no_timer_outlives_the_window",
        ),
    ),
    19: (
        "Time zones and summer time move no date; leap days, week 53 and China's holidays are counted right.",
        (
            "tests/plan/test_time_zones.py::test_work_in_another_zone_gives_the_same_dates",
            "tests/plan/test_calendar.py::test_a_leap_day_and_the_turn_of_the_year_are_days_like_others",
            "tests/store/test_copies.py::test_week_53_is_one_week",
            "tests/plan/test_calendar.py::test_china_s_calendar_has_its_holidays_and_make_up_days",
        ),
    ),
}

NAMED = [test for _, tests in PROMISES.values() for test in tests]


def collected_from(path: Path) -> set[str]:
    """What pytest collects from a module: its functions and classes of the right name, also assigned ones."""
    found = set()
    for node in syntax(path).body:
        names = [node.name] if isinstance(node, ast.FunctionDef | ast.ClassDef) else []
        if isinstance(node, ast.Assign):
            names = [target.id for target in node.targets if isinstance(target, ast.Name)]
        found |= {name for name in names if name.startswith(("test_", "Test"))}
    return found


def there(test: str) -> bool:
    """Whether a test that is named by its file and function is one that pytest runs."""
    file, _, name = test.partition("::")
    return (ROOT / file).is_file() and name in collected_from(Path(file))


def as_markdown() -> str:
    """The table as it stands in the README."""
    lines = ["| | Promise | Tests that try to break it |", "|---|---|---|"]
    for number, (promise, tests) in PROMISES.items():
        lines.append(f"| {number} | {promise} | {'<br>'.join(f'`{test}`' for test in tests)} |")
    return "\n".join(lines)


@pytest.mark.parametrize("test", NAMED)
def test_every_promise_has_its_test(test: str) -> None:
    assert there(test), "renamed or removed: name the test that tries to break this promise now"


def test_no_promise_stands_without_a_test() -> None:
    assert [number for number, (_, tests) in PROMISES.items() if not tests] == []
    assert len(set(NAMED)) == len(NAMED)


def test_every_test_that_the_readme_names_is_there() -> None:
    named = re.findall(r"tests/[\w/]+\.py::\w+", (ROOT / "README.md").read_text(encoding="utf-8"))

    assert [test for test in named if not there(test)] == []


def test_a_test_that_is_gone_is_found() -> None:
    assert not there("tests/store/test_copies.py::test_that_never_was")
    assert not there("tests/store/nowhere.py::test_week_53_is_one_week")


if __name__ == "__main__":
    print(as_markdown())
