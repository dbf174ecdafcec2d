"""The options that several commands share, and the exit code of content that has errors."""

import datetime
from pathlib import Path

import click

from rolerisk.terminal import Day

PROBLEMS = 1

today = click.option(
    "--today",
    type=Day(),
    default=datetime.date.today,
    help="The day to build for; default: the system's.",
)
out = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="The folder to write.",
)
strict = click.option(
    "--strict", is_flag=True, help="Warnings are errors, but for overdue reviews."
)
drafts = click.option(
    "--drafts", is_flag=True, help="Also build drafts and roles that wait for their day."
)


def what_failed(error: OSError) -> str:
    """An error of the operating system, with the file where it is known."""
    where = f"{error.filename}: " if error.filename else ""
    return f"{where}{error.strerror or error}"


def say_waiting(process: str) -> None:
    """Tell that another build has to end first."""
    click.echo(f"process {process or '?'} is building this project: waiting for it", err=True)


def _checked(_: click.Context, __: click.Parameter, given: str | None) -> str | None:
    """A base URL from the command line has the same form as one in site.yaml."""
    if given is None:
        return None
    from rolerisk.config import base_url_problem

    trimmed = given.rstrip("/")
    wrong = base_url_problem(trimmed)
    if wrong:
        raise click.BadParameter(wrong, param_hint="--base-url")
    return trimmed


base_url = click.option(
    "--base-url",
    callback=_checked,
    help="Replaces base_url of content/site.yaml; if that is a real address, with a preview.",
)
