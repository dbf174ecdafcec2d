"""What a browser would refuse: what comes over http, and what the page's own policy forbids."""

import base64
import hashlib
import re
from collections.abc import Iterator

from rolerisk.audit.folder import Folder
from rolerisk.audit.page import Element, Page
from rolerisk.problem import LocatedProblem, Rule, Severity

MIXED = Rule(
    "site-mixed-content",
    Severity.ERROR,
    "Nothing that a built page loads comes over http.",
    "Browsers refuse such scripts and styles on a page that came over https, and warn of the others. "
    "Links that a reader follows may lead anywhere. Checked by check --site.",
)
POLICY = Rule(
    "site-policy",
    Severity.ERROR,
    "A page's content security policy allows what stands in the page, and nothing inline else.",
    "The policy names the digest of the page's style: after a change by hand the page has none. "
    "Inline scripts, style attributes and on… attributes do nothing under it. Checked by check --site.",
)
_LOADS = ("src", "srcset", "poster", "data", "action")
_LOADED = ("stylesheet", "icon", "apple-touch-icon", "manifest", "preload", "modulepreload")
_CSS = re.compile(r"(?:url\(|@import)\s*[\"']?\s*(http:[^\"')\s;]*)", re.IGNORECASE)
_INERT = ("application/ld+json", "application/json")


def check_page(page: Page, _: Folder) -> Iterator[LocatedProblem]:
    """What the page loads, and what its policy says of it."""
    for element in page.elements:
        for url in _loaded(page, element):
            if url.lower().startswith("http:"):
                yield page.problem(MIXED, f"{url} comes over http", "write https", element)
    policy = page.meta("content-security-policy") or page.meta("Content-Security-Policy")
    if policy is not None:
        yield from _policy(page, policy.attributes.get("content", ""))


def _loaded(page: Page, element: Element) -> Iterator[str]:
    given = element.attributes
    if element.tag == "link" and not set(_LOADED).isdisjoint(given.get("rel", "").split()):
        yield given.get("href", "")
    elif element.tag == "style":
        yield from _CSS.findall(page.raw(element))
    elif element.tag == "meta" and given.get("property", "").startswith("og:image"):
        yield given.get("content", "")
    for name in _LOADS:
        if name in given:
            yield from (part.strip() for part in given[name].split(","))


def _policy(page: Page, policy: str) -> Iterator[LocatedProblem]:
    for style in page.all("style"):
        digest = base64.b64encode(hashlib.sha256(page.raw(style).encode()).digest()).decode()
        if f"'sha256-{digest}'" not in policy:
            hint = f"its digest is sha256-{digest}"
            yield page.problem(POLICY, "the policy forbids this style", hint, style)
    for script in page.all("script"):
        given = script.attributes
        if "src" not in given and given.get("type") not in _INERT:
            yield page.problem(POLICY, "the policy forbids inline scripts", "", script)
    for element in page.elements:
        for name in element.attributes:
            if name == "style" or name.startswith("on"):
                yield page.problem(POLICY, f"the policy forbids the attribute {name}", "", element)
