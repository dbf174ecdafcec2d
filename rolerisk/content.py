"""Input files → the content and its problems: the stages from load to check, called in their order."""

import functools
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from rolerisk import check
from rolerisk.assemble.site import assemble_site
from rolerisk.checking import comparing, site_subject
from rolerisk.collector import uncollected
from rolerisk.errors import InputChangedError
from rolerisk.load import RULES as LOAD_RULES
from rolerisk.loading import load_changed
from rolerisk.model.site import Site
from rolerisk.model.sources import Sources
from rolerisk.model.surroundings import Surroundings
from rolerisk.parse.roles import cut
from rolerisk.parse.rules import RULES as PARSE_RULES
from rolerisk.places import Places
from rolerisk.problem import LocatedProblem, Problem, Severity
from rolerisk.reading import Readings, read_roles
from rolerisk.report import few_of_a_kind, in_order
from rolerisk.settings import Settings, is_sound
from rolerisk.silence import Rules, Weights, allowed, any_stands
from rolerisk.store.lock import exclusive
from rolerisk.store.readings import Articles, DamagedCacheError, Memory, forget
from rolerisk.store.seen import forget_seen
from rolerisk.surroundings import read_surroundings
from rolerisk.workers import Workers, working

CACHE = ".cache"
_OF_INPUT = frozenset(rule.id for rule in (*LOAD_RULES, *PARSE_RULES))


@functools.cache
def _every_rule() -> frozenset[str]:
    from rolerisk.rulebook import RULES  # from all who hold one: 50 ms of imports

    return frozenset(rule.id for rule in RULES)


_RULES = Rules(_every_rule, firm=_OF_INPUT | check.FIRM, steady=_OF_INPUT | check.STEADY)


class Content(Struct, frozen=True):
    """The site as far as its content could be read, and its problems, not located yet."""

    sources: Sources
    site: Site | None
    problems: tuple[Problem, ...]


class Checked(Struct, frozen=True):
    """The site as far as the content could be read, and its problems; `unlisted` counts the others."""

    sources: Sources
    site: Site | None
    problems: tuple[LocatedProblem, ...]
    unlisted: dict[str, int]

    @property
    def sound(self) -> bool:
        """Whether the content may be published."""
        return is_sound(self.problems)


More = Callable[[Sources, Site | None], Iterable[Problem]]
_Made = TypeVar("_Made")


def check_content(settings: Settings, more: More | None = None) -> Checked:
    """Run the stages from load to check; `more` adds problems that it takes more than content for."""
    return of_content(settings, lambda content, _: located(content, settings.strict), more)


def of_content(
    settings: Settings, make: Callable[[Content, Articles], _Made], more: More | None = None
) -> _Made:
    """Run the stages from load to check, and return what `make` makes of the content.

    That may ask for texts and articles, as long as it is at it.
    """

    def work() -> _Made:
        with uncollected(), remembering(settings) as memory, working(settings.jobs) as workers:
            loaded = load_changed(settings.root, settings.use_cache)
            content = read(settings, *loaded, memory, workers, more)
            return make(content, Articles(memory.folder))

    return once_more(settings, work)


def once_more(settings: Settings, work: Callable[[], _Made]) -> _Made:
    """Do what reads content while nobody builds; do it again when it met what it could not go on with.

    That is a text that was saved meanwhile, or an article that is damaged in the caches.
    """
    with exclusive(settings.root):
        try:
            return work()
        except DamagedCacheError:
            forget(settings.root / CACHE)
        except InputChangedError:
            forget_seen(settings.root)
        return work()


def read_earlier(settings: Settings, sources: Sources) -> Content:
    """The content as it was in other sources: what is remembered of them helps, nothing is kept."""
    with exclusive(settings.root), working(settings.jobs) as workers:
        return read(settings, sources, (), Memory(settings.root / CACHE, remember=True), workers)


def located(content: Content, strict: bool, most: int | None = None) -> Checked:
    """Find the places of problems; of warnings that are alike, of the first `most`, or of all."""
    problems = tuple(map(_strict, content.problems)) if strict else content.problems
    kept, unlisted = few_of_a_kind(problems, most)
    places = Places(content.sources)
    found = tuple(in_order(map(places.locate, kept)))
    cut.cache_clear()  # it holds roles.yaml once more, and a build does not cut it again
    return Checked(content.sources, content.site, found, unlisted)


@contextmanager
def remembering(settings: Settings) -> Iterator[Memory]:
    """What earlier runs read of the roles; without caches, an empty one that leaves no trace."""
    if settings.use_cache:
        memory = Memory(settings.root / CACHE, remember=True)
        yield memory
        memory.save()
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Memory(Path(folder), remember=False)


def read(
    settings: Settings,
    sources: Sources,
    problems: tuple[Problem, ...],
    memory: Memory,
    workers: Workers,
    more: More | None = None,
) -> Content:
    """Run the stages from parse to check, and leave out what editors allow."""
    around = read_surroundings(sources, settings.base_url, memory)
    weigh = Weights(around.tables.config.rules if around.tables else {}, _RULES)
    problems = tuple(weigh((*problems, *around.problems)))
    site, places = None, Places(sources)
    if around.tables is not None:
        read = read_roles(sources, around.tables, memory, workers)
        site, told = _assemble(around, read, sources, settings, places, memory, workers)
        problems += (*weigh(read.problems), *_of_drafts(read, told, settings.drafts, weigh))
        problems += tuple(weigh(weigh.idle(read.whole and not any_stands(problems, _RULES))))
    if more:
        problems += tuple(weigh(more(sources, site)))
    loud = allowed(problems, sources, places, _RULES)
    return Content(sources, site, (*loud.problems, *weigh(loud.of_comments)))


def _of_drafts(
    read: Readings, told: Iterable[Problem], drafts: bool, weigh: Weights
) -> Iterator[Problem]:
    """The problems of single roles and of the site; drafts that are not built get warnings."""
    records = {
        (r.facts.place.path, r.facts.place.keys) for r in read.readings if r.facts and r.draft
    }
    for reading in read.readings:
        for found in weigh(reading.problems):
            lenient = reading.draft and not drafts
            yield _as(Severity.WARNING, found) if lenient else found
    for found in weigh(told):
        place = found.place
        of_draft = {(place.path, ()), (place.path, place.keys[:1])} & records
        yield _as(Severity.WARNING, found) if of_draft and not drafts else found


def _assemble(
    around: Surroundings,
    read: Readings,
    sources: Sources,
    settings: Settings,
    places: Places,
    memory: Memory,
    workers: Workers,
) -> tuple[Site | None, tuple[Problem, ...]]:
    """Assemble the site of all roles and check it; there is none while a page cannot be filled."""
    if around.tables is None or around.pages is None:
        return None, ()
    limits = around.tables.config.near_duplicates
    pairs = comparing(read, limits, memory, workers)
    site = assemble_site(
        around.tables,
        tuple(reading.facts for reading in read.readings if reading.facts),
        around.pages,
        sources,
        settings.today,
        settings.drafts,
        settings.preview or around.elsewhere,
        memory.neighbours,
    )
    memory.neighbours = site.neighbours
    subject = site_subject(site, read, sources, places, pairs())
    return site, tuple(check.check_site(subject))


def _strict(found: Problem) -> Problem:
    """With --strict, warnings are errors."""
    return found if found.rule in check.LENIENT else _as(Severity.ERROR, found)


def _as(severity: Severity, found: Problem) -> Problem:
    return msgspec.structs.replace(found, severity=severity)
