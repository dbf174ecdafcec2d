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
    "the newest of it is reported. A date of a year alone means its last day. A claim that tells the "
    "year of its source is dated, not stale. Laws, studies of the trade and statistics are not claims "
    "on tools; neither are measures, which have a year of their own.",
)
_SENTENCE = re.compile(r"(?:(?<=[.!?])|(?<=\]))\s+")


def check(subject: RoleSubject) -> Iterator[Problem]:
    """Look at the tools, then at the tasks, of a role that has stale sources at all."""
    if not subject.sound("reviewed", "sources", "tools"):
        return
    reviewed, parsed, dates = subject.role.reviewed, subject.parsed, dict(_dates(subject))
    ages = {id_: (reviewed - date).days for id_, date in dates.items()}
    most = subject.tables.config.sources.stale_after_days
    stale = {id_ for id_, age in ages.items() if age > most}
    if not stale:
        return
    years = {id_: date.year for id_, date in dates.items()}
    for index, use in enumerate(subject.role.tools):
        place = subject.place.at("tools", index, "does")
        yield from _claim(place, use.does, ages, years, most)
    names = _names(subject)
    for kind, fragments in (("at_risk", parsed.at_risk), ("durable", parsed.durable)):
        for index, (task, fragment) in enumerate(
            zip(getattr(subject.role, kind), fragments, strict=True)
        ):
            if stale.isdisjoint(fragment.cites) or not any(name in task.why for name in names):
                continue
            place = subject.place.at(kind, index, "why")
            told = [text for text in _SENTENCE.split(task.why) if any(n in text for n in names)]
            yield from _claim(place, " ".join(told), ages, years, most)


def _dates(subject: RoleSubject) -> Iterator[tuple[str, datetime.date]]:
    """The last day that the date of each source of the role can mean."""
    for source in subject.role.sources:
        known = source if isinstance(source, Source) else subject.tables.sources.get(source)
        if known:
            yield known.id, _last_day(known.date)


def _claim(
    place: Place, text: str, ages: dict[str, int], years: dict[str, int], most: int
) -> Iterator[Problem]:
    """The problem of a text in which nothing cited is new enough, and whose date is not told."""
    cited = [id_ for id_ in CITATION.findall(text) if id_ in ages]
    newest = min(cited, key=lambda id_: ages[id_], default="")
    if newest and ages[newest] > most and not re.search(rf"\b{years[newest]}\b", text):
        message = f"the newest source for this was {ages[newest]} days old at the review"
        hint = f"cite one that is at most {most} days old, or tell the year: {years[newest]}"
        yield problem(RULE, place.at(needle=f"[^{newest}]"), message, hint)


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
