"""What is said of clocks: kinds of spells, findings, durations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from handover.i18n import NC_, tr, trn
from handover.model.vocabulary import Tone
from handover.running.run_clock import ClockFinding, ClockReading, SpellKind

#: What each kind of spell is called, and its colour.
SPELLS: Final[Mapping[SpellKind, tuple[str, str]]] = {
    "counts": (NC_("run", "Counts"), "ok"),
    "ignored": (NC_("run", "Interrupted, counts all the same"), "info"),
    "below": (NC_("run", "Load too low"), "neutral"),
    "suspended": (NC_("run", "The clock stands"), "warning"),
    "reset": (NC_("run", "Back to zero"), "danger"),
    "gap": (NC_("run", "Nothing logged"), "line"),
}

_TONES: Final[Mapping[SpellKind, Tone]] = {
    "counts": "ok", "ignored": "info", "below": "neutral", "suspended": "warning", "reset": "danger", "gap": "neutral"
}  # fmt: skip
_RESULTS: Final = {
    "running": NC_("run", "Running"),
    "passed": NC_("run", "Passed by the clock"),
    "failed": NC_("run", "Failed by its rules"),
}


def result_words(reading: ClockReading) -> str:
    """What the clock says of the run, in the language in force."""
    if reading.result == "running" and reading.began is None:
        return tr(NC_("run", "Not started"))
    if reading.result == "running" and reading.state is not None and reading.state != "counts":
        return tr(SPELLS[reading.state][0])
    return tr(_RESULTS[reading.result])


def result_tone(reading: ClockReading) -> Tone:
    """The colour of what the clock says."""
    if reading.result != "running":
        return "ok" if reading.result == "passed" else "danger"
    return _TONES[reading.state] if reading.state is not None else "neutral"


def finding_words(finding: ClockFinding, numbers: Mapping[str, str]) -> str:
    """A sentence of what is to be said of the log.

    Args:
        numbers: what entries are called, by key.
    """
    which = ", ".join(numbers.get(key, key) for key in finding.keys)
    hours = duration(finding.limit)
    match finding.code:
        case "twice":
            return tr("{which} tell of the same time.", which=which)
        case "overlap":
            return tr("{which}: the plant ran while it was interrupted. The interruption goes before.", which=which)
        case "ahead":
            return tr("{which}: this lies in the future.", which=which)
        case "gap":
            return tr("Nothing is logged for {hours}; that time doesn't count.", hours=hours)
        case "unanswered":
            return tr("{which}: nobody has said who answers for it. Until then the clock stands.", which=which)
        case "longest":
            return tr("{which}: longer than {hours}, the longest that the contract allows.", which=which, hours=hours)
        case "most_time":
            return tr("{which}: together longer than {hours}, which the contract allows.", which=which, hours=hours)
        case "clear_end":
            return tr("{which}: within the last {hours}, in which none may begin.", which=which, hours=hours)
        case "most":
            return trn("{which}: more than {n} interruption.", "{which}: more than {n} interruptions.", finding.limit,
                       which=which)  # fmt: skip
        case "repeats":
            return trn("{which}: the same thing failed again more than {n} time.",
                       "{which}: the same thing failed again more than {n} times.", finding.limit,
                       which=which)  # fmt: skip
        case "most_resets":
            return trn("The run began anew more than {n} time.", "The run began anew more than {n} times.",
                       finding.limit)  # fmt: skip


def duration(minutes: int) -> str:
    """Minutes of the clock as people say them: ``3 h``, ``2 h 05 min``, ``20 min``."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return tr("{n} min", n=rest)
    return tr("{n} h", n=hours) if not rest else tr("{hours} h {minutes} min", hours=hours, minutes=f"{rest:02d}")
