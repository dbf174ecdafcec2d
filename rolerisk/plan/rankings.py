"""The two rankings of all roles, each with the spread of scores and the categories compared."""

from collections.abc import Iterator

from rolerisk.model.context import Crumb, Head, NavLink
from rolerisk.model.lists import RankingPage
from rolerisk.model.output import Output
from rolerisk.model.site import RoleFacts, Site
from rolerisk.plan.shell import HOME, Common, dressed, head, output_path
from rolerisk.plan.spread import category_spread, histogram

RANKED = 100  # roles in a ranking
_EXPOSED = Crumb("Most exposed", "/rankings/most-exposed/")
_DURABLE = Crumb("Most durable", "/rankings/most-durable/")


def rankings(site: Site, common: Common) -> Iterator[Output]:
    """The most exposed and the most durable roles."""
    name = site.config.score.name
    yield _ranking(
        site,
        common,
        head(
            f"The jobs most exposed to AI, ranked | {site.config.name}",
            f"The roles with the highest {name}: how much of the working week today's AI tools "
            "can do under supervision, with the range of each score.",
            HOME,
            _EXPOSED,
        ),
        "The jobs most exposed to AI",
        "Ranked by how much of the listed working week today's AI tools can do under supervision.",
        site.ranked,
        _DURABLE,
    )
    yield _ranking(
        site,
        common,
        head(
            f"The jobs AI is least able to do, ranked | {site.config.name}",
            f"The roles with the lowest {name}: the work that stays with people, "
            "and how sure the score of each role is.",
            HOME,
            _DURABLE,
        ),
        "The jobs AI can do the least of",
        "Ranked by how little of the listed working week today's AI tools can do under supervision.",
        site.ranked[::-1],
        _EXPOSED,
    )


def _ranking(
    site: Site,
    common: Common,
    page: Head,
    heading: str,
    intro: str,
    ranked: tuple[RoleFacts, ...],
    other: Crumb,
) -> Output:
    context = RankingPage(
        common.shell,
        dressed(common, page, styles=("lists.css",)),
        heading,
        intro,
        tuple(role.card for role in ranked[:RANKED]),
        len(ranked),
        NavLink(other.label, other.url),
        histogram(site.config.score.bands, ranked),
        tuple(category_spread(hub) for hub in site.hubs),
    )
    return Output(output_path(page.url), "ranking.html", context)
