"""The external links of the content, each with the places that have it."""

from collections.abc import Iterable, Iterator
from urllib.parse import urldefrag

from rolerisk.check.subject import RoleSubject, records_of
from rolerisk.model.config import Config
from rolerisk.model.parsed import ParsedRole, Prose
from rolerisk.model.site import Site
from rolerisk.model.sources import Sources
from rolerisk.parse.stage import narratives_of, parse_file, parse_one, role_sources
from rolerisk.problem import Place
from rolerisk.text.address import is_real

_WEB = ("https://", "http://")


def external_links(sources: Sources, site: Site) -> dict[str, tuple[Place, ...]]:
    """Every web address of sources, tools, measures, settings and texts, without its #fragment.

    The site's own address, and those under names that are nobody's (.example), are left out.
    """
    found: dict[str, list[Place]] = {}
    own = f"{site.config.base_url}/"
    for place, link in _links(sources, site):
        url = urldefrag(link.strip()).url
        if url.lower().startswith(_WEB) and not f"{url}/".startswith(own) and is_real(url):
            found.setdefault(url, []).append(place)
    return {url: tuple(dict.fromkeys(places)) for url, places in sorted(found.items())}


def _links(sources: Sources, site: Site) -> Iterator[tuple[Place, str]]:
    yield from _of_settings(site.config)
    yield from records_of(site.tables)
    yield from _of_texts((text.place, text.fragment, text.source) for text in site.texts)
    for parsed in _roles(sources):
        role = RoleSubject(parsed, site.tables)
        yield from role.records()
        yield from _of_texts(role.prose())


def _of_settings(config: Config) -> Iterator[tuple[Place, str]]:
    place = Place("content/site.yaml")
    yield place.at("publisher", "url"), config.publisher.url
    yield place.at("data_licence", "url"), config.data_licence.url
    yield place.at("calls_to_action", "audit", "url"), config.calls_to_action.audit.url
    yield place.at("calls_to_action", "business", "url"), config.calls_to_action.business.url
    for index, person in enumerate(config.people):
        yield place.at("people", index, "url"), person.url or ""
    yield place.at("repository"), config.repository or ""


def _of_texts(texts: Iterable[Prose]) -> Iterator[tuple[Place, str]]:
    for place, fragment, text in texts:
        targets = [*fragment.links, *(source for source, _ in fragment.images)]
        yield from zip(place.of_each(targets, text), targets, strict=True)


def _roles(sources: Sources) -> Iterator[ParsedRole]:
    """Every role that can be read, drafts and waiting ones included."""
    narratives, whole = narratives_of(sources), set[str]()
    for source in role_sources(sources, narratives):
        path = source.text.place.path
        parsed = None if path in whole else parse_one(source)
        if parsed:
            yield parsed
        elif path not in whole:
            whole.add(path)
            yield from parse_file(path, sources.files[path].text, narratives)[0]
