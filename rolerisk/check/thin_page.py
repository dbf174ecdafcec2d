"""A role's page says enough that is its own."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Problem, Rule, Severity

RULE = Rule(
    "thin-page",
    Severity.WARNING,
    "Enough of a role's page is its own words.",
    "Own words are those of the role's texts, tasks, steps and headings, in its record and in its "
    "narrative, each counted once. The page's words are these and all that is put around them: the "
    "shared narrative where it stands in, the score's arithmetic, published figures, sources, the "
    "layout's own sentences; counted from the article, within a few in a hundred of the rendered "
    "page. Under `thin_pages.warn_under` percent in site.yaml (40) is a warning, under "
    "`thin_pages.fail_under` (30) an error. The numbers are ours. A role of YAML alone passes when "
    "its texts are long. A role that is not there yet waits with `status: draft`; one in which a "
    "TODO is left is not measured.",
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Compare each role's own words with those of its page."""
    limits = subject.site.config.thin_pages
    for role in subject.roles:
        if role.unwritten or role.card.url in subject.muted or not subject.settled:
            continue
        own, page = role.words.own, role.words.page
        thin = 100 * own < limits.fail_under * page
        if not thin and 100 * own >= limits.warn_under * page:
            continue
        limit = limits.fail_under if thin else limits.warn_under
        message = (
            f"{own:,} of the page's {page:,} words are the role's own: "
            f"{100 * own // page}%, under {limit}%"
        )
        hint = (
            f"say more that only this job can say, in the texts or in content/roles/{role.slug}.md"
        )
        fails = thin and not role.draft
        yield Problem(
            RULE.id,
            Severity.ERROR if fails else Severity.WARNING,
            role.place.at("slug"),
            message,
            f"{hint}; `status: draft` holds the role back",
        )
