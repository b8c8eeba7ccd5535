"""Which rows a register's page wants: filters and order as one object, apart from any widget."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from handover.registers.catalogue import register
from handover.registers.query import Condition
from ui.register.narrowing.filtering import Filtering


@pytest.fixture
def filtering(qtbot: QtBot) -> Filtering:
    return Filtering(register("documents"))


def test_a_condition_on_the_same_field_and_operator_is_replaced(filtering: Filtering) -> None:
    filtering.add_filter(Condition("title", "contains", ("pump",)))
    filtering.add_filter(Condition("title", "contains", ("tank",)))
    filtering.add_filter(Condition("title", "filled"))

    assert [c.values for c in filtering.query.where] == [("tank",), ()]


def test_a_field_is_sorted_up_then_down_then_not_at_all(filtering: Filtering) -> None:
    seen = []
    for _ in range(3):
        filtering.turn("title", add=False)
        seen.append(filtering.query.sort)

    assert seen == [(("title", False),), (("title", True),), ()]


def test_a_second_field_is_added_behind_the_first(filtering: Filtering) -> None:
    filtering.turn("title", add=False)
    filtering.turn("due_on", add=True)
    assert filtering.query.sort == (("title", False), ("due_on", False))

    filtering.turn("due_on", add=False)
    assert filtering.query.sort == (("due_on", True),)


def test_clearing_and_the_bin_keep_the_order(filtering: Filtering) -> None:
    filtering.sort_by((("title", True),))
    filtering.search("pump")
    filtering.clear()
    assert (filtering.query.text, filtering.query.sort) == ("", (("title", True),))

    filtering.switch_bin()
    assert (filtering.query.bin, filtering.query.sort) == (True, (("title", True),))


def test_what_was_wanted_comes_back_from_plain_values(filtering: Filtering, qtbot: QtBot) -> None:
    filtering.add_filter(Condition("title", "contains", ("pump",)))
    filtering.sort_by((("title", True),))
    again = Filtering(register("documents"))
    with qtbot.waitSignal(again.changed):
        again.restore(filtering.state())

    assert again.query == filtering.query
    again.restore({"row": "of no concern"})
    assert again.query == filtering.query


def test_a_new_row_takes_over_what_the_filters_say_exactly(filtering: Filtering) -> None:
    filtering.add_filter(Condition("title", "contains", ("pump",)))
    filtering.add_filter(Condition("discipline", "is", ("Piping",)))
    filtering.add_filter(Condition("status", "is", ("draft", "submitted")))

    assert filtering.given() == {"discipline": "Piping"}


def test_the_same_text_again_changes_nothing(filtering: Filtering, qtbot: QtBot) -> None:
    filtering.search("pump")
    with qtbot.assertNotEmitted(filtering.changed):
        filtering.search("pump")
