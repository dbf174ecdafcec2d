"""What the commands need of click besides options: days, progress, problems.

Imports nothing heavy: `--help` pays for it.
"""

import datetime
import sys
import time
from collections.abc import Iterable, Mapping
from typing import Any

import click


class Day(click.ParamType):  # type: ignore[type-arg]
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(self, value: object, param: object, ctx: object) -> datetime.date:
        """Read a day; today's where the system's date is the default."""
        if isinstance(value, datetime.date):
            return value
        try:
            return datetime.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a day as YYYY-MM-DD")


class Progress:
    """A progress bar on what takes longer than a second, when stderr is a terminal."""

    def __init__(self, label: str = "rendering") -> None:
        self.label = label
        self.began = time.monotonic()
        self.bar: Any = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)

    def advance(self, done: int, total: int) -> None:
        """Show how far it is."""
        if self.bar is None:
            if time.monotonic() - self.began < 1 or not sys.stderr.isatty():
                return
            self.bar = click.progressbar(length=total, label=self.label, file=sys.stderr)
            self.bar.__enter__()
        self.bar.update(done - self.bar.pos)


def print_problems(problems: Iterable[Any], unlisted: Mapping[str, int] = {}) -> None:
    """Print problems, the number of those that are not listed, and their count to stderr."""
    from rolerisk import report

    shown = tuple(problems)
    for problem in shown:
        click.echo(report.problem_text(problem), err=True)
    for line in report.unlisted_lines(unlisted):
        click.echo(line, err=True)
    if shown:
        click.echo(report.count_text(shown), err=True)
