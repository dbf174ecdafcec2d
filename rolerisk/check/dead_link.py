"""Links inside the site lead somewhere."""

import posixpath
from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject, absolute, texts
from rolerisk.model.site import Link, Site
from rolerisk.problem import Problem, Rule, Severity, problem
from rolerisk.text.spelling import did_you_mean

RULE = Rule(
    "dead-link",
    Severity.ERROR,
    "A link inside the site leads to a page, and its #anchor to a place on it.",
    "Write internal links root-relative with a slash at the end: /roles/data-analyst/. A link to a "
    "role that is a draft or not out yet is a problem as long as it would lead nowhere.",
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Resolve the links of all roles that are out, and of the pages."""
    site = subject.site
    for role in subject.out:
        for link in role.links:
            at = Link(link.target, absolute(link.place, role))
            yield from _resolve(site, role.card.url, at, subject.names)
    for place, fragment in texts(site):
        url = "/" if place.path.endswith("404.md") else f"/{posixpath.basename(place.path)[:-3]}/"
        for target in fragment.links:
            if target.startswith(("/", "#", ".")) and not target.startswith("//"):
                yield from _resolve(site, url, Link(target, place.at(needle=target)), subject.names)


def _resolve(site: Site, page: str, link: Link, names: frozenset[str]) -> Iterator[Problem]:
    path, _, anchor = link.target.partition("#")
    url = page if not path else path if path.startswith("/") else posixpath.join(page, path)
    url = posixpath.normpath(url) + ("/" if url.endswith("/") and url != "/" else "")
    if url not in site.urls:
        if url + "/" in site.urls:
            yield problem(
                RULE, link.place, f"{link.target} has no slash at its end", f"write {url}/"
            )
        elif url.split("/")[1:2] == ["roles"] and url.strip("/").rpartition("/")[2] in names:
            yield problem(
                RULE, link.place, f"{link.target} is not out yet", "link to it once it is published"
            )
        else:
            yield problem(
                RULE, link.place, f"{link.target} leads nowhere", did_you_mean(url, site.urls)
            )
    elif anchor and anchor not in site.anchors.get(url, ()):
        hint = did_you_mean(anchor, site.anchors.get(url, ()))
        yield problem(RULE, link.place, f"there is no #{anchor} on {url}", hint)
