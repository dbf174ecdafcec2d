"""The pages of roles that were just saved, at once: the rest of the site follows with the build.

A role's page depends on the role's own texts and on what the last build knew of the site. So the
page that an editor is looking at needs one role read and one page rendered, however many roles
there are. Whatever else a save may change (a table, a template, two dozen roles) is a build's.
"""

import threading
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import msgspec

from rolerisk.model.article import Article, ArticleRef
from rolerisk.model.site import Site
from rolerisk.model.sources import Sources
from rolerisk.parse.stage import RoleSource
from rolerisk.plan.roles import role_page
from rolerisk.plan.shell import Common, common_of
from rolerisk.problem import Severity
from rolerisk.reading import read_one
from rolerisk.render.renderers import Renderers
from rolerisk.serve.edited import Roles
from rolerisk.store.readings import decode_article

_FEW = 5  # roles that one save changes; more of them are a build's work


class _Known(NamedTuple):
    """What the last build knew; `out` are the slugs of the roles that have a page."""

    site: Site
    common: Common
    out: frozenset[str]
    templates: dict[str, str]
    renderers: Renderers


class Preview:
    """What is known of the site since the last build, and the pages made since then.

    Saves and builds are heard of in two threads: who edits a page does not wait for a build.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pages: dict[str, bytes] = {}
        self._known: _Known | None = None
        self._roles = Roles(Sources({}))
        self._unbuilt: set[str] = set()
        self._lock = threading.Lock()

    def begin(self) -> None:
        """A build begins to read: what is saved from now on it may not have seen."""
        with self._lock:
            self._unbuilt.clear()

    def learn(self, sources: Sources, site: Site, templates: dict[str, str]) -> None:
        """A build has written the site: its pages are those on the disk, but for later saves."""
        out = frozenset(role.slug for role in site.roles)
        renderers = self._prepared(templates)
        known, roles = _Known(site, common_of(site), out, templates, renderers), Roles(sources)
        if self._known is None:
            _rehearse(known, roles)
        with self._lock:
            self._known, self._roles = known, roles
            self.pages.clear()
            for path in self._unbuilt:  # one by one: what takes another build hides no page
                self._show({path})

    def save(self, paths: Iterable[str]) -> int | None:
        """Make the pages of the roles that a save changed, and say how many that are.

        None when it takes a build.
        """
        saved = set(paths)
        with self._lock:
            self._unbuilt |= saved
            return self._show(saved)

    def _show(self, paths: set[str]) -> int | None:
        if self._known is None:
            return None
        edit = self._roles.edit(self.root, paths)
        if edit is None or len(edit.slugs) > _FEW:
            return None
        pages = [_page(self._known, source) for source in self._roles.edited(edit)]
        made = dict(page for page in pages if page)
        if len(made) < len(pages):
            return None
        self._roles.keep(edit)
        self.pages |= made
        return len(made)

    def _prepared(self, templates: dict[str, str]) -> Renderers:
        if self._known and self._known.templates == templates:
            return self._known.renderers
        renderers = Renderers(templates, _not_kept)
        renderers.prepare("role.html")
        return renderers


def _rehearse(known: _Known, roles: Roles) -> None:
    """Make any page: what is imported, compiled and looked up but once shall not delay a save."""
    if source := next(iter(roles), None):
        _page(known, source)


def _page(known: _Known, source: RoleSource) -> tuple[str, bytes] | None:
    """The path and the bytes of a role's page; None when it is not sound, or has no page."""
    reading, data = read_one(source, known.site.tables) or (None, b"")
    if reading is None or any(p.severity is Severity.ERROR for p in reading.problems):
        return None
    facts = reading.facts
    if facts is None or facts.slug not in known.out:
        return None
    output = role_page(known.common, facts, known.site.related[facts.slug])
    whole = msgspec.structs.replace(output.context, article=decode_article(data))
    return output.path, known.renderers.render(msgspec.structs.replace(output, context=whole))


def _not_kept(_: ArticleRef) -> Article:
    raise LookupError("a page just saved has its article with it")
