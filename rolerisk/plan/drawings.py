"""The pictures of a site and of its roles, the addresses of the share images, the Markdown twins."""

from collections.abc import Iterator

import msgspec

from rolerisk.model.config import Config
from rolerisk.model.context import Shell
from rolerisk.model.drawings import BadgeDrawing, CardDrawing, MarkdownTwin, ShareDrawing
from rolerisk.model.output import Output
from rolerisk.model.site import RoleFacts
from rolerisk.plan.keys import digest

_SHARE = "/share.png"


def share_image(config: Config) -> str:
    """The root-relative URL of the image that stands for every page without one of its own."""
    return _versioned(_SHARE, _share(config))


def role_shell(config: Config, shell: Shell, role: RoleFacts) -> Shell:
    """The frame around a role's page: with the role's own share image, where there is one."""
    if not config.features.cards:
        return shell
    url = _versioned(role.card.url + "card.png", _card(config, role))
    return msgspec.structs.replace(shell, share_image=url)


def site_drawing(config: Config) -> Output:
    """The site's share image."""
    return Output(_path(_SHARE), "share.png", _share(config))


def role_drawings(config: Config, role: RoleFacts) -> Iterator[Output]:
    """A role's Markdown, card and badge."""
    yield Output(_path(role.card.url + "index.md"), "role.md", _twin(config, role))
    if config.features.cards:
        yield Output(_path(role.card.url + "card.png"), "card.png", _card(config, role))
    yield Output(_path(role.card.url + "badge.svg"), "badge.svg", _badge(config, role))


def _share(config: Config) -> ShareDrawing:
    question = "Will AI replace your job?"
    return ShareDrawing(question, config.score.bands, config.score.name, config.name)


def _card(config: Config, role: RoleFacts) -> CardDrawing:
    card = role.card
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


def _badge(config: Config, role: RoleFacts) -> BadgeDrawing:
    card = role.card
    return BadgeDrawing(card.plural, card.score, card.band, card.band_name, config.name)


def _twin(config: Config, role: RoleFacts) -> MarkdownTwin:
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
