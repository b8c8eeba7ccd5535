"""The fixtures of a register's page, which a chapter's own tabs stand in."""

from __future__ import annotations

from tests.ui.register.conftest import context, using

__all__ = ["context", "using"]
