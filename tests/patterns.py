"""Every pattern of the program, and the texts that make each of them work hardest."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from re import _constants as signs  # type: ignore[attr-defined]  # the parser that patterns are made with
from re import _parser as parser  # type: ignore[attr-defined]  # as above
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_USES = {"compile", "search", "match", "fullmatch", "sub", "split", "findall", "finditer", "subn"}
#: Repeats of fewer times than this are no matter of growth.
_FEW = 64


@dataclass(frozen=True)
class Found:
    """A pattern and where it stands."""

    where: str
    pattern: re.Pattern[Any]

    def __str__(self) -> str:
        return f"{self.where} {self.pattern.pattern!r:.60}"


def all_patterns() -> list[Found]:
    """The patterns of ``handover``: those that modules hold and those that stand within a call."""
    found: dict[tuple[Any, int], Found] = {}
    for path in sorted((ROOT / "handover").rglob("*.py")):
        if "migrations" in path.parts:
            continue
        name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
        source = path.read_text(encoding="utf-8")
        if "\nimport re\n" not in source or name == "handover.cli.__main__":
            continue
        for where, pattern in (*_of_module(name), *_of_calls(name, source)):
            found.setdefault((pattern.pattern, pattern.flags), Found(where, pattern))
    return list(found.values())


def _of_module(name: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    module = importlib.import_module(name)
    for key, value in vars(module).items():
        for each in value if isinstance(value, (tuple, list)) else (value,):
            if isinstance(each, re.Pattern):
                yield f"{name}.{key}", each


def _of_calls(name: str, source: str) -> Iterator[tuple[str, re.Pattern[Any]]]:
    for node in ast.walk(ast.parse(source)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "re"
            and node.func.attr in _USES
            and isinstance(node.args[0], ast.Constant)
        ):
            yield f"{name}:{node.lineno}", re.compile(node.args[0].value)


def worst_texts(pattern: re.Pattern[Any], n: int) -> Iterator[Any]:
    """Texts of about ``n`` times what each repeat of the pattern takes, most of which end in what it can't take."""
    tree = parser.parse(pattern.pattern, pattern.flags)
    bytes_wanted = isinstance(pattern.pattern, bytes)
    seen = set()
    for before, pump in _repeats(tree, ""):
        for text in (before + pump * n + "\x01", (before + pump) * n, (before + pump) * n + "\x01", pump * n + "\x01"):
            if text and text not in seen:
                seen.add(text)
                yield text.encode("utf-8", "replace") if bytes_wanted else text
    beginning = _example(tree)
    for text in (beginning[: len(beginning) // 2] * n, beginning[:-1] * n, beginning * n + "\x01"):
        if text and text not in seen:
            seen.add(text)
            yield text.encode("utf-8", "replace") if bytes_wanted else text


def _repeats(tree: Any, before: str) -> Iterator[tuple[str, str]]:
    """For each long repeat an example of what comes before it, and of what it repeats."""
    for kind, value in tree:
        if kind in (signs.MAX_REPEAT, signs.MIN_REPEAT, getattr(signs, "POSSESSIVE_REPEAT", None)):
            _least, most, inner = value
            if most > _FEW:
                for variant in {_example(inner, 0), _example(inner, 1)}:
                    yield before, variant
            yield from _repeats(inner, before)
        elif kind is signs.SUBPATTERN:
            yield from _repeats(value[3], before)
        elif kind is signs.BRANCH:
            for branch in value[1]:
                yield from _repeats(branch, before)
        elif kind in (signs.ASSERT, signs.ASSERT_NOT):
            yield from _repeats(value[1], before)
        elif kind is getattr(signs, "ATOMIC_GROUP", None):
            yield from _repeats(value, before)
        before += _example([(kind, value)])


def _example(tree: Any, variant: int = 0) -> str:
    return "".join(_sign(kind, value, variant) for kind, value in tree)


def _sign(kind: Any, value: Any, variant: int) -> str:
    if kind is signs.LITERAL:
        return chr(value)
    if kind is signs.ANY:
        return "ax"[variant]
    if kind is signs.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if kind is signs.IN:
        return _of_set(value, variant)
    if kind in (signs.MAX_REPEAT, signs.MIN_REPEAT, getattr(signs, "POSSESSIVE_REPEAT", None)):
        return _example(value[2], variant) * max(value[0], 1 if variant else value[0])
    if kind is signs.SUBPATTERN:
        return _example(value[3], variant)
    if kind is signs.BRANCH:
        return _example(value[1][min(variant, len(value[1]) - 1)], variant)
    if kind is getattr(signs, "ATOMIC_GROUP", None):
        return _example(value, variant)
    return ""  # places and looks take nothing


_OF_CATEGORY = {
    signs.CATEGORY_DIGIT: "1", signs.CATEGORY_SPACE: " ", signs.CATEGORY_WORD: "a", signs.CATEGORY_NOT_DIGIT: "a",
    signs.CATEGORY_NOT_SPACE: "a", signs.CATEGORY_NOT_WORD: "-",
}  # fmt: skip


def _of_set(value: Any, variant: int) -> str:
    if value[0][0] is signs.NEGATE:
        fit = [c for c in "a 1-.<x\u4e2d" if not _is_in(c, value[1:])]
        return fit[min(variant, len(fit) - 1)] if fit else "\u4e2d"
    kind, what = value[min(variant, len(value) - 1)]
    if kind is signs.LITERAL:
        return chr(what)
    if kind is signs.RANGE:
        return chr(what[0])
    return _OF_CATEGORY.get(what, "a")


def _is_in(char: str, items: Any) -> bool:
    for kind, what in items:
        if kind is signs.LITERAL and ord(char) == what:
            return True
        if kind is signs.RANGE and what[0] <= ord(char) <= what[1]:
            return True
        if kind is signs.CATEGORY and _matches(what, char):
            return True
    return False


def _matches(category: Any, char: str) -> bool:
    wanted = {
        signs.CATEGORY_DIGIT: r"\d", signs.CATEGORY_SPACE: r"\s", signs.CATEGORY_WORD: r"\w",
        signs.CATEGORY_NOT_DIGIT: r"\D", signs.CATEGORY_NOT_SPACE: r"\S", signs.CATEGORY_NOT_WORD: r"\W",
    }.get(category, r"\w")  # fmt: skip
    return re.match(wanted, char) is not None
