"""How easy a role's own texts are to read: Flesch's formula, by textstat."""

import html
import re
import warnings
from collections.abc import Callable, Iterator
from functools import cache

from rolerisk.model.article import Article
from rolerisk.model.site import RoleFacts
from rolerisk.model.survey import Ease

_CITATION = re.compile(r"<sup\b.*?</sup>", re.DOTALL)
_BLOCK_END = re.compile(r"</(?:p|li|h\d|td|th|dd|dt)>")
_TAG = re.compile(r"<[^>]*>")


def reading_ease(role: RoleFacts, article: Article) -> Ease:
    """The reading ease of all texts that are the role's own."""
    return Ease(role.card, float(_formula()(_plain(article))), article.words)


def _plain(article: Article) -> str:
    """The texts as sentences: without tags and citations, and each block ends one."""
    marked = _CITATION.sub("", "\n".join(_own(article)))
    return html.unescape(_TAG.sub("", _BLOCK_END.sub("\n", marked)))


def _own(article: Article) -> Iterator[str]:
    yield article.answer_html
    for section in (
        article.introduction,
        article.current_state,
        article.score_text,
        *article.extra,
        article.path_forward,
    ):
        if section.own:
            yield section.html
    yield from (tool.does_html for tool in article.tools)
    yield from (task.why_html for task in article.tasks)
    yield from (step.how_html for step in article.steps)


@cache
def _formula() -> Callable[[str], float]:
    """Flesch's formula, whose averages are not rounded: else most pages would be alike.

    Importing it warns of a module that setuptools is about to drop.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from textstat.textstat import textstatistics
    own = textstatistics()
    own.set_rounding(False)
    return own.flesch_reading_ease  # type: ignore[no-any-return]
