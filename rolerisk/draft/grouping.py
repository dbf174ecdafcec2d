"""An occupation's tasks → six to ten groups that hold all of them, with shares of the week.

1. Two sides: tasks whose mean exposure is a half or more are at risk, the others durable. Each side
   gets at least three, from the other side's nearest. Without labels the weight decides.
2. Groups a side: three to five, after the side's share of all weight.
3. A group begins with a task: the heaviest first, then each time the one with the most weight that
   is least like those chosen. Every other task, heaviest first, joins the group that has the task
   most like it, where large groups count for less; where none is like it, the lightest group.
   Two tasks are alike by the words that they share of all that they have (Jaccard), rare words
   counting for more (their inverse document frequency among the side's tasks).
4. Shares are the groups' parts of all weight, in whole percent that sum to 100 (largest remainder).

The same tasks give the same groups, on any machine.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from typing import NamedTuple

from rolerisk.draft.onet import Task

_GROUPS, _LEAST, _MOST = 8, 3, 5  # in all; of a side, at least and at most
_MARGIN = 5  # percent points: two raters who agree are not certain
_UNRATED = "10-90"
_WORD = re.compile(r"[a-z]{3,}")
_COMMON = frozenset(
    "and the for with from that this such other using use used into are not any all may their them "
    "including related according appropriate various based between about through within when which".split()
)


class Group(NamedTuple):
    """Tasks that are one task of a role, heaviest first; `share` in percent of the week."""

    tasks: tuple[Task, ...]
    share: int

    @property
    def exposure(self) -> str:
        """From the one rater's mean to the other's, in percent, five points wider on both sides."""
        means = []
        for rater in (0, 1):
            rated = [task for task in self.tasks if len(task.exposures) == 2]
            weight = _weight(rated)
            if not weight:
                return _UNRATED
            means.append(sum(t.weight * t.exposures[rater] for t in rated) / weight)
        low, high = (round(100 * mean) for mean in sorted(means))
        return f"{max(0, low - _MARGIN)}-{min(100, high + _MARGIN)}"


def grouped(tasks: Sequence[Task]) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """The groups at risk and the durable ones, at least three of each, the largest first.

    Where there are not enough tasks, groups without any hold a place.
    """
    total = sum(task.weight for task in tasks)
    sides = [_groups(side, _number(side, total)) for side in _sides(tasks)]
    weights = [_weight(group) or total / 20 for side in sides for group in side]
    shares = iter(_shares(weights))
    at_risk, durable = (tuple(Group(tuple(g), next(shares)) for g in side) for side in sides)
    return _by_share(at_risk), _by_share(durable)


def _number(side: Sequence[Task], total: float) -> int:
    """How many groups a side gets."""
    wanted = round(_GROUPS * _weight(side) / total) if total else _LEAST
    return min(max(wanted, _LEAST), _MOST, max(len(side), _LEAST))


def _weight(tasks: Sequence[Task]) -> float:
    return sum(task.weight for task in tasks)


def _sides(tasks: Sequence[Task]) -> tuple[list[Task], list[Task]]:
    ordered = sorted(tasks, key=lambda task: (-_mean_exposure(task), -task.weight, task.id))
    above = sum(_mean_exposure(task) >= 0.5 for task in ordered)
    if not any(task.exposures for task in ordered):
        above = len(ordered) // 2
    least = min(_LEAST, len(ordered) // 2)
    cut = min(max(above, least), len(ordered) - least)
    return ordered[:cut], ordered[cut:]


def _mean_exposure(task: Task) -> float:
    """A task that nobody rated stands in the middle."""
    return sum(task.exposures) / len(task.exposures) if task.exposures else 0.5


def _groups(tasks: Sequence[Task], count: int) -> list[list[Task]]:
    left = sorted(tasks, key=lambda task: (-task.weight, task.id))
    if len(left) <= count:
        return [[task] for task in left] + [[] for _ in range(count - len(left))]
    likeness = _likeness(left)
    groups = [[first] for first in _firsts(left, count, likeness)]
    begun, total = {group[0].id for group in groups}, _weight(left) or 1.0

    def distance(group: list[Task]) -> tuple[float, float]:
        weight = _weight(group)
        return -max(likeness(task, member) for member in group) * (1 - weight / total), weight

    for task in left:
        if task.id not in begun:
            min(groups, key=distance).append(task)
    return groups


def _likeness(tasks: Sequence[Task]) -> Callable[[Task, Task], float]:
    """How alike two of these tasks are, 0-1."""
    words = {task.id: _words(task.text) for task in tasks}
    met = Counter(word for found in words.values() for word in found)
    rarity = {word: math.log(1 + len(tasks) / count) for word, count in met.items()}

    def likeness(a: Task, b: Task) -> float:
        shared, union = words[a.id] & words[b.id], words[a.id] | words[b.id]
        # sorted, because sums of fractions depend on their order, and sets have none
        return sum(rarity[w] for w in sorted(shared)) / (sum(rarity[w] for w in sorted(union)) or 1)

    return likeness


def _firsts(
    tasks: Sequence[Task], count: int, likeness: Callable[[Task, Task], float]
) -> list[Task]:
    """The tasks that groups begin with: heavy ones, unlike each other."""
    chosen: list[Task] = []
    for _ in range(count):
        rest = [task for task in tasks if task not in chosen]
        chosen.append(
            max(
                rest,
                key=lambda t: t.weight * (1 - max((likeness(t, c) for c in chosen), default=0)),
            )
        )
    return chosen


def _words(text: str) -> frozenset[str]:
    """The telling words of a task, without their commonest endings."""
    found = (word for word in _WORD.findall(text.lower()) if word not in _COMMON)
    return frozenset(re.sub(r"(?<=\w{3})(?:ing|ed|es|s|ions?)$", "", word) for word in found)


def _shares(weights: Sequence[float]) -> list[int]:
    """Whole percents, each at least one, that sum to 100: largest remainders are rounded up."""
    total = sum(weights)
    parts = [weight / total if total else 1 / len(weights) for weight in weights]
    exact = [part * (100 - len(weights)) for part in parts]
    shares = [1 + int(part) for part in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (int(exact[i]) - exact[i], i))
    for index in by_remainder[: 100 - sum(shares)]:
        shares[index] += 1
    return shares


def _by_share(groups: tuple[Group, ...]) -> tuple[Group, ...]:
    return tuple(sorted(groups, key=lambda group: -group.share))
