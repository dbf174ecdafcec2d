"""The pipeline: calls the stages in their order. The only file that knows them all."""

import functools
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from rolerisk import check, write
from rolerisk.assemble.site import assemble_site
from rolerisk.checking import site_subject
from rolerisk.cluster import cluster, render_on
from rolerisk.compress import compressed, is_compressed
from rolerisk.errors import InterruptedWriteError
from rolerisk.load import RULES as LOAD_RULES
from rolerisk.load import load
from rolerisk.model.output import Derived, Manifest, OnDisk, Output, Parts, Plan, Rendered
from rolerisk.model.site import Site
from rolerisk.model.sources import Sources
from rolerisk.parse.rules import RULES as PARSE_RULES
from rolerisk.parse.stage import Parsed, parse
from rolerisk.parse.templates import unfilled
from rolerisk.places import Places
from rolerisk.plan.keys import Keys
from rolerisk.plan.outputs import outputs
from rolerisk.plan.shell import output_path
from rolerisk.plan.stale import plan, reason
from rolerisk.problem import LocatedProblem, Problem, Severity
from rolerisk.program import program_digest
from rolerisk.reading import Readings, read_roles
from rolerisk.render.pool import render_all
from rolerisk.render.renderers import Renderers
from rolerisk.report import few_of_a_kind, in_order
from rolerisk.search import FOLDER, search_index
from rolerisk.settings import BuildReport, Settings, UnsoundError, is_sound
from rolerisk.signals import uninterrupted
from rolerisk.silence import Rules, Weights, allowed, any_stands
from rolerisk.store.code import KeptCode
from rolerisk.store.lock import exclusive
from rolerisk.store.manifest import (
    announce_files,
    manifest_path,
    read_manifest,
    without_keys,
    write_manifest,
)
from rolerisk.store.readings import Articles, DamagedCacheError, Memory, forget
from rolerisk.text.template import TemplateError
from rolerisk.unchanged import Before, inputs_digest, look, looking, unchanged

_CACHE = ".cache"
_OF_INPUT = frozenset(rule.id for rule in (*LOAD_RULES, *PARSE_RULES))
FEW_WARNINGS = 10  # of one rule, that a build locates and lists; check lists all


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


def check_content(settings: Settings, more: More | None = None) -> Checked:
    """Run the stages from load to check; `more` adds problems that it takes more than content for."""
    return located(read_content(settings, more), settings.strict)


def read_content(settings: Settings, more: More | None = None) -> Content:
    """Run the stages from load to check, and leave the problems where they are."""
    with exclusive(settings.root):
        try:
            return _read_content(settings, more)
        except DamagedCacheError:
            forget(settings.root / _CACHE)
            return _read_content(settings, more)


def _read_content(settings: Settings, more: More | None) -> Content:
    with _memory(settings) as memory:
        return _read(settings, *load(settings.root), memory, more)


def read_earlier(settings: Settings, sources: Sources) -> Content:
    """The content as it was in other sources: what is remembered of them helps, nothing is kept."""
    return _read(settings, sources, (), Memory(settings.root / _CACHE, remember=True))


def located(content: Content, strict: bool, most: int | None = None) -> Checked:
    """Find the places of problems; of warnings that are alike, of the first `most`, or of all."""
    problems = tuple(map(_strict, content.problems)) if strict else content.problems
    kept, unlisted = few_of_a_kind(problems, most)
    places = Places(content.sources)
    found = tuple(in_order(map(places.locate, kept)))
    return Checked(content.sources, content.site, found, unlisted)


Learn = Callable[[Sources, Site, dict[str, str]], None]


def build(
    settings: Settings,
    advance: Callable[[int, int], None],
    learn: Learn | None = None,
    before: Before | None = None,
) -> BuildReport:
    """Run all stages, one build of a project at a time.

    `advance` is told how many of how many outputs are rendered. `before` is what is there, for who
    is looking at it already and has found that there is something to do. `learn` is given a sound
    site, with what it was made of, once it is written: for who wants to go on from there, nothing
    is skipped for being unchanged.

    Raises errors.OutputFolderError when the output folder may not be used.
    """
    if before is None:
        with looking(settings) as found:
            done = unchanged(found, settings) if learn is None else None
            return done or build(settings, advance, learn, found)
    try:
        return _build(settings, before, advance, learn)
    except DamagedCacheError:
        forget(settings.root / _CACHE)
        return _build(settings, look(settings), advance, learn)


def _build(
    settings: Settings,
    before: Before,
    advance: Callable[[int, int], None],
    learn: Learn | None,
) -> BuildReport:
    sources, problems, manifest, disk = before
    with ExitStack() as stack:
        with _memory(settings) as memory:
            content = _read(settings, sources, problems, memory)
            checked = located(content, settings.strict, FEW_WARNINGS)
            if not checked.sound or checked.site is None:
                return BuildReport(checked.problems, unlisted=checked.unlisted)
            known = manifest if settings.use_cache else without_keys(manifest)
            todo = plan(outputs(checked.site), _keys(sources), known, disk)
            write.sweep(settings.out)
            stage = stack.enter_context(write.stage_folder(settings.out))
            rendered = _render(todo, sources, memory, stage, settings, advance)
        index = _search_index(checked.site, rendered, known, disk, settings.out, stage)
        made = [*index.made, *rendered]
        texts = _compressed(made, [*todo.fresh, *index.kept], known, disk, settings, stage)
        made += texts.made
        orphans = [p for p in todo.orphans if p not in index.paths | texts.paths]
        ready = write.prepare(settings.out, stage, made, orphans, manifest, disk)
        count = len(todo.fresh) + len(todo.stale) + len(index.paths) + len(texts.paths)
        done = BuildReport(
            checked.problems,
            files=count,
            written=len(ready.coming),
            rendered=len(rendered),
            waiting=len(checked.site.waiting),
            next_day=min((role.published for role in checked.site.waiting), default=None),
            preview=checked.site.preview,
            unlisted=checked.unlisted,
        )
        done = _publish(settings, before, stage, ready, done)
    if learn:
        learn(sources, checked.site, templates_of(sources))
    return done


def _publish(
    settings: Settings, before: Before, stage: Path, ready: write.Prepared, done: BuildReport
) -> BuildReport:
    """Change the output folder and note what is in it now, whoever asks to stop meanwhile."""
    sources, _, manifest, disk = before
    path, inputs = manifest_path(settings.root, settings.out), inputs_digest(sources, settings)
    with uninterrupted(last=True):
        if not manifest.inputs:  # it is not all on the disk: some of it was recovered
            write_manifest(path, manifest)
        announce_files(path, ready.coming)
        kept, removed = write.publish(settings.out, stage, ready, manifest, disk)
        strangers = () if manifest.files else disk.keys() - kept.files.keys() - set(write.KEPT)
        done = msgspec.structs.replace(done, removed=removed, strangers=tuple(sorted(strangers)))
        if kept.files != manifest.files or manifest.inputs != inputs:
            _note(path, msgspec.structs.replace(kept, inputs=inputs, report=done))
    return done


def _note(path: Path, manifest: Manifest) -> None:
    """Keep the manifest of what has just been written."""
    try:
        write_manifest(path, manifest)
    except OSError as error:
        raise InterruptedWriteError(
            f"{error.filename or path}: {error.strerror}: the site is new, all of it, but nothing "
            "notes what was written; the next build does"
        ) from error


def _search_index(
    site: Site,
    rendered: list[tuple[Rendered, Parts]],
    known: Manifest,
    disk: Mapping[str, OnDisk],
    out: Path,
    stage: Path,
) -> Derived:
    if not site.config.features.search:
        return Derived()
    pages = [output_path(role.card.url) for role in site.roles]
    return search_index(pages, [item for item, _ in rendered], known, disk, out, stage)


def _compressed(
    made: list[tuple[Rendered, Parts]],
    fresh: list[str],
    known: Manifest,
    disk: Mapping[str, OnDisk],
    settings: Settings,
    stage: Path,
) -> Derived:
    if not settings.compress:
        return Derived()
    new = [item for item, _ in made]
    return compressed(new, fresh, known, disk, settings.out, stage, settings.jobs)


def planned_output(settings: Settings, paths: Container[str]) -> tuple[Output, Parts, str] | None:
    """The output at one of these paths, its parts, and why it is stale (empty when it is fresh).

    Raises UnsoundError when the content has errors: then nothing is planned.
    """
    checked = check_content(settings)
    if checked.site is None or not checked.sound:
        raise UnsoundError(checked.problems)
    manifest: Manifest = read_manifest(manifest_path(settings.root, settings.out))
    disk, keys = write.on_disk(settings.out), _keys(checked.sources)
    for output in outputs(checked.site):
        if output.path in paths:
            parts = keys.parts(output)
            return output, parts, reason(output.path, parts, manifest, disk.get(output.path))
    return None


def derived_parts(settings: Settings, path: str) -> Parts | None:
    """What a written file is made of that was made of others; None when it is no such file."""
    file = read_manifest(manifest_path(settings.root, settings.out)).files.get(path)
    derived = path.startswith(FOLDER) or is_compressed(path)
    return file.parts if file and derived else None


@contextmanager
def _memory(settings: Settings) -> Iterator[Memory]:
    """What earlier runs read of the roles; without caches, an empty one that leaves no trace."""
    if settings.use_cache:
        memory = Memory(settings.root / _CACHE, remember=True)
        yield memory
        memory.save()
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Memory(Path(folder), remember=False)


def _read(
    settings: Settings,
    sources: Sources,
    problems: tuple[Problem, ...],
    memory: Memory,
    more: More | None = None,
) -> Content:
    """Run the stages from parse to check, and leave out what editors allow."""
    parsed = parse(sources, settings.base_url)
    weigh = Weights(parsed.tables.config.rules if parsed.tables else {}, _RULES)
    problems = tuple(weigh((*problems, *parsed.problems)))
    site, places = None, Places(sources)
    if parsed.tables is not None:
        read = read_roles(sources, parsed.tables, memory, settings.jobs)
        site, told = _assemble(parsed, read, sources, settings, places, memory)
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
    parsed: Parsed,
    read: Readings,
    sources: Sources,
    settings: Settings,
    places: Places,
    memory: Memory,
) -> tuple[Site | None, tuple[Problem, ...]]:
    """Assemble the site of all roles and check it."""
    assert parsed.tables is not None
    facts = tuple(reading.facts for reading in read.readings if reading.facts)
    try:
        site = assemble_site(
            parsed.tables,
            facts,
            parsed.pages,
            sources,
            settings.today,
            settings.drafts,
            settings.preview or parsed.elsewhere,
        )
    except TemplateError as error:
        return None, (unfilled(error, parsed.tables, parsed.pages),)
    subject = site_subject(site, read, sources, places, memory)
    return site, tuple(check.check_site(subject))


def _strict(found: Problem) -> Problem:
    """With --strict, warnings are errors."""
    return found if found.rule in check.LENIENT else _as(Severity.ERROR, found)


def _as(severity: Severity, found: Problem) -> Problem:
    return msgspec.structs.replace(found, severity=severity)


def templates_of(sources: Sources) -> dict[str, str]:
    """The templates by the names that they call each other by."""
    return {
        path.removeprefix("templates/"): file.text
        for path, file in sources.files.items()
        if path.startswith("templates/") and not path.startswith("templates/assets/")
    }


def _keys(sources: Sources) -> Keys:
    return Keys(Renderers(templates_of(sources), Articles(Path())).digests(program_digest()))


def _render(
    todo: Plan,
    sources: Sources,
    memory: Memory,
    stage: Path,
    settings: Settings,
    advance: Callable[[int, int], None],
) -> list[tuple[Rendered, Parts]]:
    done, total = 0, len(todo.stale)

    def count(more: int) -> None:
        nonlocal done
        done += more
        advance(done, total)

    put = functools.partial(write.put, stage)
    fetch = Articles(memory.folder)
    templates, stale = templates_of(sources), [s.output for s in todo.stale]
    if settings.cluster and stale:
        with cluster(settings.cluster) as workers:
            items = list(render_on(workers, stale, templates, fetch, put, count))
    else:
        kept = KeptCode(memory.folder) if settings.use_cache else None
        items = list(render_all(stale, templates, fetch, put, settings.jobs, count, kept))
    return [(item, stale.parts) for item, stale in zip(items, todo.stale, strict=True)]
