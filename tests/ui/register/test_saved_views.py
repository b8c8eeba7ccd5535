"""Views that a user saves: filters, order and columns under a name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from handover.registers.query import Condition
from ui.register.narrowing.views_menu import ViewName

from .conftest import Using

Open = Callable[..., Using]


def offered(at: Using) -> dict[str, object]:
    """Press the button; what its menu offers."""
    at.page.views_button.click()
    assert at.page.views_button.menu_shown is not None
    return {action.text(): action for action in at.page.views_button.menu_shown.actions() if action.text()}


def take(at: Using, entry: str) -> None:
    offered(at)[entry].trigger()  # type: ignore[attr-defined]  # an action
    assert at.page.views_button.menu_shown is not None
    at.page.views_button.menu_shown.close()
    at.rest()


def named(at: Using, name: str) -> ViewName:
    dialog = at.page.views_button.dialog
    assert dialog is not None
    dialog.name.setText(name)
    dialog.go.click()
    return dialog


@pytest.fixture
def at(using: Open) -> Using:
    """Documents without two columns, in an order, saved as Late first."""
    at = using()
    at.page.filtering.restore({"view": "overdue", "sort": [["due_on", True]]})
    at.page.arrangement.hide("discipline")
    at.rest()
    take(at, "Save as a view…")
    named(at, "Late first")
    return at


def test_a_view_brings_rows_order_and_columns_back(at: Using) -> None:
    rows = at.page.model.rowCount()
    take(at, "All rows")
    at.page.arrangement.show("discipline")
    at.rest()
    assert at.page.model.rowCount() == 200
    assert at.page.views_button.text() == "Views"

    take(at, "Late first")

    assert at.page.model.rowCount() == rows
    assert at.page.filtering.query.sort == (("due_on", True),)
    assert "discipline" not in {f.field for f in at.page.model.fields}
    assert at.page.views_button.text() == "Late first"


def test_a_changed_view_says_so_and_is_saved_or_put_back(at: Using) -> None:
    at.page.filtering.add_filter(Condition("title", "contains", ("steam",)))
    at.rest()
    assert at.page.views_button.text() == "Late first (changed)"

    take(at, "Put “Late first” back as it was saved")
    assert at.page.filtering.query.where == ()
    assert at.page.views_button.text() == "Late first"
    at.page.filtering.sort_by(())
    take(at, "Save the changes to “Late first”")
    assert at.page.views_button.text() == "Late first"


def test_two_views_never_have_one_name(at: Using) -> None:
    take(at, "Save as a view…")
    dialog = named(at, "late first")
    assert dialog.isVisible()
    assert "already" in dialog.name_box.reason.text()
    named(at, "  ")
    assert dialog.isVisible()
    named(at, "Another")

    assert [view.name for view in at.page.views.all] == ["Late first", "Another"]


def test_views_are_there_at_the_next_start_until_they_are_deleted(at: Using, using: Open) -> None:
    take(at, "Rename “Late first”…")
    named(at, "Late & first")
    again = using()
    assert [view.name for view in again.page.views.all] == ["Late & first"]

    take(again, "Late && first")
    take(again, "Delete “Late && first”")
    assert not using().page.views.all


@pytest.mark.parametrize(
    "kept",
    [
        [1, "x", None, [], {}],
        [{"name": "Odd"}],
        [{"name": 5, "rows": {}, "columns": {}}],
        [{"name": "Odd", "rows": {}, "columns": {}, "more": 1}],
        [{"name": "  ", "rows": {}, "columns": {}}],
        [{"name": "Odd", "rows": [], "columns": "x"}],
        [{"name": "Odd", "rows": {"view": 5, "text": [1], "where": "x", "sort": 3, "grouped": {}, "folded": 1},
          "columns": {}}],
        [{"name": "Odd", "rows": {"where": [1, [], ["title"], ["due_on", "is", ["no day"]], ["due_on", "is", [5]]],
                                  "sort": [1, ["none", True], [[], 1], ["title"]], "grouped": [[1], "none", "title"],
                                  "folded": [[1], "x", [["a"]]]}, "columns": {}}],
        [{"name": "Odd", "rows": {"where": [["title", "drop table", ["x"]], ["copies", "after", ["x"]], [[], {}, 1],
                                            ["changed_since", "after", ["never"]], ["changed_within", "after", ["x"]],
                                            ["title", "is", [{"a": 1}]], ["title", "is", []]]}, "columns": {}}],
        [{"name": "Odd", "rows": {}, "columns": {"shown": [1, [], "none"], "widths": {"title": "x"}, "frozen": "x"}}],
        [{"name": "Odd", "rows": {}, "columns": {"shown": 5}, "colours": [1, {"tone": []}, {"tone": "danger"},
                                                                        {"tone": "ok", "view": "none"},
                                                                        {"tone": "ok", "where": [["title", "x", 1]]}]}],
        [{"name": "Odd", "rows": {}, "columns": {}, "colours": "x"}, {"name": "odd", "rows": {}, "columns": {}}],
    ],
)  # fmt: skip
def test_views_of_settings_that_hold_anything_open_the_page_and_show_its_rows(using: Open, kept: list[object]) -> None:
    first = using()
    first.context.settings.put(first.page.views._key, kept)
    at = using()
    for view in at.page.views.all:
        at.page.views.use(view.name)
        at.rest()
        assert at.page.model.columnCount() > 0
        assert at.cell(0, at.page.model.fields[0].field)
    assert at.complaints == []
    assert len({view.name.casefold() for view in at.page.views.all}) == len(at.page.views.all)
    at.page.views.leave()
    at.rest()
    assert at.page.model.rowCount() == 200


@pytest.mark.parametrize("kept", [5, "x", [1], [{"tone": ["a"]}], [{"tone": "ok", "view": []}], {"a": 1}])
def test_rules_of_colour_of_any_content_leave_the_rows_as_they_are(using: Open, kept: object) -> None:
    first = using()
    first.context.settings.put(f"project/{first.context.project.id}/colours/documents", kept)
    at = using()
    assert at.page.views.colours.all == ()
    assert at.page.model.rowCount() == 200
