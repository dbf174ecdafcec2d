"""`rename`: a role's slug, everywhere; its old address leads to the new one.

The files are edited where the slug stands, and nowhere else: no value is read and written anew.
"""

import posixpath
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from rolerisk.edit.changes import Changes, EditError, refuse_existing
from rolerisk.edit.fmt import is_content
from rolerisk.model.sources import Sources
from rolerisk.parse import yaml
from rolerisk.parse.forms import slug_slip
from rolerisk.parse.roles import ROLES_FILE
from rolerisk.parse.stage import slug_in
from rolerisk.parse.templates import SITE
from rolerisk.parse.yaml import Mark
from rolerisk.problem import Keys
from rolerisk.text.markdown import to_fragment
from rolerisk.text.spelling import did_you_mean

FOLDER = "content/roles"


class _Edit(NamedTuple):
    """A stretch of a text and what takes its place: 0-based line and column."""

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


def rename(root: Path, sources: Sources, old: str, new: str) -> Changes:
    """Change a role's slug, add the old one to its aliases, update what refers to it.

    The content has to be readable. Raises EditError.
    """
    values = {
        path: yaml.read(file.text).value
        for path, file in sources.files.items()
        if is_content(path) and path.endswith(".yaml")
    }
    _refuse(values, old, new)
    texts: dict[str, str] = {}
    for path, file in sources.files.items():
        if not is_content(path) or old not in file.text:
            continue
        text = file.text
        if path in values:
            text = _edited(text, list(_edits(path, text, values[path], old, new)))
        texts[path] = _relinked(path, text, old, new)
    changed = {path: text for path, text in texts.items() if text != sources.files[path].text}
    moved = [
        path for path in (f"{FOLDER}/{old}.yaml", f"{FOLDER}/{old}.md") if path in sources.files
    ]
    for path in moved:
        target = path.replace(f"/{old}.", f"/{new}.")
        refuse_existing(root, target)
        changed[target] = changed.pop(path, sources.files[path].text)
    return Changes(changed, tuple(moved))


def _refuse(values: Mapping[str, Any], old: str, new: str) -> None:
    """Raises EditError unless the one is a role's slug, and the other may become it."""
    if slip := slug_slip(new):
        raise EditError(slip)
    roles = {
        slug_in(role): role for path, value in values.items() for _, role in _roles(path, value)
    }
    if old not in roles:
        owner = next((slug for slug, role in roles.items() if old in _list(role, "aliases")), "")
        hint = f"it is an alias of {owner}" if owner else did_you_mean(old, roles)
        raise EditError(f"there is no role {old!r}" + (f"; {hint}" if hint else ""))
    if new in roles:
        raise EditError(f"there is a role {new!r} already")
    for slug, role in roles.items():
        if slug != old and new in _list(role, "aliases"):
            raise EditError(f"{new!r} is an alias of the role {slug!r}: readers are led there")
    site = values.get(SITE)
    sources = [entry.get("from") for entry in _list(site, "moved") if isinstance(entry, dict)]
    if f"/roles/{new}/" in [*sources, *_list(site, "gone")]:
        raise EditError(f"{SITE} has /roles/{new}/ under `moved` or `gone`: take it out first")


def _roles(path: str, value: Any) -> Iterator[tuple[Keys, dict[str, Any]]]:
    """The records of a file of roles, each with the keys that lead to it."""
    if path == ROLES_FILE:
        for index, record in enumerate(value if isinstance(value, list) else ()):
            if isinstance(record, dict):
                yield (index,), record
    elif path.startswith(f"{FOLDER}/") and isinstance(value, dict):
        yield (), value


def _list(record: Any, key: str) -> list[Any]:
    value = record.get(key) if isinstance(record, dict) else None
    return value if isinstance(value, list) else []


def _edits(path: str, text: str, value: Any, old: str, new: str) -> Iterator[_Edit]:
    """Where the slug stands as a value: of the role itself, in `related`, in `moved`."""
    marks = yaml.marks(text)
    for keys, record in _roles(path, value):
        if slug_in(record) == old:
            yield _over(marks[(*keys, "slug")], new)
            yield _alias(marks, text.split("\n"), keys, _list(record, "aliases"), old, new)
        for index, slug in enumerate(_list(record, "related")):
            if slug == old:
                yield _over(marks[(*keys, "related", index)], new)
    for index, entry in enumerate(_list(value, "moved") if path == SITE else ()):
        target = entry.get("to") if isinstance(entry, dict) else None
        if isinstance(target, str) and (to := _retargeted(target, "/", old, new)):
            yield _over(marks[("moved", index, "to")], to)


def _over(mark: Mark, text: str) -> _Edit:
    return _Edit(mark.line, mark.column, mark.end_line, mark.end_column, text)


def _alias(
    marks: Mapping[Keys, Mark], lines: list[str], keys: Keys, aliases: list[Any], old: str, new: str
) -> _Edit:
    """The old slug among the aliases; where a role gets back a slug it had, the two change places."""
    if new in aliases:
        return _over(marks[(*keys, "aliases", aliases.index(new))], old)
    if aliases:
        last = marks[(*keys, "aliases", len(aliases) - 1)]
        line = lines[last.line]
        dash = re.match(r"(\s*)-\s+", line[: last.column])
        if dash and dash.end() == last.column:
            at = len(lines[last.end_line])
            return _Edit(last.end_line, at, last.end_line, at, f"\n{dash[1]}- {old}")
        return _Edit(last.end_line, last.end_column, last.end_line, last.end_column, f", {old}")
    if written := marks.get((*keys, "aliases")):
        place = _Edit(
            written.key_line, written.key_column, written.end_line, written.end_column, ""
        )
        return place._replace(text=f"aliases: [{old}]")
    slug = marks[(*keys, "slug")]
    line = lines[slug.end_line]
    if line[slug.end_column :].lstrip()[:1] in (",", "}"):
        at, text = slug.end_column, f", aliases: [{old}]"
    else:
        at, text = len(line), f"\n{' ' * slug.key_column}aliases: [{old}]"
    return _Edit(slug.end_line, at, slug.end_line, at, text)


def _edited(text: str, edits: list[_Edit]) -> str:
    """The text with its edits made, the last first."""
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)
    for edit in sorted(edits, reverse=True):
        start, end = starts[edit.line] + edit.column, starts[edit.end_line] + edit.end_column
        text = text[:start] + edit.text + text[end:]
    return text


def _relinked(path: str, text: str, old: str, new: str) -> str:
    """The text with the links that lead to the role's page, or a file of it, leading to the new one."""
    folder = path.removeprefix("content/").partition("/")[0].removesuffix(".yaml")
    page = {"pages": "/page/", "article": "/roles/role/"}.get(folder, f"/{folder}/page/")
    sources = [text] if path.endswith(".md") else _strings(yaml.read(text).value)
    targets = {link for source in sources if old in source for link in to_fragment(source).links}
    for target in sorted(targets):
        if to := _retargeted(target, page, old, new):
            text = re.sub(rf"(?<=[\s(<\"'=:]){re.escape(target)}(?=[\s)>\"'])", to, text)
    return text


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _strings(inner)


def _retargeted(target: str, page: str, old: str, new: str) -> str:
    """A link's new target; an empty text when it does not lead to the role by its slug."""
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", target):
        return ""
    address, rest = re.match(r"([^?#]*)(.*)", target, re.DOTALL).groups()  # type: ignore[union-attr]
    if not (posixpath.normpath(posixpath.join(page, address)) + "/").startswith(f"/roles/{old}/"):
        return ""
    changed = re.sub(rf"(?<![^/]){re.escape(old)}(?![^/])", new, address)
    return changed + rest if changed != address else ""
