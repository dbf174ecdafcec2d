"""How many words a role's page says, and how many of them are the role's own.

Counted from the article, without rendering: what the layout of role pages adds is known.
"""

import re

from rolerisk.model.article import Article, Figure, Section
from rolerisk.model.parsed import ParsedRole
from rolerisk.model.site import Words

_TAG = re.compile(r"<[^>]*>")
# What the layout says in its own words: dates, scale, contents, headings, offers, links. A test
# compares with rendered pages, so that a layout that says much more or less is noticed.
_FRAME = 375
_OF_TASK = 12  # 15% of the week, exposure 60-80, and the numbers of the two tables
_OF_FIGURES = 90  # what stands above published figures, if there are any
_OF_FIGURE = 19  # its labels, year and country, and how it stands among all occupations


def count_words(parsed: ParsedRole, article: Article) -> Words:
    """The words of the role's record and narrative, and those of its whole page.

    Own words are those of the texts, the tasks, the steps and the headings, each counted once;
    what the page repeats of them, the shared narrative and the tables around the roles are not.
    """
    role = parsed.role
    own = [task.task for task in role.at_risk + role.durable]
    own += [f"{step.do} {step.effort or ''}" for step in role.steps]
    own += [section.heading for section in article.extra]
    own_words = article.words + sum(map(_count, own))
    return Words(own_words, own_words + _around(article))


def _around(article: Article) -> int:
    """The words of the page that are not the role's own, or are said again."""
    shared = sum(_count(section.html) for section in _narrative(article) if not section.own)
    tasks = sum(2 * _count(task.task) + _OF_TASK for task in article.tasks)
    steps = sum(_count(step.task) + 1 for step in article.steps if step.task)
    tools = sum(_count(f"{tool.name} {tool.maker} {tool.note}") for tool in article.tools)
    figures = sum(map(_of_figure, article.figures)) + _OF_FIGURES * bool(article.figures)
    sources = sum(_count(f"{s.title} {s.publisher} {s.date}") for s in article.sources)
    history = sum(_count(past.note) + 4 for past in article.history)
    names = _count(" ".join(article.also_called)) + 4 * _count(article.plural)
    return _FRAME + shared + tasks + steps + tools + figures + sources + history + names


def _narrative(article: Article) -> tuple[Section, ...]:
    return article.introduction, article.current_state, article.score_text, article.path_forward


def _of_figure(figure: Figure) -> int:
    said = (figure.name, figure.shown, figure.measures, figure.attribution, figure.in_notes)
    return sum(map(_count, said)) + _OF_FIGURE


def _count(text: str) -> int:
    return len((_TAG.sub(" ", text) if "<" in text else text).split())
