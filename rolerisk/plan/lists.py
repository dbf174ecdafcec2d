"""The pages that list roles: home, all roles, hubs, tools, rankings, open data."""

from collections.abc import Iterator

from rolerisk.model.context import (
    BandCount,
    CategoryCard,
    Crumb,
    DataColumn,
    DataPage,
    HomePage,
    HubPage,
    NavLink,
    RankingPage,
    RoleRow,
    RolesPage,
    Shell,
    ToolPage,
    ToolRow,
    ToolsPage,
    ToolUseCard,
)
from rolerisk.model.output import Output
from rolerisk.model.site import RoleFacts, Site, ToolRoles
from rolerisk.plan.shell import HOME, ROLES, head, output_path, paged

GLANCE = 6  # roles of a category on the home page: the three most and the three least exposed
RANKED = 100  # roles in a ranking
FEW_ROLES = 3  # a tool page under three roles is too thin for a search engine
_TOOLS = Crumb("AI tools", "/tools/")


def lists(site: Site, shell: Shell) -> Iterator[Output]:
    """Every page that shows several roles."""
    yield _home(site, shell)
    yield from _all_roles(site, shell)
    yield from _hubs(site, shell)
    yield from _tools(site, shell)
    yield from _rankings(site, shell)
    yield _data(site, shell)


def _home(site: Site, shell: Shell) -> Output:
    config = site.config
    cards = tuple(
        CategoryCard(
            hub.category.name, hub.url, hub.category.summary, _glance(hub.roles), len(hub.roles)
        )
        for hub in site.hubs
    )
    title = f"Will AI replace your job? Scores for {len(site.roles):,} roles | {config.name}"
    context = HomePage(
        shell,
        head(title, config.summary, HOME),
        config.summary,
        cards,
        bands(site),
        len(site.roles),
    )
    return Output("index.html", "home.html", context)


def _glance(ranked: tuple[RoleFacts, ...]) -> tuple:  # type: ignore[type-arg]
    half = GLANCE // 2
    shown = ranked if len(ranked) <= GLANCE else ranked[:half] + ranked[-half:]
    return tuple(role.card for role in shown)


def bands(site: Site) -> tuple[BandCount, ...]:
    """The bands with the number of roles in each."""
    own = site.config.score.bands
    ends = [*(band.from_ - 1 for band in own[1:]), 100]
    counts = {band.id: 0 for band in own}
    for role in site.roles:
        counts[role.card.band] += 1
    return tuple(
        BandCount(b.id, b.name, b.from_, end, counts[b.id])
        for b, end in zip(own, ends, strict=True)
    )


def _all_roles(site: Site, shell: Shell) -> Iterator[Output]:
    names = {hub.category.id: hub for hub in site.hubs}
    by_title = sorted(site.roles, key=lambda role: (role.card.title.lower(), role.slug))
    for pager, url, roles in paged(by_title, ROLES.url):
        suffix = "" if pager.number == 1 else f", page {pager.number}"
        page = head(
            f"All {len(by_title):,} roles and their scores{suffix} | {site.config.name}",
            f"Every role with its {site.config.score.name}, range, band and category{suffix}. "
            "Look up yours, or see how one job compares with another.",
            HOME,
            Crumb(ROLES.label + suffix, url),
        )
        rows = tuple(
            RoleRow(r.card, names[r.category].category.name, names[r.category].url, r.updated)
            for r in roles
        )
        context = RolesPage(shell, page, rows, len(by_title), pager)
        yield Output(output_path(url), "roles.html", context)


def _hubs(site: Site, shell: Shell) -> Iterator[Output]:
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
            cards = tuple(role.card for role in roles)
            context = HubPage(shell, page, name, hub.intro_html, cards, len(hub.roles), pager)
            yield Output(output_path(url), "hub.html", context)


def _tools(site: Site, shell: Shell) -> Iterator[Output]:
    rows = tuple(
        ToolRow(
            t.tool.name,
            t.url,
            t.tool.maker,
            t.tool.kind,
            t.tool.summary,
            t.tool.status,
            len(t.roles),
        )
        for t in site.tools
    )
    page = head(
        f"AI tools at work: {len(rows)} tools and the jobs they are used in",
        "The AI tools that the articles name: who makes each one, what it does, "
        "and which roles and tasks it touches.",
        HOME,
        _TOOLS,
    )
    yield Output(output_path(_TOOLS.url), "tools.html", ToolsPage(shell, page, rows))
    for tool in site.tools:
        yield Output(output_path(tool.url), "tool.html", _tool(shell, tool))


def _tool(shell: Shell, used: ToolRoles) -> ToolPage:
    tool = used.tool
    page = head(
        f"{tool.name}: which jobs use it, and for what",
        tool.summary,
        HOME,
        _TOOLS,
        Crumb(tool.name, used.url),
        noindex=len(used.roles) < FEW_ROLES,
    )
    return ToolPage(
        shell,
        page,
        tool.name,
        tool.maker,
        tool.kind,
        tool.url,
        tool.status,
        tool.note or "",
        tool.formerly,
        used.about_html,
        tool.updated,
        tuple(ToolUseCard(role.card, role.at_risk) for role in used.roles[:RANKED]),
        len(used.roles),
    )


def _rankings(site: Site, shell: Shell) -> Iterator[Output]:
    exposed = Crumb("Most exposed", "/rankings/most-exposed/")
    durable = Crumb("Most durable", "/rankings/most-durable/")
    name = site.config.score.name
    yield _ranking(
        shell,
        head(
            f"The jobs most exposed to AI, ranked | {site.config.name}",
            f"The roles with the highest {name}: how much of the working week today's AI tools "
            "can do under supervision, with the range of each score.",
            HOME,
            exposed,
        ),
        "The jobs most exposed to AI",
        "Ranked by how much of the listed working week today's AI tools can do under supervision.",
        site.ranked,
        NavLink(durable.label, durable.url),
    )
    yield _ranking(
        shell,
        head(
            f"The jobs AI is least able to do, ranked | {site.config.name}",
            f"The roles with the lowest {name}: the work that stays with people, "
            "and how sure the score of each role is.",
            HOME,
            durable,
        ),
        "The jobs AI can do the least of",
        "Ranked by how little of the listed working week today's AI tools can do under supervision.",
        site.ranked[::-1],
        NavLink(exposed.label, exposed.url),
    )


def _ranking(
    shell: Shell,
    page: object,
    heading: str,
    intro: str,
    ranked: tuple[RoleFacts, ...],
    other: NavLink,
) -> Output:
    cards = tuple(role.card for role in ranked[:RANKED])
    context = RankingPage(shell, page, heading, intro, cards, len(ranked), other)  # type: ignore[arg-type]
    return Output(output_path(context.head.url), "ranking.html", context)


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


def _data(site: Site, shell: Shell) -> Output:
    columns = [DataColumn(*column) for column in _COLUMNS]
    columns += [
        DataColumn(m.id, f"{m.measures} ({m.attribution})") for m in site.tables.measures.values()
    ]
    page = head(
        f"Open data: every role's score and tasks | {site.config.name}",
        f"Download the scores, ranges and tasks of all {len(site.roles):,} roles as JSON or CSV, "
        "with a data dictionary, the licence and how to cite it.",
        HOME,
        Crumb("Open data", "/data/"),
    )
    modified = max((role.updated for role in site.roles), default=site.today)
    context = DataPage(
        shell, page, tuple(columns), len(site.roles), modified, site.config.score.version
    )
    return Output("data/index.html", "data.html", context)
