"""The sentence that tells what a gate still lacks, in the language of who reads it."""

from __future__ import annotations

from handover.i18n import NN_, language, trn
from handover.registers.kinds.sentence import Sentence, SentenceKind

_MISSING = NN_("{n} required document is missing at {milestone}.", "{n} required documents are missing at {milestone}.")
_WRONG = NN_(
    "{n} required document is held with the wrong status at {milestone}.",
    "{n} required documents are held with the wrong status at {milestone}.",
)


class MissingAtGate(Sentence):
    """How many documents are missing, how many are held with the wrong status, and the milestone: ``7|2|Start-up``."""

    __slots__ = ()

    def sentence(self) -> str:
        missing, wrong, milestone = self.split("|", 2)
        counted = ((_MISSING, int(missing)), (_WRONG, int(wrong)))
        return ("" if language() == "zh" else " ").join(
            trn(*words, n, milestone=milestone) for words, n in counted if n
        )


class MissingAtGateKind(SentenceKind):
    """What documents a gate lacks; it follows from them and is never entered."""

    key = "missing_at_gate"
    width = 44
    told = MissingAtGate


MISSING_AT_GATE = MissingAtGateKind()
