"""The pipeline: calls the stages in their order. The only file that knows them all."""

import functools
import tempfile
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from msgspec import Struct

from rolerisk import check, write
from rolerisk.assemble.site import assemble_site
from rolerisk.load import load
from rolerisk.model.output import Manifest, Output, Parts, Plan, Rendered
from rolerisk.model.site import Site
from rolerisk.model.sources import Sources
from rolerisk.parse.rules import TEMPLATE_SYNTAX
from rolerisk.parse.stage import Parsed, parse
from rolerisk.places import Places
from rolerisk.plan.keys import Keys
from rolerisk.plan.outputs import outputs
from rolerisk.plan.stale import plan, reason
from rolerisk.problem import LocatedProblem, Place, Problem, Severity, problem
from rolerisk.program import program_digest
from rolerisk.reading import Readings, read_roles
from rolerisk.render.pool import render_all
from rolerisk.render.renderers import Renderers
from rolerisk.report import in_order
from rolerisk.settings import BuildReport, Settings, is_sound
from rolerisk.store.manifest import manifest_path, read_manifest, without_keys, write_manifest
from rolerisk.store.readings import Articles, Memory
from rolerisk.text.template import TemplateError
from rolerisk.unchanged import inputs_digest, unchanged


class Checked(Struct, frozen=True):
    """The site as far as the content could be read, and all problems."""

    sources: Sources
    site: Site | None
    problems: tuple[LocatedProblem, ...]

    @property
    def sound(self) -> bool:
        """Whether the content may be published."""
        return is_sound(self.problems)


def check_content(settings: Settings) -> Checked:
    """Run the stages from load to check."""
    with _memory(settings) as memory:
        return _check(settings, memory)


def build(settings: Settings, advance: Callable[[int, int], None]) -> BuildReport:
    """Run all stages; `advance` is told how many of how many outputs are rendered.

    Raises errors.OutputFolderError when the output folder may not be used.
    """
    write.check_folder(settings.out, settings.root)
    done = unchanged(settings)
    if done:
        return done
    with _memory(settings) as memory:
        checked = _check(settings, memory)
        if not checked.sound or checked.site is None:
            return BuildReport(checked.problems)
        path = manifest_path(settings.root, settings.out)
        manifest = read_manifest(path)
        disk = write.on_disk(settings.out)
        known = manifest if settings.use_cache else without_keys(manifest)
        todo = plan(outputs(checked.site), _keys(checked.sources), known, disk)
        with write.stage_folder(settings.out) as stage:
            rendered = _render(todo, checked.sources, memory, stage, settings.jobs, advance)
            kept, written, removed = write.publish(
                settings.out, stage, rendered, todo.orphans, manifest, disk
            )
    report = BuildReport(
        checked.problems,
        files=len(todo.fresh) + len(todo.stale),
        written=written,
        removed=removed,
        rendered=len(rendered),
        waiting=len(checked.site.waiting),
        next_day=min((role.published for role in checked.site.waiting), default=None),
    )
    inputs = inputs_digest(checked.sources, settings)
    if rendered or todo.orphans or manifest.inputs != inputs:
        write_manifest(path, msgspec.structs.replace(kept, inputs=inputs, report=report))
    return report


def planned_output(settings: Settings, paths: Container[str]) -> tuple[Output, Parts, str] | None:
    """The output at one of these paths, its parts, and why it is stale (empty when it is fresh)."""
    checked = check_content(settings)
    if checked.site is None:
        return None
    manifest: Manifest = read_manifest(manifest_path(settings.root, settings.out))
    disk, keys = write.on_disk(settings.out), _keys(checked.sources)
    for output in outputs(checked.site):
        if output.path in paths:
            parts = keys.parts(output)
            return output, parts, reason(output.path, parts, manifest, disk.get(output.path))
    return None


@contextmanager
def _memory(settings: Settings) -> Iterator[Memory]:
    """What earlier runs read of the roles; without caches, an empty one that leaves no trace."""
    if settings.use_cache:
        memory = Memory(settings.root / ".cache", remember=True)
        yield memory
        memory.save()
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Memory(Path(folder), remember=False)


def _check(settings: Settings, memory: Memory) -> Checked:
    sources, problems = load(settings.root)
    parsed = parse(sources, settings.base_url)
    problems += parsed.problems
    site = None
    if parsed.tables is not None:
        read = read_roles(sources, parsed.tables, memory, settings.jobs)
        site, told = _assemble(parsed, read, sources, settings)
        problems += (*read.problems, *_of_roles(read, settings.drafts), *told)
    return Checked(sources, site, _located(sources, problems, settings))


def _of_roles(read: Readings, drafts: bool) -> Iterator[Problem]:
    """The problems of single roles; those of drafts that are not built are warnings."""
    for reading in read.readings:
        for found in reading.problems:
            lenient = reading.draft and not drafts
            yield _as(Severity.WARNING, found) if lenient else found


def _assemble(
    parsed: Parsed, read: Readings, sources: Sources, settings: Settings
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
            settings.preview,
        )
    except TemplateError as error:
        message = f"a template here cannot be filled: {error}"
        return None, (problem(TEMPLATE_SYNTAX, Place("content/pages"), message),)
    names = frozenset(reading.slug for reading in read.readings)
    subject = check.SiteSubject(site, facts, names, read.whole)
    return site, tuple(check.check_site(subject))


def _located(
    sources: Sources, problems: Iterable[Problem], settings: Settings
) -> tuple[LocatedProblem, ...]:
    """All problems with their places, in order; with --strict, warnings as errors."""
    places = Places(sources)
    strict = settings.strict
    return tuple(in_order(places.locate(_strict(p) if strict else p) for p in problems))


def _strict(found: Problem) -> Problem:
    return found if found.rule in check.LENIENT else _as(Severity.ERROR, found)


def _as(severity: Severity, found: Problem) -> Problem:
    return msgspec.structs.replace(found, severity=severity)


def _templates(sources: Sources) -> dict[str, str]:
    return {
        path.removeprefix("templates/"): file.text
        for path, file in sources.files.items()
        if path.startswith("templates/") and not path.startswith("templates/assets/")
    }


def _keys(sources: Sources) -> Keys:
    return Keys(Renderers(_templates(sources), Articles(Path())).digests(program_digest()))


def _render(
    todo: Plan,
    sources: Sources,
    memory: Memory,
    stage: Path,
    jobs: int,
    advance: Callable[[int, int], None],
) -> list[tuple[Rendered, Parts]]:
    done, total = 0, len(todo.stale)

    def count(more: int) -> None:
        nonlocal done
        done += more
        advance(done, total)

    put = functools.partial(write.put, stage)
    fetch = Articles(memory.folder)
    templates = _templates(sources)
    items = render_all([s.output for s in todo.stale], templates, fetch, put, jobs, count)
    return [(item, stale.parts) for item, stale in zip(items, todo.stale, strict=True)]
