"""What a build is asked to do, and what it says it did."""

import datetime
from pathlib import Path

from msgspec import Struct

from rolerisk.problem import LocatedProblem, Severity


class Settings(Struct, frozen=True):
    """What the command line says of a build; `today` is an input like any other.

    `compress` asks for .br and .gz beside the texts; `cluster` is the address of a scheduler whose
    workers render, in place of `jobs` processes here.
    """

    root: Path
    out: Path
    today: datetime.date
    base_url: str | None = None
    drafts: bool = False
    preview: bool = False
    strict: bool = False
    use_cache: bool = True
    jobs: int = 1
    compress: bool = False
    cluster: str = ""


class BuildReport(Struct, frozen=True):
    """What a build did; when the content was not sound, nothing.

    `strangers` are files of the output folder that nobody planned, told when it is not known what
    earlier builds wrote. `waiting` counts the roles whose day of publication is to come; `next_day` is the first.
    `preview` says that search engines are told to leave the site alone. `unlisted` counts, by rule,
    the warnings that are not among the problems because there are many alike.
    """

    problems: tuple[LocatedProblem, ...]
    files: int = 0
    written: int = 0
    removed: int = 0
    rendered: int = 0
    waiting: int = 0
    next_day: datetime.date | None = None
    strangers: tuple[str, ...] = ()
    preview: bool = False
    unlisted: dict[str, int] = {}

    @property
    def sound(self) -> bool:
        """Whether the content may be published."""
        return is_sound(self.problems)


class UnsoundError(Exception):
    """The content has errors; they are the exception's one argument."""


def is_sound(problems: tuple[LocatedProblem, ...]) -> bool:
    """Whether there is no error among the problems."""
    return all(found.severity is not Severity.ERROR for found in problems)
