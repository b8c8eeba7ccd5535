"""The sections of a form: they fold by mouse and keyboard, stay as they were left, and open for what is wrong."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from handover.registers.catalogue import register, registers
from ui.register.details.form import FormGrid, SectionHead
from ui.register.details.form_fields import in_sections

from .conftest import Using

Open = Callable[..., Using]


def at_details(using: Open, key: str = "documents") -> Using:
    at = using(key)
    at.page.restore({"details": True})
    at.go(0, at.page.model.fields[0].field)
    at.rest()
    return at


def grid(at: Using) -> FormGrid:
    return at.page.detail.grid


def head(at: Using, key: str) -> SectionHead:
    return grid(at).heads[key]


def in_view(at: Using, field: str) -> bool:
    return at.page.detail.boxes[field].isVisible()


def test_fields_stand_in_the_sections_of_the_declaration() -> None:
    sections = {group: [f.field for f in fields] for group, fields in in_sections(register("systems")).items()}

    assert list(sections) == ["", "Importance", "Responsibility", "Dates", "Other"]
    assert sections["Responsibility"] == ["engineering_lead", "operations_lead", "custody", "custody_proof"]
    assert sum(map(len, sections.values())) == len([f for f in register("systems").fields if not f.counts])


def test_short_forms_have_no_headings_and_long_ones_have() -> None:
    for each in registers():
        fields = sum(map(len, in_sections(each).values()))
        assert len(in_sections(each)) > 1 or fields < 13, each.key


def test_click_folds_a_section_and_says_what_stands_in_it(using: Open) -> None:
    at = at_details(using)
    title = head(at, "Dates").text()

    QTest.mouseClick(head(at, "Dates"), Qt.MouseButton.LeftButton)

    filled = sum(bool(at.page.detail.boxes[f.field].text()) for f in in_sections(at.page.register)["Dates"])
    assert not in_view(at, "due_on")
    assert in_view(at, "revision")
    assert head(at, "Dates").text() == (f"{title} · {filled} filled in" if filled else title)
    assert head(at, "Dates").accessibleDescription() == "Folded"


def test_keys_fold_and_open_a_section(using: Open) -> None:
    at = at_details(using)
    for key, visible in (
        (Qt.Key.Key_Left, False), (Qt.Key.Key_Left, False), (Qt.Key.Key_Right, True),
        (Qt.Key.Key_Return, False), (Qt.Key.Key_Space, True),
    ):  # fmt: skip
        QTest.keyClick(head(at, "Dates"), key)
        assert in_view(at, "due_on") is visible


def test_tab_leads_through_headings_and_fields_as_one_reads(using: Open) -> None:
    at = at_details(using, "systems")
    boxes = at.page.detail.boxes
    head(at, "Responsibility").fold(True)
    boxes["priority"].editor.setFocus()

    met = []
    for _ in range(4):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())

    expected = [boxes["criticality"].editor, head(at, "Responsibility"), head(at, "Dates"), boxes["planned_rfc"].editor]
    assert met == expected


def test_folded_sections_stay_folded_at_the_next_start(using: Open) -> None:
    first = at_details(using)
    head(first, "Dates").click()
    head(first, "Other").click()
    head(first, "Other").click()

    again = at_details(using)

    assert head(again, "Dates").is_folded
    assert not head(again, "Other").is_folded


def test_field_that_is_wanted_opens_its_section_for_once(using: Open) -> None:
    at = at_details(using)
    head(at, "Dates").click()

    at.page.detail.enter("due_on")
    at.rest()

    assert in_view(at, "due_on")
    assert at.context.settings.get("page/documents/folded") == ["Dates"]


def test_what_can_not_be_taken_is_shown_although_it_was_folded(using: Open) -> None:
    at = at_details(using)
    at.page.add_row()
    boxes = at.page.detail.boxes
    boxes["title"].editor.setText("Crane manual")
    boxes["due_on"].editor.setText("never")
    head(at, "Dates").fold(True)

    at.page.detail.add()
    at.rest()

    assert in_view(at, "due_on")
    assert "not a date" in boxes["due_on"].reason.text()
    view = grid(at).viewport()
    assert view.rect().contains(boxes["due_on"].mapTo(view, QPoint(1, 1)))
