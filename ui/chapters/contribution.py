"""The page of the contribution score."""

from __future__ import annotations

from ui.chapters.teams.score_page import ContributionPage
from ui.shell.page import Context, Page


def page(context: Context, key: str) -> Page:
    """The page of the score, the only one of the chapter's own."""
    return ContributionPage(context)
