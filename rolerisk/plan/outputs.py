"""All outputs of a site, each with the context that it may see; an explicit list of kinds."""

from collections.abc import Iterator

from rolerisk.model.context import Crumb, Head, Shell, TextPage
from rolerisk.model.files import RedirectStub, Verbatim
from rolerisk.model.output import Family, Output
from rolerisk.model.site import Site
from rolerisk.plan.drawings import site_drawing
from rolerisk.plan.files import files
from rolerisk.plan.headers import headers
from rolerisk.plan.lists import lists
from rolerisk.plan.roles import role_families
from rolerisk.plan.shell import HOME, common_of, head, output_path


def outputs(site: Site) -> Iterator[Output | Family]:
    """Every file of the site; the long texts of roles stay where they are kept.

    Last the headers: their content security policy knows the styles of all pages.
    """
    styles: set[str] = set()
    for item in _outputs(site):
        styles |= _styles(item)
        yield item
    yield headers(styles, site.preview)


def _styles(item: Output | Family) -> set[str]:
    """What the style elements of these pages hold."""
    if isinstance(item, Family):
        return {item.style}
    shell, head_of_page = (getattr(item.context, name, None) for name in ("shell", "head"))
    if isinstance(shell, Shell) and isinstance(head_of_page, Head):
        return {shell.css + head_of_page.styles}
    return set()


def _outputs(site: Site) -> Iterator[Output | Family]:
    common = common_of(site)
    for asset in site.assets.values():  # first, so that no page is out before what it loads
        yield Output(output_path(asset.url), "verbatim", Verbatim(asset.data))
    yield from role_families(site, common)
    yield site_drawing(site.config)
    yield from lists(site, common)
    yield from _pages(site, common.shell)
    yield from _stubs(site)
    yield from files(site, common.shell)


def _pages(site: Site, shell: Shell) -> Iterator[Output]:
    for page in site.pages:
        crumb = Crumb(page.head.title, page.url)
        missing = page.stem == "404"
        heading = head(page.head.title, page.head.summary, HOME, crumb, noindex=missing)
        context = TextPage(shell, heading, page.head.title, page.fragment.html, page.head.updated)
        yield Output(output_path(page.url), "text.html", context)


def _stubs(site: Site) -> Iterator[Output]:
    if site.config.redirects == "stubs":
        for old, new in site.redirects.items():
            stub = RedirectStub(site.config.base_url + new, site.config.name)
            yield Output(
                output_path(old if old.endswith("/") else old + "/"), "redirect.html", stub
            )
