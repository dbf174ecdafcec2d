"""All roles as they were read, and the site made of them → what the rules of the site look at."""

from collections.abc import Callable
from functools import cache, partial

from rolerisk.alike.alike import alike
from rolerisk.assemble.pages import page_url
from rolerisk.check import SiteSubject
from rolerisk.check.subject import TEXTS
from rolerisk.model.alike import Alike, Said
from rolerisk.model.config import NearDuplicates
from rolerisk.model.parsed import Prose
from rolerisk.model.site import RoleFacts, Site
from rolerisk.model.sources import Sources
from rolerisk.parse.roles import ROLES_FILE
from rolerisk.parse.stage import RoleSource, narratives_of, parse_one, role_sources
from rolerisk.places import Places
from rolerisk.problem import Place
from rolerisk.reading import Readings
from rolerisk.store.readings import Articles, Memory
from rolerisk.workers import Workers

FEW = 200  # roles to compare below which another process costs more than it saves

Pairs = Callable[[], tuple[Alike, ...]]


def comparing(read: Readings, limits: NearDuplicates, memory: Memory, workers: Workers) -> Pairs:
    """Compare all roles, as far as `memory` has not done it before; who calls the result waits for it.

    Where there are many to compare, this is done beside whatever is done until then.
    """
    roles = {role.texts_digest: role for role in _in_file_order(read)}
    said = [Said(role.texts_digest, role.sample, role.article) for role in roles.values()]
    floor = min(limits.warn_from, limits.fail_from) / 100
    work = partial(alike, said, partial(_row, Articles(memory.folder)), memory.compared, floor)
    new = sum(one.digest not in memory.compared.nearest for one in said)
    compare = workers.begin(work) if workers.pay(new, FEW) else work

    def pairs() -> tuple[Alike, ...]:
        found, memory.compared = compare()
        return tuple(Alike(roles[first], roles[second], share) for first, second, share in found)

    return pairs


def _row(fetch: Articles, said: Said) -> bytes:
    return fetch(said.article).row


def site_subject(
    site: Site, read: Readings, sources: Sources, places: Places, pairs: tuple[Alike, ...]
) -> SiteSubject:
    """What the rules look at; `pairs` are the roles that say the same."""
    roles = _in_file_order(read)
    return SiteSubject(
        site,
        roles,
        frozenset(reading.slug for reading in read.readings if reading.slug),
        read.whole and all(reading.slug_is_sound for reading in read.readings),
        _page_addresses(sources) - {page.url for page in site.pages},
        frozenset(role.card.url for role in roles if not role.flawed.isdisjoint(TEXTS)),
        pairs,
        _texts_of(sources),
        places.line,
    )


def _in_file_order(read: Readings) -> tuple[RoleFacts, ...]:
    return tuple(sorted((r.facts for r in read.readings if r.facts), key=_file_order))


def _page_addresses(sources: Sources) -> frozenset[str]:
    """The addresses of all pages that are written, whether they could be read or not."""
    paths = (*sources.files, *sources.unread)
    return frozenset(page_url(path) for path in paths if path.startswith("content/pages/"))


def _texts_of(sources: Sources) -> Callable[[RoleFacts], tuple[Prose, ...]]:
    """Who reads the texts of a role again; none where that takes its whole file."""

    @cache
    def written() -> dict[Place, RoleSource]:
        return {s.text.place: s for s in role_sources(sources, narratives_of(sources))}

    def texts(role: RoleFacts) -> tuple[Prose, ...]:
        source = written().get(role.place)
        parsed = parse_one(source) if source else None
        return parsed.texts if parsed else ()

    return texts


def _file_order(role: RoleFacts) -> tuple[bool, bool, str, tuple[str | int, ...]]:
    """As editors read them, drafts last."""
    return (role.draft, role.place.path != ROLES_FILE, role.place.path, role.place.keys)
