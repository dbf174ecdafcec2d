"""The files of one role: its page and its data."""

import re
from collections.abc import Iterator
from functools import partial
from urllib.parse import quote

from rolerisk.model.config import Config
from rolerisk.model.context import BandSpan, Crumb, RolePage
from rolerisk.model.files import RoleData
from rolerisk.model.output import Family, Output
from rolerisk.model.site import RelatedRole, RoleFacts, Site
from rolerisk.plan.drawings import role_drawings, role_shell
from rolerisk.plan.shell import HOME, ROLES, Common, dressed, head, output_path, style_of
from rolerisk.plan.standings import standings

_STYLE = "role.css"
_FILES = (
    ("", "role.html"),
    ("index.json", "role.json"),
    ("index.md", "role.md"),
    ("card.png", "card.png"),
    ("badge.svg", "badge.svg"),
)
_SUBJECT = quote(": an error on the page")
_NO_LETTER = re.compile(r"[^A-Za-z]+")


def role_families(site: Site, common: Common) -> Iterator[Family]:
    """All files of each role; its long texts stay where they are kept until rendered."""
    style = style_of(common, _STYLE)
    files = [f for f in _FILES if site.config.features.cards or f[1] != "card.png"]
    for role in site.roles:
        related = site.related[role.slug]
        yield Family(
            tuple((output_path(role.card.url + name), renderer) for name, renderer in files),
            style,
            (common, role, related),
            partial(_outputs, common, role, related),
        )


def _outputs(common: Common, role: RoleFacts, related: tuple[RelatedRole, ...]) -> Iterator[Output]:
    yield role_page(common, role, related)
    slugs = tuple(other.card.slug for other in related)
    data = RoleData(common.config.base_url, role.article, slugs)
    yield Output(output_path(role.card.url + "index.json"), "role.json", data)
    yield from role_drawings(common.config, role)


def role_page(common: Common, role: RoleFacts, related: tuple[RelatedRole, ...]) -> Output:
    """A role's page."""
    card = role.card
    category = common.categories.get(role.category)
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
        role_shell(common.config, common.shell, role),
        dressed(common, plain, styles=(_STYLE,), scripts=("role.js",)),
        role.article,
        related,
        common.config.calls_to_action,
        band_spans(common.config),
        standings(common.distributions, role),
        _report_url(common.config, role),
    )
    return Output(output_path(card.url), "role.html", page)


def band_spans(config: Config) -> tuple[BandSpan, ...]:
    """The bands of the site's scores, each with where it ends."""
    bands = config.score.bands
    ends = [*(band.from_ - 1 for band in bands[1:]), 100]
    return tuple(BandSpan(b.id, b.name, b.from_, end) for b, end in zip(bands, ends, strict=True))


def _report_url(config: Config, role: RoleFacts) -> str:
    """Where a reader reports an error: an issue of the repository, or a message to the publisher."""
    # Only what is not a letter is worth asking `quote` for, which takes 70 us for a title.
    subject = _NO_LETTER.sub(lambda found: quote(found[0]), role.card.title) + _SUBJECT
    if config.repository:
        return f"{config.repository.rstrip('/')}/issues/new?title={subject}"
    return f"mailto:{config.publisher.email}?subject={subject}"
