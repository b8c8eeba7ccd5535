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
