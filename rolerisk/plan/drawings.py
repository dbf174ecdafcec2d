"""The pictures of a site and of its roles, the addresses of the share images, the Markdown twins."""

from collections.abc import Iterator

import msgspec

from rolerisk.model.context import Shell
from rolerisk.model.drawings import BadgeDrawing, CardDrawing, MarkdownTwin, ShareDrawing
from rolerisk.model.output import Output
from rolerisk.model.site import RoleFacts, Site
from rolerisk.plan.keys import digest

_SHARE = "/share.png"


def share_image(site: Site) -> str:
    """The root-relative URL of the image that stands for every page without one of its own."""
    return _versioned(_SHARE, _share(site))


def role_shell(site: Site, shell: Shell, role: RoleFacts) -> Shell:
    """The frame around a role's page: with the role's own share image, where there is one."""
    if not site.config.features.cards:
        return shell
    url = _versioned(role.card.url + "card.png", _card(site, role))
    return msgspec.structs.replace(shell, share_image=url)


def site_drawing(site: Site) -> Output:
    """The site's share image."""
    return Output(_path(_SHARE), "share.png", _share(site))


def role_drawings(site: Site, role: RoleFacts) -> Iterator[Output]:
    """A role's Markdown, card and badge."""
    yield Output(_path(role.card.url + "index.md"), "role.md", _twin(site, role))
    if site.config.features.cards:
        yield Output(_path(role.card.url + "card.png"), "card.png", _card(site, role))
    yield Output(_path(role.card.url + "badge.svg"), "badge.svg", _badge(site, role))


def _share(site: Site) -> ShareDrawing:
    config = site.config
    question = "Will AI replace your job?"
    return ShareDrawing(question, config.score.bands, config.score.name, config.name)


def _card(site: Site, role: RoleFacts) -> CardDrawing:
    card, config = role.card, site.config
    return CardDrawing(
        f"Will AI replace {card.plural}?",
        card.score,
        card.low,
        card.high,
        card.band,
        card.band_name,
        card.confidence,
        config.score.bands,
        config.score.name,
        config.name,
    )


def _badge(site: Site, role: RoleFacts) -> BadgeDrawing:
    card = role.card
    return BadgeDrawing(card.plural, card.score, card.band, card.band_name, site.config.name)


def _twin(site: Site, role: RoleFacts) -> MarkdownTwin:
    config = site.config
    return MarkdownTwin(
        config.base_url,
        config.publisher.name,
        config.score.name,
        config.data_licence,
        role.article,
    )


def _versioned(url: str, drawing: CardDrawing | ShareDrawing) -> str:
    """An address that changes with what is drawn: services keep share images by their address."""
    return f"{url}?v={digest(msgspec.json.encode(drawing))[:10]}"


def _path(url: str) -> str:
    return url.removeprefix("/")
