"""The pages that list roles: home, all roles, hubs, compare, open data; and whose lists they call."""

from collections.abc import Iterator

from rolerisk.model.context import Crumb
from rolerisk.model.lists import (
    CategoryCard,
    ComparePage,
    DataColumn,
    DataPage,
    HomePage,
    HubPage,
    RoleOption,
    RoleRow,
    RolesPage,
)
from rolerisk.model.output import Family, Output
from rolerisk.model.site import RoleCard, RoleFacts, Site
from rolerisk.plan.picture import employment, jobs_of, picture
from rolerisk.plan.rankings import rankings
from rolerisk.plan.shell import HOME, ROLES, Common, dressed, head, output_path, paged
from rolerisk.plan.spread import bands, category_spread, histogram
from rolerisk.plan.tools import tools

GLANCE = 6  # roles of a category on the home page: the three most and the three least exposed


def lists(site: Site, common: Common) -> Iterator[Output | Family]:
    """Every page that shows several roles."""
    yield _home(site, common)
    yield from _all_roles(site, common)
    yield from _hubs(site, common)
    yield from tools(site, common)
    yield from rankings(site, common)
    yield _compare(site, common)
    yield _data(site, common)


def _home(site: Site, common: Common) -> Output:
    config = site.config
    cards = tuple(
        CategoryCard(
            hub.category.name, hub.url, hub.category.summary, _glance(hub.roles), len(hub.roles)
        )
        for hub in site.hubs
    )
    title = f"Will AI replace your job? Scores for {len(site.roles):,} roles | {config.name}"
    context = HomePage(
        common.shell,
        dressed(common, head(title, config.summary, HOME), styles=("find.css", "lists.css")),
        config.summary,
        cards,
        histogram(config.score.bands, site.roles),
        len(site.roles),
    )
    return Output("index.html", "home.html", context)


def _glance(ranked: tuple[RoleFacts, ...]) -> tuple[RoleCard, ...]:
    half = GLANCE // 2
    shown = ranked if len(ranked) <= GLANCE else ranked[:half] + ranked[-half:]
    return tuple(role.card for role in shown)


def _all_roles(site: Site, common: Common) -> Iterator[Output]:
    measure = employment(site.tables.measures)
    by_title = sorted(site.roles, key=lambda role: (role.card.title.lower(), role.slug))
    counted = bands(site.config.score.bands, site.roles)
    for pager, url, roles in paged(by_title, ROLES.url):
        suffix = "" if pager.number == 1 else f", page {pager.number}"
        page = head(
            f"All {len(by_title):,} roles and their scores{suffix} | {site.config.name}",
            f"Every role with its {site.config.score.name}, range, band and category{suffix}. "
            "Look up yours, or see how one job compares with another.",
            HOME,
            Crumb(ROLES.label + suffix, url),
        )
        context = RolesPage(
            common.shell,
            dressed(common, page, styles=("lists.css",), scripts=("roles.js",)),
            tuple(_row(site, role) for role in roles),
            len(by_title),
            pager,
            picture(site) if pager.number == 1 else None,
            counted,
            measure.attribution if measure else "",
        )
        yield Output(output_path(url), "roles.html", context)


def _row(site: Site, role: RoleFacts) -> RoleRow:
    return RoleRow(
        role.card,
        site.tables.categories[role.category].name,
        f"/categories/{role.category}/",
        role.updated,
        role.also_called,
        jobs_of(role, employment(site.tables.measures)),
    )


def _hubs(site: Site, common: Common) -> Iterator[Output]:
    for hub in site.hubs:
        name = hub.category.name
        for pager, url, roles in paged(hub.roles, hub.url):
            suffix = "" if pager.number == 1 else f", page {pager.number}"
            page = head(
                f"Will AI replace {name} jobs? {len(hub.roles):,} roles scored{suffix}",
                hub.category.summary if not suffix else f"{name}{suffix}: {hub.category.summary}",
                HOME,
                ROLES,
                Crumb(name + suffix, url),
            )
            context = HubPage(
                common.shell,
                dressed(common, page, styles=("lists.css",)),
                name,
                hub.intro_html,
                tuple(role.card for role in roles),
                len(hub.roles),
                pager,
                histogram(site.config.score.bands, hub.roles),
                category_spread(hub),
            )
            yield Output(output_path(url), "hub.html", context)


def _compare(site: Site, common: Common) -> Output:
    by_title = sorted(site.roles, key=lambda role: (role.card.title.lower(), role.slug))
    page = head(
        f"Compare two or three jobs and their AI exposure | {site.config.name}",
        f"Two or three roles side by side: the {site.config.score.name} with its range, the tasks "
        "at risk, what stays with people, and the AI tools in use.",
        HOME,
        Crumb("Compare", "/compare/"),
    )
    options = tuple(RoleOption(role.slug, role.card.title) for role in by_title)
    page = dressed(common, page, styles=("lists.css",), scripts=("compare.js",))
    return Output("compare/index.html", "compare.html", ComparePage(common.shell, page, options))


_COLUMNS = (
    ("slug", "The role's address: /roles/<slug>/."),
    ("title", "The job's title."),
    ("category", "The id of the role's category."),
    ("soc", "The O*NET-SOC code of the occupation whose published figures apply."),
    (
        "score",
        "How much of the listed working week today's AI tools can do under supervision, 0-100.",
    ),
    ("low", "The score with every task at the low end of its exposure."),
    ("high", "The score with every task at the high end of its exposure."),
    ("band", "The id of the band the score falls into."),
    ("confidence", "How narrow the range is: high, medium or low."),
    ("published", "When the article first appeared."),
    ("updated", "When its substance last changed."),
    ("url", "The article's address."),
)


def _data(site: Site, common: Common) -> Output:
    columns = [DataColumn(*column) for column in _COLUMNS]
    columns += [
        DataColumn(m.id, f"{m.measures} ({m.attribution})", m.licence)
        for m in site.tables.measures.values()
    ]
    page = head(
        f"Open data: every role's score and tasks | {site.config.name}",
        f"Download the scores, ranges and tasks of all {len(site.roles):,} roles as JSON or CSV, "
        "with a data dictionary, the license and how to cite it.",
        HOME,
        Crumb("Open data", "/data/"),
    )
    modified = max((role.updated for role in site.roles), default=site.today)
    context = DataPage(
        common.shell, page, tuple(columns), len(site.roles), modified, site.config.score.version
    )
    return Output("data/index.html", "data.html", context)
