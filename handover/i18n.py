"""The two languages: every sentence goes through ``tr`` and is found in the catalogue by its English text.

The catalogue of a language is the union of the ``.po`` files in its folder under ``resources/locale``, one file an
area of the program. They are compiled to one ``.mo`` beside them whenever one of them is newer.
"""

from __future__ import annotations

import contextlib
import contextvars
import gettext
import io
import locale
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from handover.resource import resource

LANGUAGES = ("en", "zh")
_FOLDER = {"zh": "zh_CN"}

_chosen = "en"
_here: contextvars.ContextVar[str | None] = contextvars.ContextVar("language", default=None)


def N_(message: str) -> str:  # noqa: N802 - gettext's own name
    """Mark a sentence for the catalogue without translating it yet."""
    return message


class InContext(str):
    """A sentence that is translated as it is said in a context; see ``NC_``."""

    __slots__ = ("context",)
    context: str


def NC_(context: str, message: str) -> InContext:  # noqa: N802 - as N_
    """Mark a sentence of which one English word has several Chinese ones; ``tr`` finds the one of its context."""
    marked = InContext(message)
    marked.context = context
    return marked


def NN_(one: str, many: str) -> tuple[str, str]:  # noqa: N802 - as N_
    """Mark a sentence that counts for the catalogue, as it is for one thing and for several."""
    return one, many


def use(language: str) -> None:
    """Choose the language of the program, ``en`` or ``zh``, in every thread."""
    global _chosen
    _chosen = language if language in LANGUAGES else "en"


def language() -> str:
    """The language in force here: that of ``in_language`` or else the program's."""
    return _here.get() or _chosen


@contextmanager
def in_language(code: str) -> Iterator[None]:
    """Speak another language within a block, such as the language of a pack."""
    token = _here.set(code)
    try:
        yield
    finally:
        _here.reset(token)


def system_language() -> str:
    """The language that the system asks for, ``en`` where it is neither of ours."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE"):
        if value := os.environ.get(name):
            return "zh" if value.lower().startswith("zh") else "en"
    code = locale.getlocale()[0] or ""
    return "zh" if code.lower().startswith(("zh", "chinese")) else "en"


#: A place in a sentence that is filled; Python's own format language would let a text from a file ask for more.
_PLACE = re.compile(r"\{(\w{1,60})\}|\{\{|\}\}")


def filled(text: str, values: Mapping[str, object]) -> str:
    """A sentence with its ``{placeholders}`` filled, and ``{{`` for a brace; what isn't given stays as it is.

    Nothing else is a placeholder: a sentence that comes from a file, such as the label of an act, can neither ask for
    the attributes of a value nor for a width of a hundred million characters.
    """

    def fill(place: re.Match[str]) -> str:
        if place[1] is None:
            return place[0][0]
        return str(values[place[1]]) if place[1] in values else place[0]

    return _PLACE.sub(fill, text)


def is_sentence(message: object) -> bool:
    """Whether this is a sentence of the program, of those that it has a translation for."""
    return isinstance(message, str) and message != "" and _catalogue("zh").gettext(message) != message


def tr(message: str, /, **values: object) -> str:
    """The sentence in the language in force, its ``{placeholders}`` filled from ``values``."""
    if isinstance(message, InContext):
        return trc(message.context, message, **values)
    text = _catalogue(language()).gettext(message) if message else ""
    return filled(text, values) if values else text


def trn(one: str, many: str, n: int, /, **values: object) -> str:
    """The sentence in the number that fits ``n``; ``{n}`` is filled with it, its thousands parted."""
    return filled(_catalogue(language()).ngettext(one, many, n), {"n": f"{n:,}", **values})


def trc(context: str, message: str, /, **values: object) -> str:
    """The sentence as it is said in ``context``, where one English word has several Chinese ones."""
    text = _catalogue(language()).pgettext(context, message)
    return filled(text, values) if values else text


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    if code not in _FOLDER:
        return gettext.NullTranslations()
    folder = resource("locale", _FOLDER[code], "LC_MESSAGES")
    compiled = folder / "handover.mo"
    sources = sorted(folder.glob("*.po"))
    newest = max((p.stat().st_mtime for p in sources), default=0.0)
    if compiled.exists() and compiled.stat().st_mtime >= newest:
        return gettext.GNUTranslations(io.BytesIO(compiled.read_bytes()))
    data = compile_catalogue(sources)
    part = compiled.with_name(f"handover.{os.getpid()}.part")
    try:
        part.write_bytes(data)
        part.replace(compiled)
    except OSError:  # a read-only installation: the catalogue in memory serves as well
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
    return gettext.GNUTranslations(io.BytesIO(data))


def compile_catalogue(sources: list[Path]) -> bytes:
    """The ``.mo`` bytes of several ``.po`` files together."""
    from babel.messages.catalog import Catalog
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    whole = Catalog(locale="zh_CN")
    for path in sources:
        with path.open("rb") as file:
            for message in read_po(file, locale="zh_CN"):
                if message.id:
                    whole.add(message.id, message.string, context=message.context)
    out = io.BytesIO()
    write_mo(out, whole)
    return out.getvalue()
