"""The report as a page for the team: one file, without scripts, that needs nothing beside it."""

from collections.abc import Mapping

from msgspec import Struct

from rolerisk.model.survey import Survey
from rolerisk.render.html import Templates

MARK = '<meta name="generator" content="role risk report">'
_TEMPLATE = "report/report.html"
_STYLES = ("site.css", "lists.css")


class _Page(Struct, frozen=True):
    """What the template sees."""

    survey: Survey
    css: str
    mark: str


def report_page(survey: Survey, templates: Mapping[str, str], styles: Mapping[str, str]) -> bytes:
    """The page; `templates` and `styles` are the site's own."""
    css = "".join(styles.get(name, "") for name in _STYLES)
    return Templates(templates).render(_TEMPLATE, _Page(survey, css, MARK), "")
