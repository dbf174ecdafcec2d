"""Which roles are neighbours: by the tools, category and task words that they share."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from rolerisk.model.site import RelatedRole, RoleFacts

MOST = 5
_COMMON = 40  # a tool or word that more roles share than this says little about a pair of them
_WORD = re.compile(r"[a-z]{4,}")
_ALIKE = 2  # words that two tasks share when they are much the same work
_TOOL_POINTS, _CATEGORY_POINTS, _WORD_POINTS = 3, 2, 1


class Neighbours(Mapping[str, tuple[RelatedRole, ...]]):
    """Up to five neighbours of each role; those an editor named, in that order, where given.

    They are looked for when somebody asks: who only checks the content has no use for them.
    """

    def __init__(self, roles: tuple[RoleFacts, ...]) -> None:
        self._roles = {role.slug: role for role in roles}
        self._found: dict[str, tuple[RelatedRole, ...]] = {}

    def __getitem__(self, slug: str) -> tuple[RelatedRole, ...]:
        if slug not in self._found:
            self._found[slug] = tuple(self._nearest(self._roles[slug]))
        return self._found[slug]

    def __iter__(self) -> Iterator[str]:
        return iter(self._roles)

    def __len__(self) -> int:
        return len(self._roles)

    def _nearest(self, role: RoleFacts) -> Iterator[RelatedRole]:
        for slug in role.related if role.related is not None else self._index.nearest(role):
            if slug in self._roles and slug != role.slug:
                yield _related(role, self._roles[slug], self._index)

    @cached_property
    def _index(self) -> "_Index":
        return _Index(tuple(self._roles.values()))


class _Index:
    """Roles by what they share, so that no role has to be compared with all others."""

    def __init__(self, roles: tuple[RoleFacts, ...]) -> None:
        self.by_tool: dict[str, list[str]] = defaultdict(list)
        self.by_word: dict[str, list[str]] = defaultdict(list)
        self.by_category: dict[str, list[str]] = defaultdict(list)
        self.category = {role.slug: role.category for role in roles}
        self.tasks = {role.slug: _tasks(role) for role in roles}
        self.stems = {
            slug: frozenset().union(*(words for _, words in tasks))
            for slug, tasks in self.tasks.items()
        }
        self.words = {role.slug: _words(role) for role in roles}
        for role in roles:
            self.by_category[role.category].append(role.slug)
            for tool in role.tools:
                self.by_tool[tool].append(role.slug)
            for word in self.words[role.slug]:
                self.by_word[word].append(role.slug)

    def nearest(self, role: RoleFacts) -> tuple[str, ...]:
        """The slugs of the nearest roles; between equals, those that come first in the alphabet."""
        points: Counter[str] = Counter()
        for tool in role.tools:
            _add(points, self.by_tool[tool], _TOOL_POINTS)
        for word in self.words[role.slug]:
            _add(points, self.by_word[word], _WORD_POINTS)
        for slug in points:
            points[slug] += _CATEGORY_POINTS * (self.category[slug] == role.category)
        if len(points) <= MOST:
            _add(
                points, self.by_category[role.category][: 10 * MOST], _CATEGORY_POINTS, always=True
            )
        del points[role.slug]
        return tuple(sorted(points, key=lambda slug: (-points[slug], slug))[:MOST])


def _add(points: Counter[str], slugs: list[str], worth: int, always: bool = False) -> None:
    if always or len(slugs) <= _COMMON:
        for slug in slugs:
            points[slug] += worth


def _words(role: RoleFacts) -> set[str]:
    texts: Iterable[str] = [role.card.title, *(t.task for t in role.at_risk + role.durable)]
    return set(_WORD.findall(" ".join(texts).lower()))


def _related(role: RoleFacts, other: RoleFacts, index: _Index) -> RelatedRole:
    """What two roles have in common: tasks of the other that resemble one of the role's, tools."""
    mine = [words for _, words in index.tasks[role.slug]]
    every = index.stems[role.slug]  # most tasks have too few of these: no need to look further
    shared = tuple(
        task
        for task, words in index.tasks[other.slug]
        if len(words & every) >= _ALIKE and any(len(words & own) >= _ALIKE for own in mine)
    )
    return RelatedRole(other.card, shared, tuple(t for t in other.tools if t in role.tools))


def _tasks(role: RoleFacts) -> tuple[tuple[str, frozenset[str]], ...]:
    """A role's tasks with their words by the first five letters: reviews and reviewing are alike."""
    return tuple(
        (task.task, frozenset(word[:5] for word in _WORD.findall(task.task.lower())))
        for task in role.at_risk + role.durable
    )
