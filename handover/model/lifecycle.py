"""Lifecycles as data: the states of a row, the steps that lead from one to another, and the states that lock it."""

from __future__ import annotations

from dataclasses import dataclass, field

from handover.errors import NotFound, NotLawful
from handover.i18n import N_, tr
from handover.model.vocabulary import Listed, Option, Vocabulary


@dataclass(frozen=True, slots=True)
class Step:
    """An act by which somebody brings a row from one state to another.

    Fields are named as registers name them: ``cleared_by`` for the model's ``cleared_by_id``.

    Args:
        key: as on the command line.
        name: the verb on the button, in English; found in the catalogue.
        source: the states from which it leads.
        target: the state to which it leads.
        asks: fields that must be filled in once it is taken.
        may: fields that can be given with it.
        by: the field that names who took it; the user where he or she is known and nobody else is named.
        on: the field with the day on which it was taken; today where no other is given.
        after: fields with days before which it can't have been taken.
        by_other_than: fields that name people who may not take it.
        wipes: fields that it empties, but for those that were filled in with it.
        counts: a field that counts how often it was taken.
        needs: the method of the model that yields what else stands against it, as ``Reason``.
    """

    key: str
    name: str
    source: tuple[str, ...]
    target: str
    asks: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    by: str = ""
    on: str = ""
    after: tuple[str, ...] = ()
    by_other_than: tuple[str, ...] = ()
    wipes: tuple[str, ...] = ()
    counts: str = ""
    needs: str = ""

    @property
    def label(self) -> str:
        """The verb in the language in force."""
        return tr(self.name)

    def __str__(self) -> str:
        return self.label

    @property
    def given(self) -> tuple[str, ...]:
        """The fields that can be given with it, in the order in which they are asked."""
        named = (*self.asks, *((self.by,) if self.by else ()), *((self.on,) if self.on else ()), *self.may)
        return tuple(dict.fromkeys(named))

    @property
    def touches(self) -> frozenset[str]:
        """The fields that it sets or empties."""
        return frozenset({*self.given, *self.wipes, *((self.counts,) if self.counts else ())})


@dataclass(frozen=True)
class Lifecycle(Vocabulary):
    """A vocabulary of states with the steps between them; no other change of state is lawful.

    Args:
        closed: the states in which nothing is left to do.
        locked: the states in which a row can't be changed but by a step.
        stays_open: the fields that can be changed in a locked state all the same.
        follows: what is said to whoever wants to set it, where the state follows from other rows and has no steps.
    """

    steps: tuple[Step, ...] = ()
    closed: frozenset[str] = frozenset()
    locked: frozenset[str] = frozenset()
    stays_open: frozenset[str] = frozenset()
    follows: str = ""
    lawful: frozenset[tuple[str, str]] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        super().__post_init__()
        pairs = frozenset((source, step.target) for step in self.steps for source in step.source)
        object.__setattr__(self, "lawful", pairs)

    @property
    def initial(self) -> str:
        """The state in which a new row starts."""
        return self.options[0].code

    def next_states(self, code: str | None) -> tuple[Option, ...]:
        """The states that may follow ``code``."""
        return tuple(o for o in self.options if (code, o.code) in self.lawful)

    def steps_from(self, code: str | None) -> tuple[Step, ...]:
        """The steps that lead on from ``code``."""
        return tuple(step for step in self.steps if code in step.source)

    def steps_between(self, before: str, after: str) -> tuple[Step, ...]:
        """The steps that lead from one state to another."""
        return tuple(step for step in self.steps if before in step.source and step.target == after)

    def step(self, key: str) -> Step:
        """The step of a key. Raises NotFound, naming those that there are."""
        for step in self.steps:
            if step.key == key:
                return step
        known = ", ".join(step.key for step in self.steps)
        raise NotFound(N_("There is no step {key}. There are: {steps}."), key=key, steps=known)

    def require(self, before: str, after: str) -> None:
        """Raises NotLawful, in the words that the user reads, when ``after`` may not follow ``before``."""
        if before == after or (before, after) in self.lawful:
            return
        if self.follows:
            raise NotLawful(self.follows)
        was = next((o for o in self.options if o.code == before), before)
        allowed = Listed(self.next_states(before))
        if not allowed:
            raise NotLawful(N_("“{before}” is final."), before=was)
        raise NotLawful(
            N_("“{before}” can't become “{after}”. Possible now: {allowed}."),
            before=was,
            after=self[after],
            allowed=allowed,
        )
