"""The words by which a template's example row and explanations are known again."""

from __future__ import annotations

from handover.i18n import LANGUAGES, N_, in_language, tr
from handover.registers.declare import Field, Register
from handover.values.cells import normal

EXAMPLE = N_("Example:")
HOW_TO = N_("How to fill it in")


def example_field(register: Register) -> Field | None:
    """The field in which the example row of a template says that it is one: what names a row, else its first text."""
    wordy = [field for field in register.entered if field.kind.wordy or (field.links and not field.pick)]
    return next((field for field in wordy if field.required), next(iter(wordy), None))


def is_example(text: object) -> bool:
    """True for the name of a template's example row, in either language."""
    if not isinstance(text, str):
        return False
    for code in LANGUAGES:
        with in_language(code):
            if normal(text).startswith(normal(tr(EXAMPLE))):
                return True
    return False


def explains(sheet: str) -> bool:
    """True for the name of a template's sheet that says how to fill it in, in either language."""
    for code in LANGUAGES:
        with in_language(code):
            if sheet == tr(HOW_TO):
                return True
    return False
