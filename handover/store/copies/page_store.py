"""Copies of large workspaces that share their pages: a copy is a list of pages, and each page is kept once, compressed.

From one copy to the next few pages of a file change. A copy is therefore kept as an index: what is in it, and the hash
of each of its pages in their order. The pages lie beside it in packs, each written together with the copy that brought
them and never changed. A pack goes once no index names any of its pages; when a tenth of what all packs hold is named
no more, the emptiest are written anew without it.

Nothing of this is taken on trust when it is read: a page is what its hash says, or the copy is damaged.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import secrets
import struct
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from handover.errors import UnusableFile
from handover.i18n import N_, tr
from handover.jobs import Progress, step, unattended
from handover.plain_file import is_plain, open_plain
from handover.store.files.leftovers import flush_folder
from handover.store.trouble import damaged

#: How the index of a copy ends, and a pack of pages.
SUFFIX, PACK = ".handover-copy", ".pages"
_INDEX_HEAD, _PACK_HEAD = b"HANDOVER COPY 1\n", b"HANDOVER PAGES1\n"
_DIGEST = 16
_EACH_DIGEST = struct.Struct(f"{_DIGEST}s")
#: How much of two indices is compared at once.
_STRETCH = 16 * _DIGEST
_LENGTH = struct.Struct(">I")
_PLACE = struct.Struct(f">{_DIGEST}sQ")
_FOOT = struct.Struct(">Q")
#: Set in the length of a page that zlib could not make smaller.
_PLAIN = 0x8000_0000
#: The page sizes of SQLite, and the most that an index says of its copy.
_PAGE_SIZES = frozenset(2**n for n in range(9, 17))
_MOST_TOLD = 64 * 2**20
#: Which share of all packs may lie idle before some of them are written anew.
_IDLE_SHARE = 0.1
_EVERY = 2_000

Facts = dict[str, Any]  # Any: what JSON can hold


@dataclass(frozen=True, slots=True)
class _Place:
    pack: Path
    at: int


class PageStore:
    """The shared pages in one folder of copies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def add(self, source: Path, index: Path, facts: Mapping[str, Any], progress: Progress = unattended) -> None:
        """Keep a file as a copy under a name; ``facts`` are told again by ``facts_of``.

        Raises:
            OSError: the disk is full or refuses; no copy was added.
            Cancelled: the user stopped it; as above.
        """
        known, order = self._known(), bytearray()
        saying = tr("Keeping the copy")
        with source.open("rb") as file, _NewPack(self._folder) as pack:
            size = int.from_bytes(file.read(18)[16:], "big")
            size = 65_536 if size == 1 else size
            file.seek(0)
            total = source.stat().st_size // size
            for number in range(total):
                if number % _EVERY == 0:
                    step(progress, number, total, saying)
                page = file.read(size)
                digest = _digest(page)
                order += digest
                if digest not in known and digest not in pack:
                    pack.put(digest, page)
        _write_index(index, {**facts, "page": size, "pages": total, "size": total * size}, bytes(order))

    def facts_of(self, index: Path) -> Facts:
        """What was told of a copy. Raises UnusableFile when its index can't be read."""
        return _read_index(index)[0]

    def expand(self, index: Path, target: Path, progress: Progress = unattended) -> None:
        """Write a copy as the file that it was.

        Raises:
            Damaged: the index or one of its pages isn't what it was.
            OSError: the disk is full or refuses.
            Cancelled: the user stopped it.
        """
        facts, order = _read_index(index)
        places, size, total = self._places(), int(facts["page"]), len(order) // _DIGEST
        saying = tr("Reading the copy")
        with contextlib.ExitStack() as stack, target.open("wb") as file:
            packs: dict[Path, BinaryIO] = {}
            for number in range(total):
                if number % _EVERY == 0:
                    step(progress, number, total, saying)
                digest = order[number * _DIGEST : (number + 1) * _DIGEST]
                place = places.get(digest)
                if place is None:
                    raise damaged(index, f"page {number + 1} is missing")
                if place.pack not in packs:
                    packs[place.pack] = stack.enter_context(open_plain(place.pack))
                page = _page_at(packs[place.pack], place.at, size)
                if page is None or _digest(page) != digest:
                    raise damaged(index, f"page {number + 1} in {place.pack.name}")
                file.write(page)
            file.flush()
            os.fsync(file.fileno())

    def lacks(self, index: Path) -> int:
        """How many pages of a copy aren't there; their contents aren't looked at. Raises UnusableFile."""
        _, order = _read_index(index)
        return len(_digests(order) - self._known())

    def sweep(self) -> None:
        """Let go of pages that no copy names any more. Does nothing while an index can't be read: it may be mended."""
        named: set[bytes] = set()
        before = b""
        for index in sorted(filter(is_plain, self._folder.glob(f"*{SUFFIX}"))):
            try:
                order = _read_index(index)[1]
            except UnusableFile:
                return
            named.update(_digests_beyond(order, before))
            before = order
        seen: set[bytes] = set()
        idle: list[tuple[float, Path, list[tuple[bytes, int]]]] = []
        idle_bytes = total = 0.0
        for pack in self._packs():
            entries = _entries(pack)
            live = [(digest, at) for digest, at in entries if digest in named and digest not in seen]
            seen |= {digest for digest, _ in live}
            size = pack.stat().st_size
            share = 1 - len(live) / len(entries) if entries else 1.0
            total += size
            idle_bytes += size * share
            if not live:
                pack.unlink()
            elif share > 0:
                idle.append((share, pack, live))
        if idle_bytes > _IDLE_SHARE * total:
            self._rewrite([(pack, live) for share, pack, live in idle if share > _IDLE_SHARE])

    def _rewrite(self, packs: list[tuple[Path, list[tuple[bytes, int]]]]) -> None:
        for pack, live in packs:
            with open_plain(pack) as file, _NewPack(self._folder) as anew:
                for digest, at in live:
                    anew.put_raw(digest, *_raw_at(file, at))
            pack.unlink()

    def _packs(self) -> list[Path]:
        return sorted(pack for pack in self._folder.glob(f"*{PACK}") if is_plain(pack))

    def _known(self) -> set[bytes]:
        return {digest for pack in self._packs() for digest, _ in _entries(pack)}

    def _places(self) -> dict[bytes, _Place]:
        return {digest: _Place(pack, at) for pack in self._packs() for digest, at in _entries(pack)}


class _NewPack:
    """A pack of pages that is being written; it is there once the block has ended well, if it holds any."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / f"{secrets.token_hex(8)}{PACK}"
        self._part = folder / f".{self._path.name}.part"
        self._entries: dict[bytes, int] = {}

    def __contains__(self, digest: bytes) -> bool:
        return digest in self._entries

    def __enter__(self) -> _NewPack:
        self._file = self._part.open("wb")
        self._file.write(_PACK_HEAD)
        return self

    def put(self, digest: bytes, page: bytes) -> None:
        """Take in a page."""
        small = zlib.compress(page, 1)
        if len(small) < len(page):
            self.put_raw(digest, len(small), small)
        else:
            self.put_raw(digest, len(page) | _PLAIN, page)

    def put_raw(self, digest: bytes, length: int, data: bytes) -> None:
        """Take in a page as a pack holds it."""
        self._entries[digest] = self._file.tell()
        self._file.write(_LENGTH.pack(length) + data)

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None and self._entries:
                for entry in self._entries.items():
                    self._file.write(_PLACE.pack(*entry))
                self._file.write(_FOOT.pack(len(self._entries)))
                self._file.flush()
                os.fsync(self._file.fileno())
                self._file.close()
                self._part.replace(self._path)
                flush_folder(self._path.parent)
        finally:
            with contextlib.suppress(OSError):  # closing writes what a full disk has refused already
                self._file.close()
            with contextlib.suppress(OSError):
                self._part.unlink(missing_ok=True)


def _digest(page: bytes) -> bytes:
    return hashlib.blake2b(page, digest_size=_DIGEST).digest()


def _digests(order: bytes) -> set[bytes]:
    return set(itertools.chain.from_iterable(_EACH_DIGEST.iter_unpack(order)))


def _digests_beyond(order: bytes, before: bytes) -> Iterator[bytes]:
    """The hashes in an index but for those that stand in the same stretch of another, which is most of them."""
    for at in range(0, len(order), _STRETCH):
        stretch = order[at : at + _STRETCH]
        if stretch != before[at : at + _STRETCH]:
            yield from itertools.chain.from_iterable(_EACH_DIGEST.iter_unpack(stretch))


def _entries(pack: Path) -> list[tuple[bytes, int]]:
    """The pages of a pack and where they lie; none of one that can't be read, so that its pages count as missing."""
    try:
        with open_plain(pack) as file:
            end = file.seek(-_FOOT.size, os.SEEK_END)
            (count,) = _FOOT.unpack(file.read(_FOOT.size))
            begin = end - count * _PLACE.size
            if begin < len(_PACK_HEAD):
                return []
            file.seek(0)
            if file.read(len(_PACK_HEAD)) != _PACK_HEAD:
                return []
            file.seek(begin)
            return list(_PLACE.iter_unpack(file.read(end - begin)))
    except (OSError, UnusableFile, struct.error, ValueError, OverflowError):  # a damaged count or place
        return []


def _raw_at(file: BinaryIO, at: int) -> tuple[int, bytes]:
    file.seek(at)
    head = file.read(_LENGTH.size)
    length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else 0
    return length, file.read(min(length & ~_PLAIN, max(_PAGE_SIZES)))


def _page_at(file: BinaryIO, at: int, size: int) -> bytes | None:
    """A page of a pack; None where it can't be read. Never more than a page is unpacked."""
    try:
        length, data = _raw_at(file, at)
        return data if length & _PLAIN else zlib.decompressobj().decompress(data, size)
    except (OSError, OverflowError, ValueError, zlib.error):
        return None


def _write_index(index: Path, facts: Mapping[str, Any], order: bytes) -> None:  # Any: what JSON can hold
    told = zlib.compress(json.dumps(facts, ensure_ascii=False).encode())
    body = _LENGTH.pack(len(told)) + told + order
    part = index.with_name(f".{index.name}.part")
    try:
        with part.open("wb") as file:
            file.write(_INDEX_HEAD + hashlib.sha256(body).digest() + body)
            file.flush()
            os.fsync(file.fileno())
        part.replace(index)
        flush_folder(index.parent)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _read_index(index: Path) -> tuple[Facts, bytes]:
    """What is told of a copy, and the hashes of its pages in their order."""
    try:
        with open_plain(index) as file:
            data = file.read()
    except OSError as error:
        raise UnusableFile(N_("{file} can't be read."), file=index.name, detail=str(error)) from error
    head, body = data[: len(_INDEX_HEAD)], data[len(_INDEX_HEAD) + 32 :]
    if head != _INDEX_HEAD or hashlib.sha256(body).digest() != data[len(_INDEX_HEAD) : len(_INDEX_HEAD) + 32]:
        raise damaged(index, "its index")
    try:
        (length,) = _LENGTH.unpack(body[: _LENGTH.size])
        told = zlib.decompressobj().decompress(body[_LENGTH.size : _LENGTH.size + length], _MOST_TOLD)
        facts = json.loads(told)
        order = body[_LENGTH.size + length :]
        if facts["page"] not in _PAGE_SIZES or facts["pages"] * _DIGEST != len(order):
            raise ValueError("sizes")
    except (struct.error, zlib.error, ValueError, TypeError, KeyError, RecursionError) as error:
        raise damaged(index, str(error)) from error
    return facts, order


def left_by_a_kill(folder: Path) -> Iterator[Path]:
    """Half-written packs and indices in a folder of copies."""
    yield from folder.glob(f".*{PACK}.part")
    yield from folder.glob(f".*{SUFFIX}.part")
