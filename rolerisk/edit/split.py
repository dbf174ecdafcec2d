"""`split` and `join`: roles moved between roles.yaml and files of their own, comments and all."""

import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, NamedTuple

from rolerisk.edit.changes import Changes, EditError, refuse_existing
from rolerisk.edit.comments import comments
from rolerisk.model.sources import Sources
from rolerisk.parse import yaml
from rolerisk.parse.roles import ROLES_FILE, cut
from rolerisk.parse.stage import slug_in
from rolerisk.text.spelling import did_you_mean

FOLDER = "content/roles"
_SCHEMA = "# yaml-language-server:"
_LIST_HEAD = f"{_SCHEMA} $schema=./roles.schema.json\n"
_FILE_HEAD = f"{_SCHEMA} $schema=../../schemas/role.schema.json\n"
_NOT_A_LIST = f"{ROLES_FILE} is not written as a list with one `- ` at the start of each role"
_FORM_FIRST = "cannot be moved as it is written: run python build.py fmt first"


class _Entry(NamedTuple):
    """A role of roles.yaml: the comments right above it, its text, and what it says."""

    lead: str
    body: str
    value: Any


def split(root: Path, sources: Sources, slugs: Collection[str] = ()) -> Changes:
    """Give roles of roles.yaml files of their own: these, or all. Raises EditError."""
    head, entries = _entries(sources.text(ROLES_FILE) or "")
    known = [slug_in(entry.value) for entry in entries]
    _refuse_unknown(slugs, known, f"{ROLES_FILE} has no role")
    texts: dict[str, str] = {}
    left: list[_Entry] = []
    for slug, entry in zip(known, entries, strict=True):
        if slugs and slug not in slugs:
            left.append(entry)
            continue
        path = f"{FOLDER}/{slug}.yaml"
        if not re.fullmatch(r"[a-z0-9-]+", slug) or path in texts:
            raise EditError(f"{ROLES_FILE} has {slug!r} twice, or it is no slug")
        refuse_existing(root, path)
        texts[path] = _FILE_HEAD + entry.lead + _outdented(entry.body)
        _verify(texts[path], entry.value, entry.lead + entry.body, slug)
    if texts:
        rest = "".join(entry.lead + entry.body for entry in left) or "[]\n"
        texts[ROLES_FILE] = (head + rest).rstrip("\n") + "\n"
    return Changes(texts)


def join(sources: Sources, slugs: Collection[str] = ()) -> Changes:
    """Move roles that have files of their own to the end of roles.yaml: these, or all.

    Raises EditError.
    """
    files = {f.path: f.text for f in sources.below(FOLDER, ".yaml")}
    own = {slug_in(yaml.read(text).value): path for path, text in files.items()}
    _refuse_unknown(slugs, own, f"{FOLDER}/ has no file of")
    before = sources.text(ROLES_FILE) or _LIST_HEAD
    head, entries = _entries(before)
    parts = [entry.lead + entry.body for entry in entries]
    values, words = [entry.value for entry in entries], [text for _, text in comments(before)]
    wanted = [own[slug] for slug in slugs] if slugs else list(own.values())
    for path in wanted:
        text = files[path].removeprefix(_FILE_HEAD)
        value = yaml.read(text).value
        if not slug_in(value) or slug_in(value) in map(slug_in, values):
            raise EditError(f"{path}: {ROLES_FILE} has that role already, or it has no slug")
        parts.append(_indented(text))
        values.append(value)
        words += [words for _, words in comments(text)]
    joined = head + "\n".join(part.rstrip("\n") + "\n" for part in parts)
    if yaml.read(joined).value != values or [text for _, text in comments(joined)] != words:
        raise EditError(f"a role {_FORM_FIRST}")
    return Changes({ROLES_FILE: joined} if wanted else {}, tuple(wanted))


def _entries(text: str) -> tuple[str, list[_Entry]]:
    """What stands above the first role of roles.yaml, and the roles. Raises EditError."""
    values = yaml.read(text).value or []
    texts = [entry.text for entry in cut(ROLES_FILE, text)]
    if not isinstance(values, list) or len(texts) != len(values):
        raise EditError(_NOT_A_LIST)
    if not texts:
        return "".join(f"{words}\n" for _, words in comments(text)), []
    head, lead = _with_lead(text[: len(text) - sum(map(len, texts))])
    entries = list[_Entry]()
    for body, value in zip(texts, values, strict=True):
        last = len(entries) == len(texts) - 1
        own, following = (body, "") if last else _with_lead(body)
        entries.append(_Entry(lead, own, value))
        lead = following
    return head, entries


def _with_lead(text: str) -> tuple[str, str]:
    """A text, and the comments at its end that speak of what follows: no blank line is between."""
    lines = text.splitlines(keepends=True)
    start = len(lines)
    while start and lines[start - 1].startswith("#") and not lines[start - 1].startswith(_SCHEMA):
        start -= 1
    return "".join(lines[:start]), "".join(lines[start:])


def _outdented(entry: str) -> str:
    """An entry of a list as a record: without its dash, and so much further to the left."""
    width = yaml.marks(entry)[(0,)].column
    record = re.sub(rf"^ {{0,{width}}}(?=.)", "", " " + entry[1:], flags=re.MULTILINE)
    return record.strip() + "\n"


def _indented(text: str) -> str:
    """A record as an entry of a list; comments above it stay at the margin."""
    lead = re.match(r"(?:#.*\n|[ \t]*\n)*", text)
    assert lead
    above = "".join(line for line in lead[0].splitlines(keepends=True) if line.strip())
    body = re.sub(r"^(?=.)", "  ", text[lead.end() :], flags=re.MULTILINE)
    return above + "- " + body[2:]


def _verify(text: str, value: Any, before: str, slug: str) -> None:
    """Raises EditError when a moved text says anything else than before."""
    words = [words for _, words in comments(before)]
    if yaml.read(text).value != value or [w for _, w in comments(text)][1:] != words:
        raise EditError(f"the role {slug!r} {_FORM_FIRST}")


def _refuse_unknown(slugs: Collection[str], known: Collection[str], where: str) -> None:
    for slug in slugs:
        if slug not in known:
            hint = did_you_mean(slug, known)
            raise EditError(f"{where} {slug!r}" + (f"; {hint}" if hint else ""))
