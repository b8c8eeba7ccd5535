"""Values that are told in a sentence: a query gives what fills it, and it is made in the language of who reads it."""

from __future__ import annotations


class Sentence(str):
    """What fills a sentence, as a query gives it."""

    __slots__ = ()

    def sentence(self) -> str:
        """The sentence in the language in force."""
        raise NotImplementedError
