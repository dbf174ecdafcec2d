"""What external links promise, and the problems of those that do not keep it."""

from collections.abc import Iterator, Mapping

from rolerisk.links.answer import Answer
from rolerisk.problem import Place, Problem, Rule, Severity, problem

BROKEN = Rule(
    "broken-link",
    Severity.ERROR,
    "An external link leads to a page. Asked by `check --links` only.",
    "The address answers 404 or 410 (or another error that is the request's fault), its host does "
    "not exist, or it redirects in a circle, too often, or to something that is no web page.",
)
UNREACHABLE = Rule(
    "unreachable-link",
    Severity.WARNING,
    "An external link answers. Asked by `check --links` only.",
    "After three tries there was no answer, half an answer or a server's error; or the server lets "
    "no program in (401, 403, 429 and the like), as some statistics bodies and newspapers do. Open "
    "it in a browser; a comment that allows this rule says that somebody did.",
)
MOVED = Rule(
    "moved-link",
    Severity.WARNING,
    "An external link leads to where its page is now. Asked by `check --links` only.",
    "The server says that the page has moved for good (301, 308), and where to. Temporary redirects "
    "are followed, and not reported.",
)
RULES = (BROKEN, UNREACHABLE, MOVED)


def problems(
    links: Mapping[str, tuple[Place, ...]], answers: Mapping[str, Answer]
) -> Iterator[Problem]:
    """A problem for every place whose link does not answer as it should."""
    for url, places in links.items():
        answer = answers[url]
        for place in places:
            if answer.kind in ("broken", "lost"):
                hint = "find where it is now, or another source"
                yield problem(BROKEN, place, f"{url}: {answer.words}", hint)
            elif answer.kind == "moved":
                yield problem(MOVED, place, f"{url} has moved", f"write {answer.to}")
            elif answer.kind != "fine":
                hint = "open it in a browser, and see whether it is there"
                yield problem(UNREACHABLE, place, f"{url}: {answer.words}", hint)
