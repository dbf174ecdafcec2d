"""Texts that are templates: the pages of content/pages/ and the narrative that roles share.

A template that is refused becomes an empty text: it is never filled, and what only follows from
it is not reported.
"""

import re
from collections.abc import Iterable, Iterator

import msgspec

from rolerisk.model.content import PageHead
from rolerisk.model.parsed import ParsedPage
from rolerisk.model.scalars import Slug
from rolerisk.model.site import Tables
from rolerisk.model.sources import Sources
from rolerisk.parse import rules, yaml
from rolerisk.parse.convert import convert
from rolerisk.parse.invisible import invisible_in_text
from rolerisk.parse.slips import located
from rolerisk.problem import Place, Problem, problem
from rolerisk.text import template
from rolerisk.text.template import TemplateError

PAGES, ARTICLE, SITE = "content/pages", "content/article", "content/site.yaml"
SHARED = ("introduction", "current-state", "score", "path-forward")
_FRONT_MATTER = re.compile(r"\A---\n(.*?\n)---\n", re.DOTALL)
_NO_HEAD = convert({}, PageHead, Place(PAGES)).record


def parse_pages(sources: Sources) -> tuple[tuple[ParsedPage, ...], tuple[Problem, ...]]:
    """Read every page; one that cannot be read is empty, but there: links to it are not dead."""
    problems: list[Problem] = []
    pages = [_page(file.path, file.text, problems) for file in sources.below(PAGES, ".md")] + [
        _unread(path) for path in sorted(sources.unread) if path.startswith(f"{PAGES}/")
    ]
    return tuple(pages), tuple(problems)


def parse_shared_narrative(sources: Sources) -> tuple[dict[str, str], list[Problem]]:
    """The texts of content/article/, by the ids of their sections."""
    texts, problems = {}, list[Problem]()
    for stem in SHARED:
        path = f"{ARTICLE}/{stem}.md"
        text = sources.text(path)
        if text is None and path not in sources.unread:
            hint = "it is what a role without a narrative says"
            problems.append(problem(rules.MISSING_KEY, Place(path), f"{path} is missing", hint))
        problems += invisible_in_text(path, text or "")
        texts[stem] = _unless_refused(path, text or "", 1, problems)
    return texts, problems


def pattern_problems(patterns: Iterable[str]) -> Iterator[Problem]:
    """What is wrong with the title patterns of site.yaml as templates."""
    for index, pattern in enumerate(patterns):
        for slip in template.slips(pattern, markdown=False):
            yield problem(rules.TEMPLATE_SYNTAX, _pattern_place(index), slip.message)


def unfilled(error: TemplateError, tables: Tables, pages: Iterable[ParsedPage] = ()) -> Problem:
    """The problem of a template that could not be filled, at the line that asks for too much."""
    return problem(
        rules.TEMPLATE_SYNTAX,
        _place_of(error, tables, pages),
        f"a template here cannot be filled: {error}",
    )


def _place_of(error: TemplateError, tables: Tables, pages: Iterable[ParsedPage]) -> Place:
    for index, pattern in enumerate(tables.config.titles):
        if pattern == error.source:
            return _pattern_place(index)
    for stem, text in tables.shared_narrative.items():
        if text == error.source:
            return Place(f"{ARTICLE}/{stem}.md", line=error.line, column=1)
    for page in pages:
        if page.body == error.source:
            return Place(page.path, line=page.body_line + error.line - 1, column=1)
    return Place("content")


def _pattern_place(index: int) -> Place:
    return Place(SITE, ("titles", index))


def _page(path: str, text: str, problems: list[Problem]) -> ParsedPage:
    problems += [*_name_problems(path), *invisible_in_text(path, text)]
    match = _FRONT_MATTER.match(text)
    if not match:
        hint = "begin with ---, title, summary, updated, ---"
        place = Place(path, line=1, column=1)
        problems.append(problem(rules.FRONT_MATTER, place, "no front matter", hint))
        return _unread(path)
    document = yaml.read(match[1])
    problems += located(path, 1, document.slips)
    if document.broken:
        return _unread(path)
    head, wrong, _ = convert(document.value, PageHead, Place(path))
    problems += wrong
    line = text.count("\n", 0, match.end()) + 1
    body = _unless_refused(path, text[match.end() :], line, problems)
    return ParsedPage(path, head, body, line)


def _name_problems(path: str) -> Iterator[Problem]:
    """A page's file name becomes its address, and a folder on every system: it is a slug."""
    stem = path.removeprefix(f"{PAGES}/").removesuffix(".md")
    try:
        msgspec.convert(stem, Slug)
    except msgspec.ValidationError:
        hint = "lower-case letters, digits and single hyphens: our-team.md"
        yield problem(rules.BAD_VALUE, Place(path), f"the file name {stem!r} is not a slug", hint)


def _unread(path: str) -> ParsedPage:
    return ParsedPage(path, _NO_HEAD, "", 1)


def _unless_refused(path: str, text: str, first_line: int, problems: list[Problem]) -> str:
    """A template's text, or an empty one with its problems reported."""
    slips = template.slips(text)
    for slip in slips:
        place = Place(path, line=first_line + slip.line - 1, column=1)
        problems.append(problem(rules.TEMPLATE_SYNTAX, place, slip.message))
    return "" if slips else text
