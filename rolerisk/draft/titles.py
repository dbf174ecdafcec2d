"""O*NET's names of occupations → a role's title, its plural and its slug."""

import re

from rolerisk.assemble.names import singular_of, slug_of
from rolerisk.draft.onet import Release

_LONGEST_PLURAL = 41  # a page's title has 65 characters, the shortest pattern takes 24 of them
_LONGEST_SLUG = 60
_ENDS = re.compile(r"[A-Za-z'-]+(?=,|/| and | or |$)")
_OF_WHAT = re.compile(r"[ ,]+(?:of|in|for|to|at|on|with|except|including)\b", re.IGNORECASE)
_LOOSE_END = re.compile(
    r"(?:[ ,/]+(?:and|or|of|in|for|the|to|at|on|with|except|all))+$", re.IGNORECASE
)


def title_of(name: str) -> str:
    """The singular: Accountants and Auditors → Accountant and Auditor; what comes after of stays."""
    what = _OF_WHAT.search(name)
    end = what.start() if what else len(name)
    return _ENDS.sub(lambda word: singular_of(word[0]), name[:end]) + name[end:]


def plural_of_name(name: str) -> str:
    """The name, shortened until a page's title can hold it: to its first noun, or its last."""
    if len(name) <= _LONGEST_PLURAL:
        return name
    first, *others = (part.removeprefix("and ").removeprefix("or ") for part in name.split(", "))
    short = next((part for part in (first, *reversed(others)) if _is_plural(part)), first)
    if len(short) > _LONGEST_PLURAL and _is_plural(before := short.rpartition(" and ")[0]):
        short = before
    if len(short) > _LONGEST_PLURAL:
        short = short[: _LONGEST_PLURAL + 1].rpartition(" ")[0]
    return _LOOSE_END.sub("", short)


def _is_plural(text: str) -> bool:
    noun = text.rpartition(" ")[2]
    return bool(noun) and singular_of(noun) != noun


def slug_of_title(title: str) -> str:
    """The title's slug, ended at a word before it is too long."""
    slug = slug_of(title)
    return slug if len(slug) <= _LONGEST_SLUG else slug[: _LONGEST_SLUG + 1].rpartition("-")[0]


def codes_of(title: str, release: Release) -> tuple[str, ...]:
    """The occupations that are called so, in any of their names."""
    own = {code for code in release.occupations if is_own_name(title, code, release)}
    return tuple(sorted(own | set(release.codes.get(title.strip().lower(), ()))))


def is_own_name(title: str, code: str, release: Release) -> bool:
    """Whether a title is the occupation's own name, in the plural or the singular."""
    name = release.occupations[code].title
    return title.strip().lower() in (name.lower(), title_of(name).lower())
