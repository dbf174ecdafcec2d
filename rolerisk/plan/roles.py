"""The files of one role: its page and its data."""

import re
from collections.abc import Iterator
from urllib.parse import quote

from rolerisk.model.context import BandSpan, Crumb, RolePage, Shell
from rolerisk.model.files import RoleData
from rolerisk.model.output import Output
from rolerisk.model.site import RoleFacts, Site
from rolerisk.plan.shell import HOME, ROLES, dressed, head, output_path
from rolerisk.plan.standings import standings

_SUBJECT = quote(": an error on the page")
_NO_LETTER = re.compile(r"[^A-Za-z]+")


def role_outputs(site: Site, shell: Shell, role: RoleFacts) -> Iterator[Output]:
    """A role's page and index.json; its long texts stay where they are kept until rendered."""
    yield role_page(site, shell, role)
    related = tuple(r.card.slug for r in site.related[role.slug])
    data = RoleData(site.config.base_url, role.article, related)
    yield Output(output_path(role.card.url + "index.json"), "role.json", data)


def role_page(site: Site, shell: Shell, role: RoleFacts) -> Output:
    """A role's page."""
    card = role.card
    category = site.tables.categories.get(role.category)
    plain = head(
        role.page_title,
        role.summary,
        HOME,
        ROLES,
        Crumb(category.name if category else "", f"/categories/{role.category}/"),
        Crumb(card.title, card.url),
        article=True,
    )
    page = RolePage(
        shell,
        dressed(site, plain, styles=("role.css",), scripts=("role.js",)),
        role.article,
        site.related[role.slug],
        site.config.calls_to_action,
        band_spans(site),
        standings(site, role),
        _report_url(site, role),
    )
    return Output(output_path(card.url), "role.html", page)


def band_spans(site: Site) -> tuple[BandSpan, ...]:
    """The bands of the site's scores, each with where it ends."""
    bands = site.config.score.bands
    ends = [*(band.from_ - 1 for band in bands[1:]), 100]
    return tuple(BandSpan(b.id, b.name, b.from_, end) for b, end in zip(bands, ends, strict=True))


def _report_url(site: Site, role: RoleFacts) -> str:
    """Where a reader reports an error: an issue of the repository, or a message to the publisher."""
    # Only what is not a letter is worth asking `quote` for, which takes 70 us for a title.
    subject = _NO_LETTER.sub(lambda found: quote(found[0]), role.card.title) + _SUBJECT
    if site.config.repository:
        return f"{site.config.repository.rstrip('/')}/issues/new?title={subject}"
    return f"mailto:{site.config.publisher.email}?subject={subject}"
