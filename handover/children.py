"""The child processes of a frozen program, which starts itself to be one of them; see ``handover.confined``."""

from __future__ import annotations

from collections.abc import Sequence

from handover.confined import CHILDREN


def run_as_child(arguments: Sequence[str]) -> int | None:
    """Be the child that the first argument names and return its exit status; None where it names none."""
    match CHILDREN.get(arguments[0]) if arguments else None:
        case "handover.exchange.reading.child":
            from handover.exchange.reading import child as reader

            return reader.main()
        case "handover.exchange.plans.child":
            from handover.exchange.plans import child as planner

            return planner.main()
        case "handover.preview.child":
            from handover.preview import child as artist

            return artist.main()
        case _:
            return None
