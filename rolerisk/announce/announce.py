"""Announces what changed: one batch after the other, and what was accepted is kept at once."""

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from rolerisk.announce.changes import batches, changes
from rolerisk.announce.indexnow import Answer
from rolerisk.announce.pages import Pages
from rolerisk.store.manifest import read_kept, write_kept

VERSION = 1
PREFIX = "announced-"


class Announced(Struct, frozen=True):
    """The digests, by address, that search engines were told of."""

    digests: dict[str, str]


class Sent(Struct, frozen=True):
    """A batch of addresses and what became of it."""

    urls: tuple[str, ...]
    answer: Answer


def state_path(root: Path, base_url: str) -> Path:
    """Where it is kept what was announced of a site: one file for each public address."""
    name = hashlib.blake2b(base_url.encode(), digest_size=8).hexdigest()
    return root / ".cache" / f"{PREFIX}{name}.msgpack"


def read_state(path: Path) -> dict[str, str]:
    """What was announced before; nothing when there is no state that can be read."""
    kept = read_kept(path, Announced, VERSION)
    return kept.digests if kept else {}


def announce(pages: Pages, path: Path, send: Callable[[tuple[str, ...]], Answer]) -> Iterator[Sent]:
    """Send all changes; the first batch that is not accepted is the last.

    The state is written after each batch: what follows a failure is sent by the next run, and
    what was accepted is not sent again.
    """
    told = read_state(path)
    for batch in batches(changes(pages.digests, told).urls):
        answer = send(batch)
        if answer.accepted:
            for url in batch:
                told.pop(url, None)
                if url in pages.digests:
                    told[url] = pages.digests[url]
            write_kept(path, Announced(told), VERSION)
        yield Sent(batch, answer)
        if not answer.accepted:
            return
