"""The engines of SQLAlchemy through which workspaces are read and written.

All of a process share one dialect and what has been compiled for it: SQLAlchemy keeps compiled statements, and how each
type is written and read, by dialect. So a statement is put together once, not once for each workspace that is opened,
and nothing of a workspace stays behind when it is closed.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.pool import Pool
from sqlalchemy.util import LRUCache

from handover.store.odd_dates import take_odd_dates

#: So many compiled statements are kept; a filter or a sorting that nobody has used for long is compiled again.
_KEPT = 1000
_compiled: LRUCache[Any, Any] = LRUCache(_KEPT)  # Any: keys and values are SQLAlchemy's own


def make_engine(connect: Callable[[], Any], pool: type[Pool], **of_pool: Any) -> Engine:
    """An engine on the connections that ``connect`` opens.

    Args:
        of_pool: what the pool takes besides.
    """  # Any: SQLAlchemy's protocol of a connection says less than sqlite3's; each pool has arguments of its own
    model = _model()
    return Engine(
        pool(connect, dialect=model.dialect, **of_pool),
        model.dialect,
        model.url,
        execution_options={"compiled_cache": _compiled},
    )


@cache
def _model() -> Engine:
    """An engine that has been connected once: by that its dialect learns what this SQLite can do."""
    engine = create_engine("sqlite://")
    take_odd_dates(engine)
    with engine.connect():
        pass
    engine.dispose()
    return engine
