"""index.md of a role: templates/feeds/role.md says what stands where, this what it is made with."""

from collections.abc import Callable

from msgspec import Struct

from rolerisk.model.article import Article
from rolerisk.model.config import Licence
from rolerisk.model.drawings import MarkdownTwin
from rolerisk.render.html_to_markdown import converter, escaped


class TwinLaidOut(Struct, frozen=True):
    """What the template sees; `md` writes HTML as Markdown, `text` a plain text."""

    article: Article
    url: str
    base_url: str
    publisher: str
    score_name: str
    licence: Licence
    md: Callable[[str], str]
    text: Callable[[str], str]


def lay_out_twin(twin: MarkdownTwin) -> TwinLaidOut:
    """Give the template of index.md its article and the two ways to write Markdown."""
    article = twin.article
    assert isinstance(article, Article), "brought by Renderers.render"
    url = twin.base_url + article.url
    return TwinLaidOut(
        article,
        url,
        twin.base_url,
        twin.publisher,
        twin.score_name,
        twin.licence,
        converter(url),
        escaped,
    )
