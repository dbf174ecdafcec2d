"""The report as a whole: checks the content, surveys it, says it as text and as a page."""

from functools import partial
from typing import NamedTuple

from rolerisk.content import Content, located, of_content
from rolerisk.pipeline import templates_of
from rolerisk.settings import Settings, UnsoundError
from rolerisk.store.readings import Articles
from rolerisk.survey.page import report_page
from rolerisk.survey.survey import survey
from rolerisk.survey.text import report_lines


class Report(NamedTuple):
    """The report; when the content is not sound, roles may be missing in it."""

    lines: tuple[str, ...]
    page: bytes
    sound: bool


def report(settings: Settings) -> Report:
    """Make the report. Raises UnsoundError when the content has errors that leave no site."""
    return of_content(settings, partial(_report, settings.strict))


def _report(strict: bool, content: Content, articles: Articles) -> Report:
    checked = located(content, strict)
    if checked.site is None:
        raise UnsoundError(checked.problems)
    found = survey(checked.site, articles)
    page = report_page(found, templates_of(checked.sources), checked.site.styles)
    return Report(tuple(report_lines(found)), page, checked.sound)
