"""`diff`: what readers will find changed, from an earlier revision to now."""

from collections import Counter
from collections.abc import Iterator, Sequence
from functools import partial

from msgspec import Struct

from rolerisk.content import Content, located, of_content, once_more, read_earlier
from rolerisk.model.site import RoleFacts, Site
from rolerisk.model.sources import Sources
from rolerisk.revision.check import known_addresses
from rolerisk.revision.git import changed_paths, merge_base, sources_at
from rolerisk.revision.touched import as_before, touched
from rolerisk.revision.written import WrittenRole, written_roles
from rolerisk.settings import Settings, UnsoundError

_ALIKE = 0.5  # the share of its words that a renamed role has kept, at least


class Seen(Struct, frozen=True):
    """What a list of roles shows of one."""

    title: str
    score: int


class RoleChange(Struct, frozen=True):
    """A role that is not as it was; it was not there `before`, or is not there `now`.

    `came` and `went` count words. A role that is not there now may have been renamed `to` a new
    one; `leads` says that its old address does lead somewhere, or is said to be gone.
    """

    slug: str
    before: Seen | None
    now: Seen | None
    came: int = 0
    went: int = 0
    to: str = ""
    leads: bool = True


class PageChange(Struct, frozen=True):
    """A page that is no role's and is not as it was."""

    url: str
    was_there: bool
    is_there: bool
    came: int = 0
    went: int = 0


class Difference(Struct, frozen=True):
    """What changed between a commit and the working tree."""

    base: str
    roles: tuple[RoleChange, ...]
    pages: tuple[PageChange, ...]

    @property
    def lost(self) -> tuple[RoleChange, ...]:
        """The roles that are gone, with addresses that lead nowhere."""
        return tuple(role for role in self.roles if not role.leads)


def difference(settings: Settings, revision: str) -> Difference:
    """Compare the content of today with that of the commit where the branch left a revision.

    Raises errors.CommandError when git does not know the revision, UnsoundError when today's
    content has errors.
    """
    return once_more(settings, partial(_difference, settings, revision))


def _difference(settings: Settings, revision: str) -> Difference:
    base = merge_base(settings.root, revision)
    now, checked = of_content(settings, lambda found, _: (found, located(found, settings.strict)))
    if now.site is None or not checked.sound:
        raise UnsoundError(checked.problems)
    earlier = sources_at(settings.root, base)
    paths = changed_paths(settings.root, base)
    before = read_earlier(settings, as_before(now.sources, earlier, paths)).site
    roles = _roles(now, before, touched(now.sources, earlier, paths).slugs, earlier)
    return Difference(base, tuple(roles), tuple(_pages(before, now.site)))


def _roles(
    now: Content, before: Site | None, slugs: frozenset[str], earlier: Sources
) -> Iterator[RoleChange]:
    assert now.site is not None
    old, new = _out(before), _out(now.site)
    was, is_ = written_roles(earlier, slugs), written_roles(now.sources, slugs)
    known = known_addresses(now.sources, is_, now.site)
    added = [slug for slug in new if slug not in old]
    for slug in sorted(old.keys() | new.keys()):
        first, last = old.get(slug), new.get(slug)
        came, went = _words(was.get(slug), is_.get(slug))
        if last is None:
            leads = all(f"/roles/{name}/" in known for name in was[slug].addresses)
            renamed = _renamed(was[slug], [is_[other] for other in added if other in is_])
            yield RoleChange(slug, first, None, came, went, renamed, leads)
        elif first != last or came or went:
            yield RoleChange(slug, first, last, came, went)


def _out(site: Site | None) -> dict[str, Seen]:
    """The roles that readers find."""
    roles: Sequence[RoleFacts] = site.roles if site else ()
    return {role.slug: Seen(role.card.title, role.card.score) for role in roles}


def _words(before: WrittenRole | None, now: WrittenRole | None) -> tuple[int, int]:
    return _moved(before.words if before else [], now.words if now else [])


def _moved(before: Sequence[str], now: Sequence[str]) -> tuple[int, int]:
    """How many words came and how many went; a word that only stands elsewhere did neither."""
    old, new = Counter(before), Counter(now)
    return (new - old).total(), (old - new).total()


def _renamed(old: WrittenRole, added: Sequence[WrittenRole]) -> str:
    """The new role that has most of an old one's words; empty when none has half of them."""
    words = Counter(old.words)
    kept = [((Counter(role.words) & words).total(), role.slug) for role in added]
    most, slug = max(kept, default=(0, ""))
    return slug if most >= _ALIKE * words.total() else ""


def _pages(before: Site | None, now: Site) -> Iterator[PageChange]:
    old, new = _others(before), _others(now)
    for url in sorted(old.keys() | new.keys()):
        came, went = _moved(old.get(url, []), new.get(url, []))
        if came or went or (url in old) != (url in new):
            yield PageChange(url, url in old, url in new, came, went)


def _others(site: Site | None) -> dict[str, list[str]]:
    """The pages that are no role's, with the words that editors wrote for each."""
    if site is None:
        return {}
    urls = [*(hub.url for hub in site.hubs), *(tool.url for tool in site.tools)]
    urls += [page.url for page in site.pages]
    texts = {text.url: text.source.split() for text in site.texts}
    return {url: texts.get(url, []) for url in urls}
