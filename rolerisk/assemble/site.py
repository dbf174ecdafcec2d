"""All roles together → the Site: what is out, hubs, tools, rankings, redirects, assets."""

import datetime
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from rolerisk import score
from rolerisk.assemble.addresses import addresses, anchors, claims
from rolerisk.assemble.article import role_url, tool_url
from rolerisk.assemble.assets import assemble_assets, style_sheets
from rolerisk.assemble.distributions import distributions
from rolerisk.assemble.links import internal_links
from rolerisk.assemble.names import slug_of
from rolerisk.assemble.related import find_neighbours, related_roles
from rolerisk.model.content import PageHead
from rolerisk.model.fragment import Fragment
from rolerisk.model.neighbours import Neighbours
from rolerisk.model.site import Hub, Page, RoleFacts, Site, Tables, Text, ToolRoles
from rolerisk.model.sources import Sources
from rolerisk.problem import Place
from rolerisk.text import template
from rolerisk.text.address import base_path, with_base
from rolerisk.text.markdown import to_fragment, with_numbers

_STEPS = 5


def assemble_site(
    tables: Tables,
    roles: Iterable[RoleFacts],
    pages: Iterable[tuple[str, PageHead, str, int]],
    sources: Sources,
    today: datetime.date,
    drafts: bool,
    preview: bool,
    before: Neighbours,
) -> Site:
    """Put the site together from the facts of all roles, drafts and future ones included.

    `before` is what an earlier run found of who is whose neighbour.

    Raises text.template.TemplateError when a page asks for a variable that does not exist.
    """
    everyone = sorted(roles, key=lambda r: (r.slug, r.draft, r.place.path, r.place.keys))
    unique = tuple({role.slug: role for role in reversed(everyone)}.values())[::-1]
    out = tuple(r for r in unique if drafts or (not r.draft and r.published <= today))
    ranked = tuple(sorted(out, key=lambda r: (-r.card.score, r.slug)))
    base = base_path(tables.config.base_url)
    hubs, tools = _hubs(tables, ranked, base), _tools(tables, ranked, base)
    of_pages = tuple(_page(page, tables, base) for page in pages)
    written = tuple(page for page, _ in of_pages)
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
        texts=(*_texts(tables), *(text for _, text in of_pages)),
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
        yield _text(place, f"/categories/{id_}/", to_fragment(category.intro), category.intro)
    for name, tool in tables.tools.items():
        place = Place("content/tools.yaml", (name, "about"))
        yield _text(place, tool_url(name), to_fragment(tool.about), tool.about)


def _text(place: Place, url: str, fragment: Fragment, source: str) -> Text:
    return Text(place, url, fragment, source, internal_links(place, fragment, source))


def _page(page: tuple[str, PageHead, str, int], tables: Tables, base: str) -> tuple[Page, Text]:
    """A page, and its text as it was before its links were led below the base URL's path."""
    path, head, body, line = page
    fragment = to_fragment(template.render_markdown(body, page_variables(tables)))
    html = with_base(with_numbers(fragment.html, {}), base)
    converted = type(fragment)(
        html, fragment.cites, fragment.links, fragment.images, fragment.headings, fragment.words
    )
    stem, url = _stem(path), page_url(path)
    place = Place(path, line=line, column=1)
    return Page(stem, url, head, converted, place), _text(place, url, fragment, body)


def page_url(path: str) -> str:
    """The root-relative address of a page of content/pages/."""
    stem = _stem(path)
    return "/404.html" if stem == "404" else f"/{stem}/"


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".md")


def page_variables(tables: Tables) -> Mapping[str, Any]:
    """What the templates of content/pages/ may read; the constants are those the score uses."""
    config = tables.config
    ends = [*(band.from_ for band in config.score.bands[1:]), score.EXPOSURE_MAX + 1]
    return {
        "site": config,
        "score": config.score,
        "bands": [
            {"id": b.id, "name": b.name, "low": b.from_, "high": end - 1}
            for b, end in zip(config.score.bands, ends, strict=True)
        ],
        "constants": {
            "exposure_max": score.EXPOSURE_MAX,
            "shares_max": score.SHARES_MAX,
            "shares_warn_below": score.SHARES_WARN_BELOW,
            "width_high_confidence": score.WIDTH_HIGH_CONFIDENCE,
            "width_medium_confidence": score.WIDTH_MEDIUM_CONFIDENCE,
            "steps": _STEPS,
        },
        "measures": list(tables.measures.values()),
    }


def _redirects(tables: Tables, roles: tuple[RoleFacts, ...]) -> dict[str, str]:
    """Old address → new one, both root-relative; in the order of the old ones."""
    found = {role_url(alias): role.card.url for role in roles for alias in role.aliases}
    found |= {moved.from_: moved.to for moved in tables.config.moved}
    return dict(sorted(found.items()))
