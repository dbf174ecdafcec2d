"""The pipeline: the content, then the stages from plan to write. The only file that knows them all."""

import functools
from collections.abc import Callable, Container, Mapping
from contextlib import ExitStack
from itertools import chain
from pathlib import Path

from rolerisk import write
from rolerisk.collector import collected, uncollected
from rolerisk.compress import compressed, is_compressed
from rolerisk.content import check_content, located, once_more, read, remembering
from rolerisk.model.output import Derived, Manifest, OnDisk, Output, Parts, Plan, Rendered
from rolerisk.model.site import Site
from rolerisk.model.sources import Sources
from rolerisk.plan.keys import Keys
from rolerisk.plan.outputs import outputs
from rolerisk.plan.shell import output_path
from rolerisk.plan.stale import made, plan, reason, unfolded
from rolerisk.program import program_digest
from rolerisk.publishing import publish
from rolerisk.render.pool import render_all
from rolerisk.render.renderers import Renderers
from rolerisk.search import FOLDER, search_index
from rolerisk.settings import BuildReport, Settings, UnsoundError
from rolerisk.store.code import KeptCode
from rolerisk.store.manifest import manifest_path, read_manifest, without_keys
from rolerisk.store.readings import Articles, Memory
from rolerisk.unchanged import Before, look, looking, unchanged
from rolerisk.workers import Workers, working

FEW_WARNINGS = 10  # of one rule, that a build locates and lists; check lists all

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
    is skipped for being unchanged. What was saved meanwhile, or is damaged in the caches, makes it
    begin once more.

    Raises errors.OutputFolderError when the output folder may not be used, errors.InputChangedError
    when the input does not come to rest.
    """
    if before is None:
        with looking(settings) as found:
            done = unchanged(found, settings) if learn is None else None
            return done or build(settings, advance, learn, found)
    found_first = iter((before,))

    def work() -> BuildReport:
        return _build(settings, next(found_first, None) or look(settings), advance, learn)

    with uncollected():
        return once_more(settings, work)


def _build(
    settings: Settings,
    before: Before,
    advance: Callable[[int, int], None],
    learn: Learn | None,
) -> BuildReport:
    sources, problems, manifest, disk = before
    with ExitStack() as stack:
        with remembering(settings) as memory, working(settings.jobs) as workers:
            content = read(settings, sources, problems, memory, workers)
            checked = located(content, settings.strict, FEW_WARNINGS)
            if not checked.sound or checked.site is None:
                return BuildReport(checked.problems, unlisted=checked.unlisted)
            known = manifest if settings.use_cache else without_keys(manifest)
            keys = _keys(sources)
            todo = plan(outputs(checked.site), keys, known, disk)
            stage = stack.enter_context(write.stage_folder(settings.out))
            with collected():
                rendered = _render(todo, keys, sources, memory, stage, settings, workers, advance)
        index = _search_index(checked.site, rendered, known, disk, settings.out, stage)
        coming = [*index.made, *rendered]
        texts = _compressed(coming, [*todo.fresh, *index.kept], known, disk, settings, stage)
        coming += texts.made
        orphans = [p for p in todo.orphans if p not in index.paths | texts.paths]
        ready = write.prepare(settings.out, stage, coming, todo.noted, orphans, manifest, disk)
        count = len(todo.fresh) + len(rendered) + len(index.paths) + len(texts.paths)
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
        done = publish(settings, before, stage, ready, done)
    if learn:
        learn(sources, checked.site, templates_of(sources))
    return done


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
    for output in chain.from_iterable(map(made, outputs(checked.site))):
        if output.path in paths:
            parts = keys.parts(output)
            return output, parts, reason(output, parts, manifest, disk.get(output.path))
    return None


def derived_parts(settings: Settings, path: str) -> Parts | None:
    """What a written file is made of that was made of others; None when it is no such file."""
    file = read_manifest(manifest_path(settings.root, settings.out)).files.get(path)
    derived = path.startswith(FOLDER) or is_compressed(path)
    return file.parts if file and derived else None


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
    keys: Keys,
    sources: Sources,
    memory: Memory,
    stage: Path,
    settings: Settings,
    workers: Workers,
    advance: Callable[[int, int], None],
) -> list[tuple[Rendered, Parts]]:
    done, total = 0, sum(len(item.members) for item in todo.stale)

    def count(more: int) -> None:
        nonlocal done
        done += more
        advance(done, total)

    put, unfold = functools.partial(write.put, stage), functools.partial(unfolded, keys)
    fetch, templates = Articles(memory.folder), templates_of(sources)
    if settings.cluster and todo.stale:
        from rolerisk.cluster import cluster, render_on

        with cluster(settings.cluster) as machines:
            outputs = chain.from_iterable(map(unfold, todo.stale))
            return list(render_on(machines, outputs, templates, fetch, put, count))
    kept = KeptCode(memory.folder) if settings.use_cache else None
    return list(render_all(todo.stale, unfold, templates, fetch, put, workers, count, kept))
