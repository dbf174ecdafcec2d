"""The pipeline: calls the stages in their order. The only file that knows them all."""

import datetime
import functools
from collections.abc import Callable, Container, Iterable
from pathlib import Path

import msgspec
from msgspec import Struct

from rolerisk import check, store, write
from rolerisk.assemble.article import assemble_article
from rolerisk.assemble.facts import assemble_facts
from rolerisk.assemble.site import assemble_site
from rolerisk.load import load
from rolerisk.model.article import Article
from rolerisk.model.output import Output, Parts, Plan, Rendered
from rolerisk.model.parsed import ParsedRole
from rolerisk.model.scalars import write_scalar
from rolerisk.model.site import RoleFacts, Site, Tables
from rolerisk.model.sources import Sources
from rolerisk.parse.rules import TEMPLATE_SYNTAX
from rolerisk.parse.stage import Parsed, parse
from rolerisk.places import Places
from rolerisk.plan.keys import Keys, digest
from rolerisk.plan.outputs import outputs
from rolerisk.plan.stale import plan, reason
from rolerisk.problem import LocatedProblem, Place, Problem, Severity, problem
from rolerisk.render.pool import render_all
from rolerisk.render.renderers import Renderers
from rolerisk.report import in_order
from rolerisk.text.template import TemplateError


class Settings(Struct, frozen=True):
    """What the command line says of a build; `today` is an input like any other."""

    root: Path
    out: Path
    today: datetime.date
    base_url: str | None = None
    drafts: bool = False
    preview: bool = False
    strict: bool = False
    use_cache: bool = True
    jobs: int = 1


class Checked(Struct, frozen=True):
    """The site as far as the content could be read, its articles by slug, and all problems."""

    sources: Sources
    site: Site | None
    articles: dict[str, Article]
    problems: tuple[LocatedProblem, ...]

    @property
    def sound(self) -> bool:
        """Whether the content may be published."""
        return all(p.severity is not Severity.ERROR for p in self.problems)


class BuildReport(Struct, frozen=True):
    """What a build did; when it was not `sound`, nothing."""

    checked: Checked
    files: int = 0
    written: int = 0
    removed: int = 0


def check_content(settings: Settings) -> Checked:
    """Run the stages from load to check."""
    sources, problems = load(settings.root)
    parsed = parse(sources, settings.base_url)
    problems += parsed.problems
    articles, facts = dict[str, Article](), list[RoleFacts]()
    site = None
    if parsed.tables is not None:
        for role in parsed.roles:
            article, fact, told = _read_role(role, parsed.tables, settings)
            problems += told
            if fact and article:
                facts.append(fact)
                articles.setdefault(fact.slug, article)
        site, told = _assemble(parsed, facts, sources, settings)
        problems += told
    return Checked(sources, site, articles, _located(sources, problems, settings))


def build(settings: Settings, advance: Callable[[int, int], None]) -> BuildReport:
    """Run all stages; `advance` is told how many of how many outputs are rendered.

    Raises write.OutputFolderError when the output folder may not be used.
    """
    write.check_folder(settings.out, settings.root)
    checked = check_content(settings)
    if not checked.sound or checked.site is None:
        return BuildReport(checked)
    renderers, templates = _renderers(checked.sources)
    manifest_path = _manifest_path(settings)
    manifest = store.read_manifest(manifest_path)
    disk = write.on_disk(settings.out)
    known = manifest if settings.use_cache else store.without_keys(manifest)
    planned = outputs(checked.site, lambda role: checked.articles[role.slug])
    todo = plan(planned, Keys(renderers.digests), known, disk)
    with write.stage_folder(settings.out) as stage:
        rendered = _render(todo, renderers, templates, stage, settings.jobs, advance)
        manifest, written, removed = write.publish(
            settings.out, stage, rendered, todo.orphans, manifest, disk
        )
    if rendered or todo.orphans:
        store.write_manifest(manifest_path, manifest)
    return BuildReport(checked, len(todo.fresh) + len(todo.stale), written, removed)


def planned_output(settings: Settings, paths: Container[str]) -> tuple[Output, Parts, str] | None:
    """The output at one of these paths, its parts, and why it is stale (empty when it is fresh)."""
    checked = check_content(settings)
    if checked.site is None:
        return None
    renderers, _ = _renderers(checked.sources)
    manifest = store.read_manifest(_manifest_path(settings))
    disk = write.on_disk(settings.out)
    keys = Keys(renderers.digests)
    for output in outputs(checked.site, lambda role: checked.articles[role.slug]):
        if output.path in paths:
            parts = keys.parts(output)
            return output, parts, reason(output.path, parts, manifest, disk.get(output.path))
    return None


def _read_role(
    parsed: ParsedRole, tables: Tables, settings: Settings
) -> tuple[Article | None, RoleFacts | None, tuple[Problem, ...]]:
    """Check and assemble one role; no article when its record is too broken for a score."""
    subject = check.RoleSubject(parsed, tables, settings.today)
    problems = [*parsed.problems, *check.check_role(subject)]
    article = facts = None
    role = parsed.role
    if role.slug and sum(task.share for task in role.at_risk + role.durable):
        try:
            article = assemble_article(parsed, tables)
            encoded = msgspec.msgpack.encode(article, enc_hook=write_scalar)
            facts = assemble_facts(parsed, article, digest(encoded))
        except TemplateError as error:
            problems.append(_template_problem("content/article", error))
    if role.status == "draft" and not settings.drafts and "status" not in parsed.flawed:
        problems = [msgspec.structs.replace(p, severity=Severity.WARNING) for p in problems]
    return article, facts, tuple(problems)


def _assemble(
    parsed: Parsed, facts: list[RoleFacts], sources: Sources, settings: Settings
) -> tuple[Site | None, tuple[Problem, ...]]:
    """Assemble the site of all roles and check it."""
    assert parsed.tables is not None
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
        return None, (_template_problem("content/pages", error),)
    names = frozenset(role.role.slug for role in parsed.roles)
    subject = check.SiteSubject(site, tuple(facts), names, parsed.whole)
    return site, tuple(check.check_site(subject))


def _template_problem(path: str, error: TemplateError) -> Problem:
    return problem(TEMPLATE_SYNTAX, Place(path), f"a template here cannot be filled: {error}")


def _located(
    sources: Sources, problems: Iterable[Problem], settings: Settings
) -> tuple[LocatedProblem, ...]:
    """All problems with their places, in order; with --strict, warnings as errors."""
    places = Places(sources)
    found = (places.locate(_strict(p) if settings.strict else p) for p in problems)
    return tuple(in_order(found))


def _strict(found: Problem) -> Problem:
    lenient = found.rule in check.LENIENT
    return found if lenient else msgspec.structs.replace(found, severity=Severity.ERROR)


def _renderers(sources: Sources) -> tuple[Renderers, dict[str, str]]:
    templates = {
        path.removeprefix("templates/"): file.text
        for path, file in sources.files.items()
        if path.startswith("templates/") and not path.startswith("templates/assets/")
    }
    return Renderers(templates), templates


def _manifest_path(settings: Settings) -> Path:
    return store.manifest_path(settings.root / ".cache", settings.out)


def _render(
    todo: Plan,
    renderers: Renderers,
    templates: dict[str, str],
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
    items = render_all([s.output for s in todo.stale], renderers, templates, put, jobs, count)
    return [(item, stale.parts) for item, stale in zip(items, todo.stale, strict=True)]
