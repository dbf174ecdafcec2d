"""The pages of AI tools: the list of all, and one for each that a role uses."""

from collections.abc import Iterator
from functools import partial
from heapq import nsmallest

from rolerisk.model.context import Crumb
from rolerisk.model.lists import ToolExposure, ToolPage, ToolRow, ToolsPage, ToolUseCard
from rolerisk.model.output import Family, Output
from rolerisk.model.site import Site, ToolRoles
from rolerisk.plan.shell import HOME, Common, dressed, head, output_path, style_of

FEW_ROLES = 3  # a tool page under three roles is too thin for a search engine
_SHOWN = 100  # roles on a tool's page
_TOP = 8  # tasks among the top exposures
_STYLE = "lists.css"
_TOOLS = Crumb("AI tools", "/tools/")


def tools(site: Site, common: Common) -> Iterator[Output | Family]:
    """The list of the tools and their pages."""
    rows = tuple(_row(used) for used in site.tools)
    page = head(
        f"AI tools at work: {len(rows)} tools and the jobs they are used in",
        "The AI tools that the articles name: who makes each one, what it does, "
        "and which roles and tasks it touches.",
        HOME,
        _TOOLS,
    )
    context = ToolsPage(common.shell, dressed(common, page, styles=(_STYLE,)), rows)
    yield Output(output_path(_TOOLS.url), "tools.html", context)
    style = style_of(common, _STYLE)
    for used in site.tools:
        yield _family(common, style, used)


def _row(used: ToolRoles) -> ToolRow:
    tool = used.tool
    return ToolRow(
        tool.name, used.url, tool.maker, tool.kind, tool.summary, tool.status, len(used.roles)
    )


def _family(common: Common, style: str, used: ToolRoles) -> Family:
    """A tool's page, for a hundred roles that seldom change."""
    return Family(
        ((output_path(used.url), "tool.html"),),
        style,
        (common, used.tool, *used.roles),
        partial(_page, common, used),
    )


def _page(common: Common, used: ToolRoles) -> Iterator[Output]:
    yield Output(output_path(used.url), "tool.html", _tool(common, used))


def _tool(common: Common, used: ToolRoles) -> ToolPage:
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
        common.shell,
        dressed(common, page, styles=(_STYLE,)),
        tool.name,
        tool.maker,
        tool.kind,
        tool.url,
        tool.status,
        tool.note or "",
        tool.formerly,
        used.about_html,
        tool.updated,
        tuple(ToolUseCard(role.card, role.at_risk) for role in used.roles[:_SHOWN]),
        len(used.roles),
        top_exposures(used),
    )


def top_exposures(used: ToolRoles) -> tuple[ToolExposure, ...]:
    """The tasks that today's tools can do the most of, among all roles that use a tool."""
    tasks = (
        (-task.low - task.high, role.slug, task.task, number, task, role.card)
        for role in used.roles
        for number, task in enumerate(role.at_risk)
    )
    return tuple(ToolExposure(task, role) for *_, task, role in nsmallest(_TOP, tasks))
