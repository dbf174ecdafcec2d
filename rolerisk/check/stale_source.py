"""What is said of an AI tool has a source that is not stale."""

import calendar
import datetime
import re
from collections.abc import Iterable, Iterator

from rolerisk.check.subject import RoleSubject
from rolerisk.model.content import Source, Tool
from rolerisk.model.scalars import PartialDate
from rolerisk.problem import Place, Problem, Rule, Severity, problem
from rolerisk.text.markdown import CITATION

RULE = Rule(
    "stale-source",
    Severity.WARNING,
    "What a role says of an AI tool cites something from the two years before its review.",
    "Tools change faster than trades. Two texts make claims on tools: a tool's `does`, and those "
    "sentences of a task's `why` that name one of the role's tools. When all that such a text cites "
    "was published more than `sources.stale_after_days` of site.yaml before the role's `reviewed`, "
    "the newest of it is reported. A date of a year alone means its last day. Laws, studies of the "
    "trade and statistics are not claims on tools; neither are measures, which have a year of their "
    "own.",
)
_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=\]))\s+")


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look at the tools, then at the tasks, of a role whose dates could be read."""
    if not subject.sound("reviewed", "sources", "tools"):
        return
    for index, use in enumerate(subject.role.tools):
        place = subject.place.at("tools", index, "does")
        yield from _claim(subject, place, use.does)
    names = _names(subject)
    for kind in ("at_risk", "durable"):
        for index, task in enumerate(getattr(subject.role, kind)):
            place = subject.place.at(kind, index, "why")
            told = [text for text in _SENTENCE.split(task.why) if any(n in text for n in names)]
            yield from _claim(subject, place, " ".join(told))


def _claim(subject: RoleSubject, place: Place, text: str) -> Iterator[Problem]:
    """The problem of a text in which nothing cited is new enough."""
    dates = {
        id_: _last_day(source.date)
        for id_ in CITATION.findall(text)
        if (source := _source(subject, id_))
    }
    if not dates:
        return
    newest = max(dates, key=lambda id_: dates[id_])
    days = (subject.role.reviewed - dates[newest]).days
    most = subject.tables.config.sources.stale_after_days
    if days > most:
        source = _source(subject, newest)
        assert source is not None
        message = f"the newest source for this is of {source.date}, {days} days before the review"
        hint = f"cite one that is at most {most} days old, and see whether it still holds"
        yield problem(RULE, place.at(needle=f"[^{newest}]"), message, hint)


def _source(subject: RoleSubject, id_: str) -> Source | None:
    own = (s for s in subject.role.sources if isinstance(s, Source) and s.id == id_)
    return next(own, subject.tables.sources.get(id_))


def _names(subject: RoleSubject) -> set[str]:
    """What the role's tools are called: the whole name, and the name without the maker's."""
    known = subject.tables.tools
    tools = (known.get(use.tool) for use in subject.role.tools)
    return {name for tool in tools if tool for name in _names_of(tool)}


def _names_of(tool: Tool) -> Iterable[str]:
    short = tool.name.removeprefix(f"{tool.maker} ")
    return (tool.name, *tool.formerly, *([short] if short[:1].isupper() else []))


def _last_day(date: PartialDate) -> datetime.date:
    """The last day that a date as exact as it is known can mean."""
    year, *rest = map(int, date.split("-"))
    month = rest[0] if rest else 12
    day = rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1]
    return datetime.date(year, month, day)
