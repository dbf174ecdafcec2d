"""Which roles are neighbours: by the tools, category and task words that they share."""

import hashlib
import re
import sys
from collections import Counter, defaultdict
from itertools import chain

import msgspec

from rolerisk.model.neighbours import Neighbour, Neighbours
from rolerisk.model.site import RelatedRole, RoleFacts

MOST = 5
_COMMON = 40  # a tool or word that more roles share than this says little about a pair of them
_WORD = re.compile(r"[a-z]{4,}")
_TOOL_POINTS, _CATEGORY_POINTS, _WORD_POINTS = 3, 2, 1
_Task = tuple[str, ...]  # the stems of its words
_Stems = dict[str, int]


def related_roles(
    roles: tuple[RoleFacts, ...], neighbours: Neighbours
) -> dict[str, tuple[RelatedRole, ...]]:
    """The neighbours of each role as its page shows them, with what the two have in common."""
    by_slug = {role.slug: role for role in roles}
    return {
        role.slug: tuple(_related(role, by_slug[n.slug], n) for n in neighbours.of[role.slug])
        for role in roles
    }


def find_neighbours(roles: tuple[RoleFacts, ...], before: Neighbours) -> Neighbours:
    """Up to five neighbours of each role; those an editor named, in that order, where given.

    They are those found before, if they were found by just the same titles, tasks and tools.
    """
    found_by = _found_by(roles)
    if found_by == before.found_by:
        return before
    known = {role.slug for role in roles}
    index, of = _Index(roles), {}
    for role in roles:
        slugs = role.related if role.related is not None else index.nearest(role)
        stems = _stems(index.tasks[role.slug])
        of[role.slug] = tuple(
            Neighbour(slug, _alike(index.tasks[slug], stems))
            for slug in slugs
            if slug in known and slug != role.slug
        )
    return Neighbours(found_by, of)


def _related(role: RoleFacts, other: RoleFacts, neighbour: Neighbour) -> RelatedRole:
    tasks = other.at_risk + other.durable
    shared = tuple(tasks[number].task for number in neighbour.tasks)
    return RelatedRole(other.card, shared, tuple(t for t in other.tools if t in role.tools))


def _found_by(roles: tuple[RoleFacts, ...]) -> str:
    """The digest of everything of all roles that neighbours depend on."""
    says = [
        (
            r.slug,
            r.card.title,
            r.category,
            r.tools,
            r.related,
            [t.task for t in r.at_risk + r.durable],
        )
        for r in roles
    ]
    return hashlib.blake2b(msgspec.msgpack.encode(says), digest_size=16).hexdigest()


class _Index:
    """Roles by what they share, so that no role has to be compared with all others."""

    def __init__(self, roles: tuple[RoleFacts, ...]) -> None:
        self.tasks: dict[str, list[_Task]] = {}
        self._by_tool: dict[str, list[str]] = defaultdict(list)
        self._by_word: dict[str, list[str]] = defaultdict(list)
        self._by_category: dict[str, list[str]] = defaultdict(list)
        self._with_its_words: dict[str, list[list[str]]] = {}
        stems = _StemsOfWords()
        for role in roles:
            tasks = [_WORD.findall(task.task.lower()) for task in role.at_risk + role.durable]
            self.tasks[role.slug] = [tuple({stems[w]: None for w in words}) for words in tasks]
            words = set(_WORD.findall(role.card.title.lower())).union(*tasks)
            self._with_its_words[role.slug] = [self._by_word[word] for word in words]
            self._by_category[role.category].append(role.slug)
            for those in (
                *self._with_its_words[role.slug],
                *(self._by_tool[tool] for tool in role.tools),
            ):
                if len(those) <= _COMMON:
                    those.append(role.slug)
        self._in_category = {name: frozenset(slugs) for name, slugs in self._by_category.items()}

    def nearest(self, role: RoleFacts) -> tuple[str, ...]:
        """The slugs of the nearest roles; between equals, those that come first in the alphabet."""
        lists = [_telling(those) for those in self._with_its_words[role.slug]] * _WORD_POINTS
        lists += [_telling(self._by_tool[tool]) for tool in role.tools] * _TOOL_POINTS
        points = Counter(chain.from_iterable(lists))
        for slug in self._in_category[role.category].intersection(points):
            points[slug] += _CATEGORY_POINTS
        if len(points) <= MOST:
            for slug in self._by_category[role.category][: 10 * MOST]:
                points[slug] += _CATEGORY_POINTS
        del points[role.slug]
        least = min(sorted(points.values())[-MOST:], default=0)
        near = [(-worth, slug) for slug, worth in points.items() if worth >= least]
        return tuple(slug for _, slug in sorted(near)[:MOST])


def _telling(those: list[str]) -> list[str]:
    """The roles that share something, unless there are too many."""
    return those if len(those) <= _COMMON else []


class _StemsOfWords(dict[str, str]):
    """The first five letters of words, each stem once: reviews and reviewing are alike."""

    def __missing__(self, word: str) -> str:
        stem = self[word] = sys.intern(word[:5])
        return stem


def _alike(tasks: list[_Task], stems: _Stems) -> tuple[int, ...]:
    """Which of these tasks of another role resemble one of the role's."""
    return tuple(n for n, task in enumerate(tasks) if _resembles(task, stems))


def _stems(tasks: list[_Task]) -> _Stems:
    """For each stem in which of a role's tasks it stands: a bit a task."""
    stems: _Stems = {}
    for number, task in enumerate(tasks):
        for stem in task:
            stems[stem] = stems.get(stem, 0) | 1 << number
    return stems


def _resembles(stems: _Task, mine: _Stems) -> bool:
    """Whether two of these stems stand in one and the same task of the role."""
    met = 0
    for stem in stems:
        tasks = mine.get(stem, 0)
        if met & tasks:
            return True
        met |= tasks
    return False
