"""The pages of roles that were just saved, at once: the rest of the site follows with the build.

A role's page depends on the role's own texts and on what the last build knew of the site. So the
page that an editor is looking at needs one role read and one page rendered, however many roles
there are. Whatever else a save may change (a table, a template, two dozen roles) is a build's.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from rolerisk.load import load_again
from rolerisk.model.article import Article, ArticleRef
from rolerisk.model.site import Reading, RoleFacts, Site
from rolerisk.model.sources import InputFile, Sources
from rolerisk.parse.stage import RoleSource, narratives_of, role_sources
from rolerisk.plan.roles import role_page
from rolerisk.plan.shell import common_of
from rolerisk.problem import Severity
from rolerisk.reading import read_one
from rolerisk.render.renderers import Renderers
from rolerisk.store.readings import decode_article

_FEW = 5  # roles that one save changes; more of them are a build's work

_Text = tuple[str, str, InputFile | None]


class Preview:
    """What is known of the site since the last build, and the pages made since then."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pages: dict[str, bytes] = {}
        self._known: tuple[Sources, Site] | None = None
        self._seen: frozenset[_Text] = frozenset()
        self._renderers: tuple[dict[str, str], Renderers] | None = None

    def learn(self, sources: Sources, site: Site, templates: dict[str, str]) -> None:
        """A build has read the site: its pages are those on the disk again."""
        self.pages.clear()
        self._known = sources, site
        self._seen = frozenset(_texts(sources))
        if self._renderers is None or self._renderers[0] != templates:
            self._renderers = templates, Renderers(templates, _not_kept)
            self._renderers[1].prepare("role.html")

    def save(self, paths: Iterable[str]) -> bool:
        """Make the pages of the roles that a save changed; False when it takes a build."""
        if self._known is None:
            return False
        sources, site = self._known
        again = load_again(self.root, sources, paths)
        if again is None:
            return False
        texts = _texts(again)
        changed = [source for text, source in texts.items() if text not in self._seen]
        if not 0 < len(changed) <= _FEW or len(texts) != len(self._seen):
            return False
        read = [found for source in changed if (found := read_one(source, site.tables))]
        made = dict(page for found in read for page in self._page(site, *found))
        if len(made) < len(changed):
            return False
        self.pages |= made
        self._known, self._seen = (again, site), frozenset(texts)
        return True

    def _page(self, site: Site, reading: Reading, article: bytes) -> Iterator[tuple[str, bytes]]:
        facts = reading.facts
        if facts is None or any(p.severity is Severity.ERROR for p in reading.problems):
            return
        if not _is_out(site, facts) or self._renderers is None:
            return
        output = role_page(common_of(site), facts, site.related[facts.slug])
        whole = msgspec.structs.replace(output.context, article=decode_article(article))
        page = msgspec.structs.replace(output, context=whole)
        yield output.path, self._renderers[1].render(page)


def _is_out(site: Site, facts: RoleFacts) -> bool:
    return any(role.slug == facts.slug for role in site.roles)


def _texts(sources: Sources) -> dict[_Text, RoleSource]:
    """Every role by all that it is made of, wherever in the file it stands."""
    return {
        (source.text.place.path, source.text.text, source.narrative): source
        for source in role_sources(sources, narratives_of(sources))
    }


def _not_kept(_: ArticleRef) -> Article:
    raise LookupError("a page just saved has its article with it")
