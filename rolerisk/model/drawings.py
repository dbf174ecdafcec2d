"""What the pictures of a role and its Markdown twin may see: contexts like those in context.py."""

from msgspec import Struct

from rolerisk.model.article import Article, ArticleRef
from rolerisk.model.config import Band, Licence

VERSION = 1  # goes up when the drawing itself changes: share images get new addresses


class CardDrawing(Struct, frozen=True):
    """A role's share image. Its digest is a part of its address, so it holds what is drawn."""

    question: str
    score: int
    low: int
    high: int
    band: str
    band_name: str
    confidence: str
    bands: tuple[Band, ...]
    score_name: str
    site_name: str
    version: int = VERSION


class ShareDrawing(Struct, frozen=True):
    """The share image of every page that has none of its own."""

    question: str
    bands: tuple[Band, ...]
    score_name: str
    site_name: str
    version: int = VERSION


class BadgeDrawing(Struct, frozen=True):
    """The badge that other sites embed."""

    plural: str
    score: int
    band: str
    band_name: str
    site_name: str


class MarkdownTwin(Struct, frozen=True):
    """A role's article as Markdown; `base_url` has no slash at the end."""

    base_url: str
    publisher: str
    score_name: str
    licence: Licence
    article: Article | ArticleRef
