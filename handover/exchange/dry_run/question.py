"""A question that must be answered before an import, with the likely answer first."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """A question, and the option of the command line that answers it.

    Attributes:
        choices: what the option may be given, the likely one first; empty where anything may be.
        hint: how to answer it there, as a sentence.
    """

    question: str
    choices: tuple[str, ...]
    option: str
    hint: str
