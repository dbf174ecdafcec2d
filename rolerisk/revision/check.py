"""`check --changed`: the problems of what a branch touched, and those of the change itself."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rolerisk.content import Checked, Content, located, of_content
from rolerisk.model.site import Site
from rolerisk.model.sources import Sources
from rolerisk.parse.stage import role_sources
from rolerisk.problem import Problem, Severity
from rolerisk.revision.git import changed_paths, merge_base, sources_at
from rolerisk.revision.rules import RULES, lost_addresses, wrong_dates
from rolerisk.revision.touched import Touched, as_before, touched
from rolerisk.revision.written import WrittenRole, written_roles
from rolerisk.settings import Settings

_OWN = frozenset(rule.id for rule in RULES)


class ChangeChecked(NamedTuple):
    """What is wrong with what was touched, which files those are, how many errors are elsewhere."""

    checked: Checked
    paths: frozenset[str]
    errors_elsewhere: int


def check_change(settings: Settings, revision: str) -> ChangeChecked:
    """Check the content, and keep what the branch touched since it left a revision.

    Raises errors.CommandError when git does not know the revision.
    """
    base = merge_base(settings.root, revision)
    paths = changed_paths(settings.root, base)
    earlier = sources_at(settings.root, base, paths) if paths else Sources({})

    def of_the_change(now: Sources, site: Site | None) -> Iterator[Problem]:
        before = as_before(now, earlier, paths)
        return _of_the_change(settings, now, site, before, touched(now, before, paths))

    def kept(content: Content, _: object) -> ChangeChecked:
        seen = touched(content.sources, as_before(content.sources, earlier, paths), paths)
        found = dict.fromkeys(content.problems)
        inside = tuple(p for p in found if p.rule in _OWN or seen.concerns(p))
        elsewhere = _errors(found) - _errors(inside)
        checked = located(Content(content.sources, content.site, inside), settings.strict)
        return ChangeChecked(checked, paths, elsewhere)

    return of_content(settings, kept, of_the_change)


def _errors(problems: Iterable[Problem]) -> int:
    return sum(found.severity is Severity.ERROR for found in problems)


def known_addresses(now: Sources, roles: Mapping[str, WrittenRole], site: Site) -> frozenset[str]:
    """The addresses of role pages that lead somewhere or are said to be gone.

    `roles` are those that may have aliases which nobody had before. A draft leads nowhere; a role
    that is too broken to be in the site will, once it is mended.
    """
    slugs = {source.text.likely_slug for source in role_sources(now, {})}
    slugs -= {role.slug for role in site.drafts}
    slugs.update(*(role.addresses for slug, role in roles.items() if slug in slugs))
    moved = {redirect.from_ for redirect in site.config.moved}
    return frozenset({f"/roles/{slug}/" for slug in slugs} | moved | set(site.config.gone))


def _of_the_change(
    settings: Settings, now: Sources, site: Site | None, before: Sources, seen: Touched
) -> Iterator[Problem]:
    old, new = written_roles(before, seen.slugs), written_roles(now, seen.slugs)
    yield from wrong_dates(old, new, settings.today)
    if site is not None:
        known = known_addresses(now, new, site)
        yield from lost_addresses(old, known)
