"""All outputs of a site, each with the context that it may see; an explicit list of kinds."""

from collections.abc import Iterator

from rolerisk.model.context import Crumb, Head, Shell, TextPage
from rolerisk.model.files import RedirectStub, Verbatim
from rolerisk.model.output import Output
from rolerisk.model.site import Site
from rolerisk.plan.drawings import role_drawings, role_shell, site_drawing
from rolerisk.plan.files import files
from rolerisk.plan.headers import headers
from rolerisk.plan.lists import lists
from rolerisk.plan.roles import role_outputs
from rolerisk.plan.shell import HOME, head, output_path, shell_of


def outputs(site: Site) -> Iterator[Output]:
    """Every file of the site; the long texts of roles stay where they are kept.

    Last the headers: their content security policy knows the styles of all pages.
    """
    styles: set[str] = set()
    for output in _outputs(site):
        shell, head_of_page = (getattr(output.context, name, None) for name in ("shell", "head"))
        if isinstance(shell, Shell) and isinstance(head_of_page, Head):
            styles.add(shell.css + head_of_page.styles)
        yield output
    yield headers(styles, site.preview)


def _outputs(site: Site) -> Iterator[Output]:
    shell = shell_of(site)
    for asset in site.assets.values():  # first, so that no page is out before what it loads
        yield Output(output_path(asset.url), "verbatim", Verbatim(asset.data))
    for role in site.roles:
        yield from role_outputs(site, role_shell(site, shell, role), role)
        yield from role_drawings(site, role)
    yield site_drawing(site)
    yield from lists(site, shell)
    yield from _pages(site, shell)
    yield from _stubs(site)
    yield from files(site, shell)


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
