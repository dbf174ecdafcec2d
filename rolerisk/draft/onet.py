"""The O*NET database, joined: what it says of each occupation that a draft can begin with."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from rolerisk.draft.tables import CODE, TASK_ID, has_table, read_file, read_table

_EXPOSED = {"E0": 0.0, "E1": 1.0, "E2": 0.5}  # as "GPTs are GPTs" weighs its labels
_SUPPRESSED = "Y"

Key = tuple[str, str]  # an occupation's code and a task's id


class Task(NamedTuple):
    """A task statement; `labels` are those of the people and of GPT-4, empty where nobody rated it.

    The weight is what the task counts for in the occupation's work; only its relation to the other
    tasks' has a meaning.
    """

    id: str
    text: str
    weight: float
    labels: tuple[str, str] = ("", "")
    date: str = ""

    @property
    def exposures(self) -> tuple[float, ...]:
        """How exposed each rater thought the task, 0-1."""
        return tuple(_EXPOSED[label] for label in self.labels if label in _EXPOSED)


class Occupation(NamedTuple):
    """An occupation with its tasks, heaviest first."""

    code: str
    title: str
    tasks: tuple[Task, ...]
    also_called: tuple[str, ...]
    technologies: tuple[str, ...]
    related: tuple[str, ...]


class Release(NamedTuple):
    """All occupations by their codes, and the codes of every title, in lower case."""

    occupations: dict[str, Occupation]
    codes: dict[str, tuple[str, ...]]
    rated: bool


def read_release(folder: Path, exposure: Path | None) -> Release:
    """Read a release, with a file of exposure labels or without. Raises tables.TableError."""
    names = {row[0]: row[1] for row in read_table(folder, "Occupation Data", (CODE, "Title"))}
    labels = _labels(exposure) if exposure else {}
    tasks, alternates = _tasks(folder, labels), _alternates(folder)
    technologies, related = _technologies(folder), _related(folder)
    codes: dict[str, list[str]] = defaultdict(list)
    for code, title in [*names.items(), *((c, t) for c, ts in alternates.items() for t in ts)]:
        if code in names and code not in codes[title.lower()]:
            codes[title.lower()].append(code)
    occupations = {
        code: Occupation(
            code,
            title,
            tuple(sorted(tasks.get(code, ()), key=lambda task: (-task.weight, task.id))),
            _telling(title, alternates.get(code, ()), codes),
            tuple(technologies.get(code, ())),
            tuple(related.get(code, ())),
        )
        for code, title in names.items()
    }
    return Release(occupations, {t: tuple(found) for t, found in codes.items()}, bool(labels))


def _labels(path: Path) -> dict[Key, tuple[str, str]]:
    columns = (CODE, TASK_ID, "human_exposure_agg", "gpt4_exposure")
    rows = read_file(path, columns)
    return {(code, _whole(id_)): (people, gpt4) for code, id_, people, gpt4 in rows}


def _whole(number: str) -> str:
    """An id that a spreadsheet has made a fraction of."""
    return number.removesuffix(".0")


def _tasks(folder: Path, labels: Mapping[Key, tuple[str, str]]) -> dict[str, list[Task]]:
    weights = _weights(folder)
    ratings: dict[str, list[float]] = defaultdict(list)
    for (code, _), weight in weights.items():
        ratings[code].append(weight)
    found: dict[str, list[Task]] = defaultdict(list)
    for code, id_, text, date in read_table(
        folder, "Task Statements", (CODE, TASK_ID, "Task", "Date")
    ):
        known = ratings.get(code)  # a task that nobody rated counts for as much as the mean one
        mean = sum(known) / len(known) if known else 1.0
        key = (code, _whole(id_))
        weight = weights.get(key, mean)
        found[code].append(Task(key[1], text, weight, labels.get(key, ("", "")), date))
    return found


def _weights(folder: Path) -> dict[Key, float]:
    """What each task counts for: importance (1-5) × how often (1-7) × for how many (percent).

    How often is the mean of the seven categories of frequency, from once a year to hourly. Without
    the ratings, a table `Task Importance`; without that, nothing, and all tasks count alike.
    """
    if has_table(folder, "Task Ratings"):
        return _rated(folder)
    if has_table(folder, "Task Importance"):
        rows = read_table(folder, "Task Importance", (CODE, TASK_ID, "Importance"))
        return {(code, _whole(id_)): float(value) for code, id_, value in rows if value}
    return {}


def _rated(folder: Path) -> dict[Key, float]:
    columns = (CODE, TASK_ID, "Scale ID", "Category", "Data Value", "Recommend Suppress")
    importance: dict[Key, float] = {}
    relevance: dict[Key, float] = {}
    often: dict[Key, list[tuple[float, float]]] = defaultdict(list)
    for code, id_, scale, category, value, suppress in read_table(folder, "Task Ratings", columns):
        if not value or suppress == _SUPPRESSED:
            continue
        key = (code, _whole(id_))
        if scale == "IM":
            importance[key] = float(value)
        elif scale == "RT":
            relevance[key] = float(value)
        elif scale == "FT" and category:
            often[key].append((float(category), float(value)))
    return {
        key: value * _mean(often.get(key, ())) * relevance.get(key, 100.0) / 100
        for key, value in importance.items()
    }


def _mean(categories: Iterable[tuple[float, float]]) -> float:
    """The mean category by percent of answers; the middle one where nobody was asked."""
    pairs = list(categories)
    total = sum(percent for _, percent in pairs)
    return sum(category * percent for category, percent in pairs) / total if total else 4.0


def _alternates(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    columns = (CODE, "Alternate Title", "Short Title")
    for code, title, short in read_table(folder, "Alternate Titles", columns):
        found[code] += [name for name in dict.fromkeys((title, short)) if name]
    return found


def _telling(
    title: str, alternates: Iterable[str], codes: Mapping[str, list[str]]
) -> tuple[str, ...]:
    """The eight other titles that fewest occupations share: what people search for and find here."""
    others = [name for name in dict.fromkeys(alternates) if name.lower() != title.lower()]
    return tuple(sorted(others, key=lambda name: len(codes[name.lower()]))[:8])


def _technologies(folder: Path) -> dict[str, list[str]]:
    """The hot technologies, those that employers ask for first."""
    found: dict[str, list[tuple[bool, str]]] = defaultdict(list)
    columns = (CODE, "Example", "Hot Technology", "In Demand")
    for code, example, hot, demanded in read_table(folder, "Technology Skills", columns):
        if hot == "Y":
            found[code].append((demanded != "Y", example))
    return {
        code: list(dict.fromkeys(name for _, name in sorted(examples)))
        for code, examples in found.items()
    }


def _related(folder: Path) -> dict[str, list[str]]:
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    columns = (CODE, f"Related {CODE}", "Index")
    for code, other, index in read_table(folder, "Related Occupations", columns):
        found[code].append((int(index or 99), other))
    return {code: [other for _, other in sorted(others)] for code, others in found.items()}
