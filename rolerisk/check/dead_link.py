"""Links inside the site lead somewhere."""

import posixpath
from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject, absolute
from rolerisk.model.site import Link
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
    """Resolve the links of all roles that are out, and of the site's own texts."""
    for role in subject.out:
        for link in role.links:
            at = Link(link.target, absolute(link.place, role))
            yield from _resolve(subject, role.card.url, at)
    for text in subject.site.texts:
        for link in text.links:
            yield from _resolve(subject, text.url, link)


def _resolve(subject: SiteSubject, page: str, link: Link) -> Iterator[Problem]:
    site, (address, _, anchor) = subject.site, link.target.partition("#")
    url = _address(page, address.partition("?")[0])
    if url in site.urls:
        if anchor and url not in subject.muted and anchor not in site.anchors.get(url, ()):
            hint = did_you_mean(anchor, site.anchors.get(url, ()))
            yield problem(RULE, link.place, f"there is no #{anchor} on {url}", hint)
    elif url + "/" in site.urls:
        message = f"{link.target} has no slash at its end"
        yield problem(RULE, link.place, message, f"write {url}/")
    elif subject.may_come(url):
        return
    elif url.split("/")[1:2] == ["roles"] and url.strip("/").rpartition("/")[2] in subject.names:
        message = f"{link.target} is not out yet"
        yield problem(RULE, link.place, message, "link to it once it is published")
    else:
        hint = did_you_mean(url, site.urls)
        yield problem(RULE, link.place, f"{link.target} leads nowhere", hint)


def _address(page: str, path: str) -> str:
    """The root-relative address that a path on a page leads to."""
    url = posixpath.join(page, path) if path else page
    return posixpath.normpath(url) + ("/" if url.endswith("/") and url != "/" else "")
