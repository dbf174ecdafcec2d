"""Roles, one by one: parse, check and assemble each, remembered by what it was made of.

A reading depends on the role's own text, its narrative and the tables, never on another role or
on the day. So it is cached by the digest of just these, and many are made in a pool.
"""

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from typing import NamedTuple

import msgspec

from rolerisk import check
from rolerisk.assemble.article import assemble_article
from rolerisk.assemble.facts import assemble_facts
from rolerisk.model.article import ArticleRef
from rolerisk.model.parsed import ParsedRole
from rolerisk.model.site import Reading, Tables
from rolerisk.model.sources import InputFile, Sources
from rolerisk.parse.roles import ROLES_FILE
from rolerisk.parse.stage import (
    RoleSource,
    narratives_of,
    parse_file,
    parse_one,
    role_sources,
    without_role,
)
from rolerisk.parse.templates import unfilled
from rolerisk.problem import Place, Problem
from rolerisk.program import program_digest
from rolerisk.store.readings import (
    Memory,
    article_digest,
    decode_reading,
    encode_article,
    encode_reading,
)
from rolerisk.text.template import TemplateError
from rolerisk.workers import Workers

FEW = 60  # below this many roles to read, processes cost more than they save
_BATCH = 25


class Readings(NamedTuple):
    """All roles as they were read; `whole` is false when a file could not be."""

    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]
    whole: bool


_Read = tuple[Reading, bytes]


def read_roles(sources: Sources, tables: Tables, memory: Memory, workers: Workers) -> Readings:
    """Read every role, as far as `memory` has not done it before."""
    narratives = narratives_of(sources)
    todo = tuple(role_sources(sources, narratives))
    keys = [_key(source, tables.digest) for source in todo]
    known = [memory.recall(key) for key in keys]
    missing = [source for source, reading in zip(todo, known, strict=True) if reading is None]
    fresh = iter(memory.keep(_read_all(missing, tables, workers)) if missing else ())
    found = [reading or next(fresh) for reading in known]
    broken = {s.text.place.path for s, read in zip(todo, found, strict=True) if read is None}
    readings: list[Reading] = []
    for source, key, reading in zip(todo, keys, found, strict=True):
        if source.text.place.path in broken or reading is None:
            continue
        readings.append(_moved(reading, source.text.place))
        if _lasting(reading):
            memory.use(key, reading)
    problems, whole = list[Problem](), not any(map(_holds_roles, sources.unread))
    for path in sorted(broken):
        parsed, found_there, sound = parse_file(path, sources.files[path].text, narratives)
        again = memory.keep(_read_parsed(role, tables) for role in parsed)
        readings += filter(None, again)
        problems += found_there
        whole &= sound
    if whole and all(reading.slug_is_sound for reading in readings):
        problems += without_role(narratives, {reading.slug for reading in readings})
    return Readings(tuple(readings), tuple(problems), whole)


def read_one(source: RoleSource, tables: Tables) -> _Read | None:
    """Read one role by itself, with its encoded article; None when that takes its whole file."""
    parsed = parse_one(source)
    return None if parsed is None else _read_parsed(parsed, tables)


def _read_all(
    missing: Sequence[RoleSource], tables: Tables, workers: Workers
) -> Iterator[_Read | None]:
    if not workers.pay(len(missing), FEW):
        yield from (read_one(source, tables) for source in missing)
        return
    batches = (missing[start : start + _BATCH] for start in range(0, len(missing), _BATCH))
    with closing(workers.each(partial(_read_batch, tables), batches)) as made:
        for read in made:
            yield from (one and (decode_reading(one[0]), one[1]) for one in read)


def _read_batch(tables: Tables, batch: Sequence[RoleSource]) -> list[tuple[bytes, bytes] | None]:
    """What a batch was read to, encoded: pickled it would take four times as long."""
    batch_read = (read_one(source, tables) for source in batch)
    return [read and (encode_reading(read[0]), read[1]) for read in batch_read]


def _read_parsed(parsed: ParsedRole, tables: Tables) -> _Read:
    """Check and assemble one role; no facts when its record is too broken for a score."""
    problems = [*parsed.problems, *check.check_role(check.RoleSubject(parsed, tables))]
    facts, data = None, b""
    role = parsed.role
    if role.slug and sum(task.share for task in role.at_risk + role.durable):
        try:
            article = assemble_article(parsed, tables)
            data = encode_article(article)
            facts = assemble_facts(parsed, article, ArticleRef(article_digest(data), "", 0, 0))
        except TemplateError as error:
            if not parsed.flawed:  # else it may be only what is missing that it asks for
                problems.append(unfilled(error, tables))
    draft = role.status == "draft" and "status" not in parsed.flawed
    reading = Reading(role.slug, "slug" not in parsed.flawed, draft, facts, tuple(problems))
    return reading, data


def _lasting(reading: Reading) -> bool:
    """Whether a reading stays true when its role moves up or down the file."""
    return not any(p.place.path == ROLES_FILE and p.place.line for p in reading.problems)


def _moved(reading: Reading, place: Place) -> Reading:
    """A reading of an earlier run, at the place where its role is now."""
    facts = reading.facts
    if facts and facts.place != place:
        facts = msgspec.structs.replace(facts, place=place)
    problems = tuple(_moved_problem(p, place) for p in reading.problems)
    return msgspec.structs.replace(reading, facts=facts, problems=problems)


def _moved_problem(found: Problem, place: Place) -> Problem:
    if found.place.path != place.path or not found.place.keys:
        return found
    keys = place.keys + found.place.keys[len(place.keys) :]
    return msgspec.structs.replace(found, place=msgspec.structs.replace(found.place, keys=keys))


def _holds_roles(path: str) -> bool:
    """Whether there may be roles in a file, or behind a link, that was not read."""
    own = path.startswith("content/roles/") and path.endswith(".yaml")
    return own or path in (ROLES_FILE, "content", "content/roles")


def _of_file(file: InputFile) -> str:
    return f"{file.path} {file.digest}"


def _key(source: RoleSource, tables_digest: str) -> str:
    """The digest of everything that a reading may depend on."""
    state = hashlib.blake2b(digest_size=16)
    written, narrative = source.text.written, source.narrative
    for part in (
        program_digest(),
        tables_digest,
        written if isinstance(written, str) else _of_file(written),
        _of_file(narrative) if narrative else "",
    ):
        state.update(part.encode())
        state.update(b"\0")
    return state.hexdigest()
