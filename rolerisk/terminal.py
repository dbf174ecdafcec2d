"""What the commands need of click besides options: default command, days, progress, problems.

Imports nothing heavy: `--help` pays for it.
"""

import datetime
import sys
import time
from collections.abc import Iterable
from typing import Any

import click


class DefaultBuild(click.Group):
    """`python build.py` alone, or with options only, is `build`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put `build` before options that stand alone."""
        if not args or (args[0].startswith("-") and args[0] not in ("--help", "-h", "--version")):
            args = ["build", *args]
        return super().parse_args(ctx, args)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Find a command; an unknown one gets a hint."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from rolerisk.text.spelling import did_you_mean, listed

            names = self.list_commands(ctx)
            hint = did_you_mean(args[0], names) or f"commands: {listed(names, 30)}"
            raise click.UsageError(f"{error.message.rstrip('.')}; {hint}", ctx) from None


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
    """A progress bar on builds that take longer than a second, when stderr is a terminal."""

    def __init__(self) -> None:
        self.began = time.monotonic()
        self.bar: Any = None

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.__exit__(None, None, None)

    def advance(self, done: int, total: int) -> None:
        """Show how far the rendering is."""
        if self.bar is None:
            if time.monotonic() - self.began < 1 or not sys.stderr.isatty():
                return
            self.bar = click.progressbar(length=total, label="rendering", file=sys.stderr)
            self.bar.__enter__()
        self.bar.update(done - self.bar.pos)


def print_problems(problems: Iterable[Any]) -> None:
    """Print problems and their count to stderr."""
    from rolerisk import report

    shown = tuple(problems)
    for problem in shown:
        click.echo(report.problem_text(problem), err=True)
    if shown:
        click.echo(report.count_text(shown), err=True)
