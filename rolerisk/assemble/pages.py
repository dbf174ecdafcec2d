"""The pages of content/pages/: their templates filled, converted, led below the base URL's path."""

from collections.abc import Iterable, Mapping
from typing import Any

from rolerisk import score
from rolerisk.assemble.links import internal_links
from rolerisk.model.fragment import Fragment
from rolerisk.model.parsed import ParsedPage
from rolerisk.model.site import Page, Tables, Text
from rolerisk.problem import Place
from rolerisk.text import template
from rolerisk.text.address import base_path, with_base
from rolerisk.text.markdown import to_fragment, with_numbers

_STEPS = 5


def assemble_pages(pages: Iterable[ParsedPage], tables: Tables) -> tuple[tuple[Page, Text], ...]:
    """Each page, and its text as it was before its links were led below the base URL's path.

    Raises text.template.TemplateError when a page asks for a variable that does not exist.
    """
    base, variables = base_path(tables.config.base_url), page_variables(tables)
    return tuple(_page(page, variables, base) for page in pages)


def _page(parsed: ParsedPage, variables: Mapping[str, Any], base: str) -> tuple[Page, Text]:
    path, head, body, line = parsed
    fragment = to_fragment(template.render_markdown(body, variables))
    html = with_base(with_numbers(fragment.html, {}), base)
    converted = Fragment(
        html, fragment.cites, fragment.links, fragment.images, fragment.headings, fragment.words
    )
    place, url = Place(path, line=line, column=1), page_url(path)
    return Page(_stem(path), url, head, converted, place), text_at(place, url, fragment, body)


def text_at(place: Place, url: str, fragment: Fragment, source: str) -> Text:
    """A converted text that is no role's, with the links in it."""
    return Text(place, url, fragment, source, internal_links(place, fragment, source))


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
