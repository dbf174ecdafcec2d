"""All roles together → the Site: what is out, hubs, tools, rankings, redirects, assets."""

import datetime
from collections.abc import Iterable, Iterator

from rolerisk.assemble.addresses import addresses, anchors, claims
from rolerisk.assemble.article import role_url, tool_url
from rolerisk.assemble.assets import assemble_assets, style_sheets
from rolerisk.assemble.distributions import distributions
from rolerisk.assemble.names import slug_of
from rolerisk.assemble.pages import text_at
from rolerisk.assemble.related import find_neighbours, related_roles
from rolerisk.model.neighbours import Neighbours
from rolerisk.model.site import Hub, Page, RoleFacts, Site, Tables, Text, ToolRoles
from rolerisk.model.sources import Sources
from rolerisk.problem import Place
from rolerisk.text.address import base_path, with_base
from rolerisk.text.markdown import to_fragment, with_numbers


def assemble_site(
    tables: Tables,
    roles: Iterable[RoleFacts],
    pages: tuple[tuple[Page, Text], ...],
    sources: Sources,
    today: datetime.date,
    drafts: bool,
    preview: bool,
    before: Neighbours,
) -> Site:
    """Put the site together from the facts of all roles, drafts and future ones included.

    `before` is what an earlier run found of who is whose neighbour.
    """
    everyone = sorted(roles, key=lambda r: (r.slug, r.draft, r.place.path, r.place.keys))
    unique = tuple({role.slug: role for role in reversed(everyone)}.values())[::-1]
    out = tuple(r for r in unique if drafts or (not r.draft and r.published <= today))
    ranked = tuple(sorted(out, key=lambda r: (-r.card.score, r.slug)))
    base = base_path(tables.config.base_url)
    hubs, tools = _hubs(tables, ranked, base), _tools(tables, ranked, base)
    written = tuple(page for page, _ in pages)
    styles = style_sheets(sources)
    assets = assemble_assets(sources, styles)
    neighbours = find_neighbours(out, before)
    return Site(
        tables=tables,
        today=today,
        preview=preview,
        roles=out,
        drafts=tuple(r for r in unique if r.draft and not drafts),
        waiting=tuple(r for r in unique if not r.draft and r.published > today and not drafts),
        hubs=hubs,
        tools=tools,
        ranked=ranked,
        neighbours=neighbours,
        related=related_roles(out, neighbours),
        pages=written,
        redirects=_redirects(tables, out),
        distributions=distributions(tables.measures.values(), tables.occupations),
        assets=assets,
        styles=styles,
        texts=(*_texts(tables), *(text for _, text in pages)),
        urls=addresses(out, hubs, tools, written, assets.values()),
        claims=tuple(claims(tables, out, written)),
        anchors=anchors(out),
    )


def _hubs(tables: Tables, ranked: tuple[RoleFacts, ...], base: str) -> tuple[Hub, ...]:
    by_category: dict[str, list[RoleFacts]] = {}
    for role in ranked:
        by_category.setdefault(role.category, []).append(role)
    return tuple(
        Hub(
            category,
            f"/categories/{category.id}/",
            with_base(with_numbers(to_fragment(category.intro).html, {}), base),
            tuple(by_category[category.id]),
        )
        for category in tables.categories.values()
        if category.id in by_category
    )


def _tools(tables: Tables, ranked: tuple[RoleFacts, ...], base: str) -> tuple[ToolRoles, ...]:
    by_tool: dict[str, list[RoleFacts]] = {}
    for role in ranked:
        for name in dict.fromkeys(role.tools):
            by_tool.setdefault(name, []).append(role)
    return tuple(
        ToolRoles(
            tool,
            slug_of(tool.name),
            tool_url(tool.name),
            with_base(with_numbers(to_fragment(tool.about).html, {}), base),
            tuple(by_tool[tool.name]),
        )
        for tool in sorted(tables.tools.values(), key=lambda t: (t.name.lower(), t.name))
        if tool.name in by_tool
    )


def _texts(tables: Tables) -> Iterator[Text]:
    """The texts of the categories and tools, those included that no role uses yet."""
    for id_, category in tables.categories.items():
        place = Place("content/categories.yaml", (id_, "intro"))
        yield text_at(place, f"/categories/{id_}/", to_fragment(category.intro), category.intro)
    for name, tool in tables.tools.items():
        place = Place("content/tools.yaml", (name, "about"))
        yield text_at(place, tool_url(name), to_fragment(tool.about), tool.about)


def _redirects(tables: Tables, roles: tuple[RoleFacts, ...]) -> dict[str, str]:
    """Old address → new one, both root-relative; in the order of the old ones."""
    found = {role_url(alias): role.card.url for role in roles for alias in role.aliases}
    found |= {moved.from_: moved.to for moved in tables.config.moved}
    return dict(sorted(found.items()))
