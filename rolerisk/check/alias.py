"""Redirects lead from addresses that are free to pages that exist, in one step."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Place, Problem, Rule, Severity, problem

RULE = Rule(
    "alias",
    Severity.ERROR,
    "An alias hides no page, belongs to one role, and leads to a page in one step.",
    "Aliases are old slugs; `moved` in site.yaml leads from any old address. A chain costs readers "
    "and crawlers a detour, a loop never ends.",
    firm=True,
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Look at the aliases of all roles, then at `moved`."""
    owners: dict[str, str] = {}
    for role in subject.roles:
        for index, alias in enumerate(role.aliases):
            place = role.place.at("aliases", index)
            if alias in subject.names:
                yield problem(
                    RULE,
                    place,
                    f"alias {alias!r} hides the role of that slug",
                    "take the alias out",
                )
            elif owners.setdefault(alias, role.slug) != role.slug:
                yield problem(
                    RULE,
                    place,
                    f"alias {alias!r} belongs to {owners[alias]} too",
                    "an address can lead to one page",
                )
    yield from _moved(subject)


def _moved(subject: SiteSubject) -> Iterator[Problem]:
    site = subject.site
    moved = site.config.moved
    sources = {entry.from_ for entry in moved}
    for index, entry in enumerate(moved):
        place = Place("content/site.yaml", ("moved", index))
        if entry.to == entry.from_:
            yield problem(RULE, place.at("to"), f"{entry.to} leads to itself", "")
        elif entry.to in sources or entry.to in site.redirects:
            yield problem(
                RULE,
                place.at("to"),
                f"{entry.to} is redirected itself",
                "lead to the page at the end of the chain",
            )
        elif not _leads(subject, entry.to):
            yield problem(
                RULE,
                place.at("to"),
                f"there is no page {entry.to}",
                "folders end with a slash: /roles/",
            )


def _leads(subject: SiteSubject, to: str) -> bool:
    """Whether there is a page at an address, or may be once what is broken is repaired."""
    url = to.partition("#")[0].partition("?")[0]
    return url in subject.site.urls or subject.may_come(url)
