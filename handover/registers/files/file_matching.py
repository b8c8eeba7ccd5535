"""Which row a file may belong to, told by its name and by what its first page says, with how sure that is."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from sqlalchemy import Connection, select

from handover.i18n import N_, tr
from handover.model import locks
from handover.model.steps import life_of
from handover.registers import catalogue
from handover.registers.declare import Register

#: From here on a file is said to belong to a row without anybody looking.
SURE = 0.8
#: A code of letters or digits alone that is shorter names a row only where it is the whole name of the file.
_SHORT = 3
#: Words that are put together at most to make a code.
_WORDS = 12
_PARTS = re.compile(r"[^\W_]+")
#: How a name says that what follows is a revision, stuck to it or as a word before it.
_REVISION = re.compile(
    r"(?:revision|rev|ver|版次|版本|修订|v|r|第)(?P<code>[a-z]{0,2}\d{0,3})版?|(?P<behind>[a-z]{1,2}|\d{1,2})版"
)
_BEFORE = frozenset({"rev", "revision", "ver", "v", "版次", "版本", "修订"})
_PLAIN = re.compile(r"[a-z]{1,2}\d{0,2}|\d{1,2}")
#: Shortest score of a name that is offered where none fits, and how many of them.
_NEAR, _NEAREST = 62, 3

#: How sure a file belongs to a row, by what tells it.
_BY_REF, _BY_NUMBER, _BY_BLOCK, _BY_TITLE, _BY_PAGE = 0.97, 0.9, 0.88, 0.82, 0.6
_REVISION_FITS, _BOTH_AGREE = 0.08, 0.05
_REVISION_UNSAID, _REVISION_UNKNOWN, _SEVERAL, _DISAGREE = 0.75, 0.5, 0.45, 0.4


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that a file may belong to.

    Attributes:
        register: the key of its register.
        closed: why no file can be added to it, empty where one can.
    """

    row_id: str
    ref: str
    name: str
    register: str = ""
    closed: str = ""


@dataclass(frozen=True, slots=True)
class FileMatch:
    """What was found out about a file.

    Attributes:
        rows: the rows that it may belong to, the likeliest first; none where nothing tells.
        confidence: from 0 to 1, of the first of them.
        by: what tells it: ``ref``, ``number``, ``title``, ``title_block``, ``page``; empty where nothing does.
        code: the revision that the file states, as it is written there.
        doubt: what is to be looked at, as a sentence; empty where nothing is.
        near: rows whose names come near, where none fits.
    """

    rows: tuple[Candidate, ...] = ()
    confidence: float = 0.0
    by: str = ""
    code: str = ""
    doubt: str = ""
    near: tuple[Candidate, ...] = ()

    @property
    def settled(self) -> bool:
        """Whether nothing more has to be read to know the row."""
        return len(self.rows) == 1 and self.confidence >= SURE


class _Version(NamedTuple):
    row: Candidate
    words: str


class _Told(NamedTuple):
    """The rows that some words tell of, by what, and the words that are left over."""

    rows: tuple[Candidate, ...]
    by: str
    rest: tuple[str, ...]


def owner_of_files(register: Register) -> Register:
    """The register by whose numbers files are found: that of the documents, where their revisions are asked for."""
    return next((r for r in catalogue.registers() if r.versions and r.versions[0] == register.key), register)


def register_of_files() -> Register:
    """The register to whose rows files of a folder go where nobody says otherwise."""
    return next(r for r in catalogue.registers() if r.versions)


class RowNames:
    """The rows of a register, and their versions where they have some, by what a file may say of them."""

    def __init__(self, connection: Connection, register: Register, project_id: str) -> None:
        self.register = register
        self._by_words: dict[tuple[str, ...], list[Candidate]] = defaultdict(list)
        self._by_code: dict[str, list[Candidate]] = defaultdict(list)
        self._by_title: dict[str, list[Candidate]] = defaultdict(list)
        self._refs: set[str] = set()
        self._known: list[tuple[str, Candidate]] = []
        self._rows: dict[str, Candidate] = {}
        model = register.model
        shown = [d for d in register.display if d not in register or register[d].names_rows]
        columns = [getattr(model, register[d].attr if d in register else d) for d in shown]
        others = [register[d].of_model for d in _other_numbers(register)]
        state = life_of(model)
        statement = select(model.id, model.ref, getattr(model, state[0]) if state else model.ref, *columns, *others)
        alive = (model.project_id == project_id, model.deleted_at.is_(None))
        for key, ref, status, *texts in connection.execute(statement.where(*alive)):
            closed = locks.of_parts(model, ref, status)
            named, numbers = texts[: len(columns)], texts[len(columns) :]
            row = Candidate(key, ref, " ".join(t for t in named if t), register.key, str(closed or ""))
            self._take(row, named, numbers)
        self._versions = _versions(connection, register, project_id, self._rows)
        self._owner_of = {v.row.row_id: owner for owner, found in self._versions.items() for v in found}

    def _take(self, row: Candidate, texts: Sequence[str | None], numbers: Sequence[str | None]) -> None:
        self._rows[row.row_id] = row
        self._refs.add("".join(words_of(row.ref)))
        for code in {tuple(words_of(text)) for text in (row.ref, *texts[:1], *numbers) if text} - {()}:
            self._by_words[code].append(row)
            self._by_code["".join(code)].append(row)
        for text in texts[1:] if len(texts) > 1 else texts:
            if words := words_of(text or ""):
                self._by_title["".join(words)].append(row)
        self._known += [("".join(words_of(text)), row) for text in (*texts, *numbers) if text]

    # -- by the name ----------------------------------------------------------------------------------------------

    def by_name(self, stem: str, folder: str = "") -> FileMatch:
        """What the name of a file tells, with that of the folder in which it lies for its revision."""
        words = words_of(stem)
        told = self._told(words)
        if not told.rows:
            return FileMatch()
        base = {"ref": _BY_REF, "number": _BY_NUMBER, "title": _BY_TITLE}[told.by]
        code = revision_in(told.rest) or revision_in(words_of(folder), stated=True)
        return self._versioned(told.rows, base, told.by, code, told.rest)

    def _told(self, words: list[str]) -> _Told:
        """The rows by the longest code in some words, word by word before stuck together; else by a whole title."""
        for exact in (True, False):
            for length in range(min(len(words), _WORDS), 0, -1):
                rows: dict[str, Candidate] = {}
                first = -1
                for at in range(len(words) - length + 1):
                    run = tuple(words[at : at + length])
                    found = self._rows_of(run, exact=exact, whole=length == len(words))
                    if found and first < 0:
                        first = at
                    rows.update((row.row_id, row) for row in found)
                if rows:
                    run = tuple(words[first : first + length])
                    by = "ref" if "".join(run) in self._refs else "number"
                    return _Told(tuple(rows.values()), by, (*words[:first], *words[first + length :]))
        for cut in range(len(words), 0, -1):  # the title may have its revision behind it
            titled = self._by_title.get("".join(words[:cut]))
            if titled and (cut == len(words) or revision_in(words[cut:])):
                return _Told(tuple(titled), "title", tuple(words[cut:]))
        return _Told((), "", ())

    def _rows_of(self, run: tuple[str, ...], *, exact: bool, whole: bool) -> Sequence[Candidate]:
        if not (whole or _tells("".join(run))):
            return ()
        return self._by_words.get(run, ()) if exact else self._by_code.get("".join(run), ())

    # -- by the first page ----------------------------------------------------------------------------------------

    def by_page(self, match: FileMatch, block: str, text: str) -> FileMatch:
        """What the name told, weighed with what the title block and the first page of the file say."""
        in_block, in_text = self._numbers_in(block), self._numbers_in(text)
        found, by, base = (in_block, "title_block", _BY_BLOCK) if in_block else (in_text, "page", _BY_PAGE)
        if len(found) > 1 and by == "title_block":
            base = _BY_PAGE  # other documents are named there, too
        named = {row.row_id for row in self._owners(match.rows)}
        agreeing = [row for row in found if row.row_id in named]
        code = match.code or revision_stated(block) or revision_stated(text)
        if match.rows and (agreeing or not found):
            rows = tuple(agreeing) if agreeing else self._owners(match.rows)
            weighed = self._versioned(rows, match.confidence if len(rows) > 1 else _base(match), match.by, code, ())
            more = _BOTH_AGREE if agreeing and len(rows) == 1 and not weighed.doubt else 0.0
            return replace(weighed, confidence=min(0.99, weighed.confidence + more))
        if match.rows and in_block:
            other = self._versioned((*found, *self._owners(match.rows)), _DISAGREE, by, code, ())
            doubt = tr("Its name says {one}, its title block {other}.", one=match.rows[0].ref, other=found[0].ref)
            return replace(other, confidence=_DISAGREE, doubt=doubt)
        if match.rows or not found:
            return match if match.rows else replace(match, code=code)
        return self._versioned(found, base, by, code, ())

    def _numbers_in(self, text: str) -> tuple[Candidate, ...]:
        """The rows whose numbers stand in a text, the longest numbers first: one within another doesn't count."""
        words = words_of(text)
        found: dict[str, tuple[int, Candidate]] = {}
        taken: set[int] = set()
        for length in range(min(len(words), _WORDS), 0, -1):
            for at in range(len(words) - length + 1):
                run = tuple(words[at : at + length])
                if run not in self._by_words or not _unmistakable(run) or taken.intersection(range(at, at + length)):
                    continue
                taken.update(range(at, at + length))
                for row in self._by_words[run]:
                    found.setdefault(row.row_id, (-length, row))
        return tuple(row for _, row in sorted(found.values(), key=lambda each: each[0]))

    def _owners(self, rows: Iterable[Candidate]) -> tuple[Candidate, ...]:
        """The rows that stand for themselves behind candidates that may be versions of them."""
        wanted = dict.fromkeys(self._owner_of.get(row.row_id, row.row_id) for row in rows)
        return tuple(self._rows[key] for key in wanted if key in self._rows)

    # -- the version ----------------------------------------------------------------------------------------------

    def _versioned(self, rows: Sequence[Candidate], base: float, by: str, code: str, rest: Sequence[str]) -> FileMatch:
        """The match of some rows, led on to the version that the file states."""
        if len(rows) > 1:
            found = [version for row in rows for version in self._fitting(row, code)]
            doubt = tr("Several rows fit: choose one")
            return FileMatch(tuple(found) or tuple(rows), min(base, _SEVERAL), by, code, doubt)
        (row,) = rows
        versions = self._versions.get(row.row_id, ())
        if not code:
            code = next((w for w in reversed(rest) if any(v.words == w for v in versions)), "")
        if not versions:
            return FileMatch((row,), base, by, code.upper())
        fitting = self._fitting(row, code)
        every = tuple(v.row for v in versions)
        if code and fitting:
            return FileMatch(tuple(fitting), min(0.99, base + _REVISION_FITS), by, code.upper())
        if code:
            doubt = tr("{ref} has no revision {code} in the register.", ref=row.ref, code=code.upper())
            return FileMatch((*every, row), min(base, _REVISION_UNKNOWN), by, code.upper(), doubt)
        if len(versions) == 1:
            return FileMatch(every, max(SURE, base - 0.05), by)
        doubt = tr("It states no revision; the newest is proposed.")
        return FileMatch(every, min(base, _REVISION_UNSAID), by, "", doubt)

    def _fitting(self, row: Candidate, code: str) -> list[Candidate]:
        """The versions of a row with a code; all of them, the newest first, where no code is told."""
        versions = self._versions.get(row.row_id, ())
        return [v.row for v in versions if not code or v.words == code.casefold()]

    # -- what comes near ------------------------------------------------------------------------------------------

    def nearest(self, stem: str) -> tuple[Candidate, ...]:
        """The rows whose numbers or titles come nearest to a name, best first."""
        from rapidfuzz import fuzz
        from rapidfuzz.process import extract as best_of

        wanted = "".join(words_of(stem))
        found = best_of(wanted, [text for text, _ in self._known], scorer=fuzz.ratio, score_cutoff=_NEAR,
                        limit=_NEAREST * 2)  # fmt: skip
        rows = {self._known[at][1].row_id: self._known[at][1] for _, _, at in found}
        return tuple(rows.values())[:_NEAREST]

    def like(self, text: str, most: int = 12) -> list[Candidate]:
        """The rows, and their versions, whose references, numbers or titles hold what somebody types."""
        wanted = "".join(words_of(text))
        if not wanted:
            return []
        found = {row.row_id: row for known, row in self._known if wanted in known}
        found |= {key: row for key, row in self._rows.items() if wanted in "".join(words_of(row.ref))}
        offered = [each for row in found.values() for each in self.with_versions(row)]
        return sorted(offered[: most * 20], key=lambda row: (len(row.name), row.name))[:most]

    def with_versions(self, row: Candidate) -> tuple[Candidate, ...]:
        """The versions of a row, the newest first; the row itself where it has none."""
        return tuple(v.row for v in self._versions.get(row.row_id, ())) or (row,)


def _other_numbers(register: Register) -> list[str]:
    """The fields besides its name by which a list tells a row alone, such as the number of its originator."""
    return [one for one, *more in register.match if not more and one not in register.display]


def _base(match: FileMatch) -> float:
    return {"ref": _BY_REF, "number": _BY_NUMBER, "title": _BY_TITLE}.get(match.by, match.confidence)


def _versions(
    connection: Connection, register: Register, project_id: str, rows: Mapping[str, Candidate]
) -> dict[str, list[_Version]]:
    """The versions of each row, the newest first."""
    found: dict[str, list[_Version]] = defaultdict(list)
    if not register.versions:
        return found
    of, code = register.versions
    parts = catalogue.register(of)
    model = parts.model
    life = life_of(model)
    assert parts.part_of is not None
    columns = (model.id, model.ref, getattr(model, parts.part_of.attr), getattr(model, parts[code].attr),
               getattr(model, life[0]) if life else model.ref)  # fmt: skip
    statement = select(*columns).where(model.project_id == project_id, model.deleted_at.is_(None))
    for key, ref, owner, said, status in connection.execute(statement.order_by(model.id.desc())):
        closed = locks.of_parts(model, ref, status)
        whose = rows[owner].name if owner in rows else ""
        code = said or tr("without a code")
        row = Candidate(key, ref, f"{whose} · {code}", of, str(closed or ""))
        found[owner].append(_Version(row, "".join(words_of(said or ""))))
    return found


def words_of(text: str) -> list[str]:
    """The letters and digits of a text, word by word, whatever their case and width."""
    return _PARTS.findall(unicodedata.normalize("NFKC", text).casefold())


def revision_in(words: Sequence[str], *, stated: bool = False) -> str:
    """The revision that the words beside a number tell; ``stated`` where only what calls itself one counts."""
    for at, word in enumerate(words):
        if word in _BEFORE and at + 1 < len(words) and _PLAIN.fullmatch(words[at + 1]):
            return words[at + 1]
        if (found := _REVISION.fullmatch(word)) and (code := found["code"] or found["behind"]):
            return code
    if not stated and len(words) == 1 and _PLAIN.fullmatch(words[0]):
        return words[0]
    return ""


_STATED = re.compile(
    r"(?:revision|rev\.?|版\s*次|版本|修订)(?:\s*(?:no\.?|号))?[\s:：.]*(?P<code>[a-z]{1,2}\d{0,2}|\d{1,2})(?![a-z0-9])",
    re.I,
)


def revision_stated(text: str) -> str:
    """The revision that a title block states: ``Rev. B``, ``版次：B``; empty where it doesn't."""
    found = _STATED.search(unicodedata.normalize("NFKC", text))
    return found["code"].casefold() if found else ""


def _tells(code: str) -> bool:
    """Whether a piece of a name can be a code: long enough, or letters with digits."""
    return len(code) >= _SHORT or (any(c.isdigit() for c in code) and not code.isdigit())


def _unmistakable(run: Sequence[str]) -> bool:
    """Whether words in running text can only be a number: several words, or a long one, with a digit among them."""
    code = "".join(run)
    return any(c.isdigit() for c in code) and (len(run) > 1 or (len(code) > 4 and not code.isdigit()))


def whence(by: str) -> str:
    """What told a row, as people read it."""
    return tr(_WHENCE[by]) if by in _WHENCE else ""


_WHENCE = {
    "ref": N_("Reference in the name"),
    "number": N_("Number in the name"),
    "title": N_("Title as the name"),
    "title_block": N_("Title block"),
    "page": N_("First page"),
    "content": N_("Same content"),
    "hand": N_("Chosen by hand"),
}
