"""Readings of roles, by the digest of all that they were made of, and the articles they gave.

The readings are small and kept in one file that every run loads; the articles are large and kept
one behind the other in data files, from which single ones are fetched when a page is rendered.
"""

import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

import msgspec

from rolerisk.model.alike import Compared
from rolerisk.model.article import Article, ArticleRef
from rolerisk.model.neighbours import Neighbours
from rolerisk.model.site import Reading
from rolerisk.model.surroundings import Surroundings
from rolerisk.program import program_digest
from rolerisk.store.manifest import read_kept, write_kept

VERSION = 7
_INDEX = "readings.msgpack"
_ALIKE = "alike.msgpack"
_SURROUNDINGS = "surroundings.msgpack"
_WASTE = 0.5  # the share of dead bytes at which the data files are written anew
_decoder = msgspec.msgpack.Decoder(Article)
_reading_decoder = msgspec.msgpack.Decoder(Reading)
_encoder = msgspec.msgpack.Encoder()


class _Kept(msgspec.Struct, frozen=True):
    """The file of readings."""

    readings: dict[str, Reading]


class _KeptComparison(msgspec.Struct, frozen=True):
    """The file of how the roles stand to each other, and the program that found it."""

    program: str = ""
    compared: Compared = Compared()
    neighbours: Neighbours = Neighbours()


class Memory:
    """The readings of earlier runs below a folder, and those of this one."""

    def __init__(self, folder: Path, remember: bool) -> None:
        """`remember` is false for a run that neither reads nor leaves anything."""
        self.folder = folder
        self._index = folder / _INDEX
        self._sizes: dict[str, int] = {}
        before = read_kept(self._index, _Kept, VERSION) if remember else None
        self._before = {
            key: reading
            for key, reading in (before.readings.items() if before else ())
            if self._whole(reading)
        }
        self._used: dict[str, Reading] = {}
        self._comparison = _comparison(folder) if remember else _KeptComparison()
        self.compared = self._comparison.compared
        self.neighbours = self._comparison.neighbours
        around = read_kept(folder / _SURROUNDINGS, Surroundings, VERSION) if remember else None
        self.surroundings = self._around = around or Surroundings()

    def recall(self, key: str) -> Reading | None:
        """The reading of an earlier run with exactly this key."""
        reading = self._before.get(key)
        if reading:
            self._used[key] = reading
        return reading

    def use(self, key: str, reading: Reading) -> None:
        """Leave a reading for later runs that ask with the same key."""
        self._used[key] = reading

    def keep(self, found: Iterable[tuple[Reading, bytes] | None]) -> list[Reading | None]:
        """Write encoded articles as they come; returns the readings, with where theirs is.

        All of them go into one file that has its name, and so is there, when it is whole.
        """
        kept: list[tuple[Reading | None, int, int]] = []
        state, offset = hashlib.blake2b(digest_size=16), 0
        self.folder.mkdir(parents=True, exist_ok=True)
        for left in self.folder.glob("articles.*.tmp"):  # by a process that was killed
            left.unlink(missing_ok=True)
        temporary = self.folder / f"articles.{os.getpid()}.tmp"
        try:
            with temporary.open("wb") as file:
                for item in found:
                    reading, article = item or (None, b"")
                    file.write(article)
                    if reading and reading.facts:
                        state.update(reading.facts.article.digest.encode())
                    kept.append((reading, offset, len(article)))
                    offset += len(article)
            name = f"articles-{state.hexdigest()[:16]}.bin"
            if offset:
                temporary.replace(self.folder / name)
        finally:
            temporary.unlink(missing_ok=True)
        return [reading and _placed(reading, name, *where) for reading, *where in kept]

    def save(self) -> None:
        """Leave the readings of this run for the next one, and drop what nobody uses any more.

        So also what `compared` and `neighbours` hold by then, how the roles stand to each other, and
        `surroundings`.
        """
        if self.surroundings is not self._around:
            write_kept(self.folder / _SURROUNDINGS, self.surroundings, VERSION)
        kept = _KeptComparison(program_digest(), self.compared, self.neighbours)
        if kept != self._comparison:
            write_kept(self.folder / _ALIKE, kept, VERSION)
        if self._used == self._before:
            return
        self._compact()
        write_kept(self._index, _Kept(self._used), VERSION)
        alive = {r.facts.article.file for r in self._used.values() if r.facts}
        for file in self.folder.glob("articles-*.bin"):
            if file.name not in alive:
                file.unlink(missing_ok=True)

    def _compact(self) -> None:
        refs = [r.facts.article for r in self._used.values() if r.facts]
        sizes = {name: self._size(name) for name in {ref.file for ref in refs}}
        live = sum(ref.length for ref in refs)
        if sum(sizes.values()) * (1 - _WASTE) <= live and len(sizes) <= 50:
            return
        fetch = Articles(self.folder)
        try:
            again = self.keep(
                (r, fetch.data(r.facts.article) if r.facts else b"") for r in self._used.values()
            )
        except (DamagedCacheError, OSError):  # nothing of it is worth keeping
            again = []
        self._used = {k: r for k, r in zip(self._used, again, strict=False) if r}

    def _whole(self, reading: Reading) -> bool:
        """Whether a reading's article is still where it was left."""
        if not reading.facts:
            return True
        ref = reading.facts.article
        return self._size(ref.file) >= ref.offset + ref.length

    def _size(self, name: str) -> int:
        if name not in self._sizes:
            path = self.folder / name
            self._sizes[name] = path.stat().st_size if path.is_file() else 0
        return self._sizes[name]


def _placed(reading: Reading, file: str, offset: int, length: int) -> Reading:
    """A reading that knows where its article is, if it has one."""
    if not reading.facts or not length:
        return reading
    ref = ArticleRef(reading.facts.article.digest, file, offset, length)
    facts = msgspec.structs.replace(reading.facts, article=ref)
    return msgspec.structs.replace(reading, facts=facts)


def _comparison(folder: Path) -> _KeptComparison:
    """What this very program has compared before; another one may do it in another way."""
    kept = read_kept(folder / _ALIKE, _KeptComparison, VERSION)
    return kept if kept and kept.program == program_digest() else _KeptComparison()


def forget(folder: Path) -> None:
    """Drop what earlier runs left in a folder: the next one reads all roles anew."""
    (folder / _INDEX).unlink(missing_ok=True)


class Articles:
    """Fetches articles from the data files of a folder; workers get one each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._open: dict[str, int] = {}
        self._last: tuple[ArticleRef, Article] | None = None

    def __call__(self, ref: ArticleRef) -> Article:
        """The article itself; several outputs of a role ask for it one behind the other."""
        if self._last is None or self._last[0] != ref:
            self._last = ref, decode_article(self.data(ref))
        return self._last[1]

    def data(self, ref: ArticleRef) -> bytes:
        """An article's bytes. Raises OSError when the file is gone, ValueError when it is damaged."""
        if ref.file not in self._open:
            self._open[ref.file] = os.open(self.folder / ref.file, os.O_RDONLY)
        data = os.pread(self._open[ref.file], ref.length, ref.offset)
        if article_digest(data) != ref.digest:
            raise DamagedCacheError(f"{ref.file} in {self.folder} is damaged")
        return data

    def __reduce__(self) -> tuple[type["Articles"], tuple[Path]]:
        return Articles, (self.folder,)


class DamagedCacheError(Exception):
    """A data file does not hold what the index says; a build without it makes it anew."""


def encode_reading(reading: Reading) -> bytes:
    """A reading as it is kept, and as it comes from another process."""
    return _encoder.encode(reading)


def decode_reading(data: bytes) -> Reading:
    """A reading that was encoded."""
    return _reading_decoder.decode(data)


def encode_article(article: Article) -> bytes:
    """An article as it is kept."""
    return _encoder.encode(article)


def article_digest(data: bytes) -> str:
    """The digest of an encoded article."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def decode_article(data: bytes) -> Article:
    """An article that was kept."""
    return _decoder.decode(data)
