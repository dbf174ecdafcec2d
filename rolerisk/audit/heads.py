"""What a page says of itself: its heading, its own address, its language, its ids."""

from collections.abc import Iterator

from rolerisk.audit.folder import Folder
from rolerisk.audit.page import Element, Page
from rolerisk.problem import LocatedProblem, Rule, Severity

HEADING = Rule(
    "site-heading",
    Severity.ERROR,
    "Every built page has one h1, with words in it.",
    "It says what the page is about, to people who listen to it first. Checked by check --site.",
)
CANONICAL = Rule(
    "site-canonical",
    Severity.ERROR,
    "A page that search engines may list names its own address as the canonical one.",
    "Another address takes it out of search, none leaves the choice to the search engine. og:url says "
    "the same. A page that says noindex names none: the two contradict each other. Checked by "
    "check --site.",
)
LANGUAGE = Rule(
    "site-language",
    Severity.ERROR,
    "Every built page says its language, and names no translations.",
    "Screen readers choose their voice by it. There is one language, so hreflang would lead to pages "
    "that are not there. Checked by check --site.",
)
ID = Rule(
    "site-id",
    Severity.ERROR,
    "No id stands twice on a built page.",
    "Links, labels and scripts find the first one and miss the other. Checked by check --site.",
)


def check_page(page: Page, folder: Folder) -> Iterator[LocatedProblem]:
    """The heads of one page."""
    if not page.stub:
        yield from _heading(page)
        yield from _canonical(page, folder)
    yield from _language(page)
    yield from _ids(page)


def _heading(page: Page) -> Iterator[LocatedProblem]:
    headings = page.all("h1")
    if not headings:
        yield page.problem(HEADING, "the page has no h1")
    for heading in headings[:1]:
        if not page.text(heading):
            yield page.problem(HEADING, "the h1 is empty", "", heading)
    for heading in headings[1:]:
        yield page.problem(HEADING, f"a second h1: {page.text(heading)}", "", heading)


def _canonical(page: Page, folder: Folder) -> Iterator[LocatedProblem]:
    found = page.links("canonical")
    if page.noindex:
        for element in found:
            yield page.problem(CANONICAL, "canonical on a page that says noindex", "", element)
    elif not found and folder.indexable(page):
        yield page.problem(CANONICAL, f"the page has no canonical address: {page.url}")
    for element in [] if page.noindex else found:
        yield from _own(page, "canonical", element, element.attributes.get("href", ""))
    for element in page.all("meta"):
        if element.attributes.get("property") == "og:url":
            yield from _own(page, "og:url", element, element.attributes.get("content", ""))


def _own(page: Page, name: str, element: Element, url: str) -> Iterator[LocatedProblem]:
    if url != page.url:
        yield page.problem(CANONICAL, f"{name} is {url}, the page is {page.url}", "", element)


def _language(page: Page) -> Iterator[LocatedProblem]:
    for element in page.all("html"):
        if not element.attributes.get("lang"):
            yield page.problem(LANGUAGE, "html has no lang", "", element)
    for element in page.elements:
        if "hreflang" in element.attributes:
            said = element.attributes["hreflang"]
            yield page.problem(LANGUAGE, f"hreflang {said}: there are no translations", "", element)


def _ids(page: Page) -> Iterator[LocatedProblem]:
    met = set[str]()
    for element in page.elements:
        id_ = element.attributes.get("id")
        if id_ in met:
            yield page.problem(ID, f"a second element with the id {id_}", "", element)
        elif id_ is not None:
            met.add(id_)
