"""`build`: check the content and write the site."""

import datetime
import os
import sys
import time
from pathlib import Path
from typing import Any, NoReturn

import click

from rolerisk.commands import options
from rolerisk.terminal import Progress, print_problems


@click.command()
@options.out
@options.base_url
@options.drafts
@click.option("--preview", is_flag=True, help="Build a preview that search engines leave alone.")
@options.today
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=os.cpu_count() or 1,
    help="Processes to render in.",
)
@click.option("--cluster", default="", help="Render on a Dask cluster, such as tcp://host:8786.")
@click.option("--no-cache", is_flag=True, help="Render everything again; read and write no caches.")
@click.option("--compress", is_flag=True, help="Also write .br and .gz beside the texts.")
@options.strict
def command(
    out: Path,
    base_url: str | None,
    drafts: bool,
    preview: bool,
    today: datetime.date,
    jobs: int,
    cluster: str,
    no_cache: bool,
    compress: bool,
    strict: bool,
) -> None:
    """Check the content and write the site."""
    from rolerisk import report
    from rolerisk.settings import Settings
    from rolerisk.unchanged import looking, unchanged

    began = time.perf_counter()
    settings = Settings(
        root=Path.cwd(),
        out=out,
        today=today,
        base_url=base_url,
        drafts=drafts,
        preview=preview,
        strict=strict,
        use_cache=not no_cache,
        jobs=jobs,
        compress=compress,
        cluster=cluster,
    )
    try:
        with Progress() as progress, looking(settings, options.say_waiting) as before:
            done = unchanged(before, settings) or _build(settings, progress.advance, before)
    except OSError as error:
        click.echo(f"error: {options.what_failed(error)}", err=True)
        _end_without_writing()
    print_problems(done.problems, done.unlisted)
    if not done.sound:
        _end_without_writing()
    for line in report.strangers_lines(done.strangers, out):
        click.echo(line, err=True)
    if done.waiting:
        click.echo(report.waiting_text(done.waiting, str(done.next_day)))
    if done.preview:
        click.echo(report.preview_text(asked=preview))
    click.echo(
        report.summary_text(done.files, done.written, done.removed, time.perf_counter() - began)
    )


def _end_without_writing() -> NoReturn:
    click.echo("nothing written: the site is as it was", err=True)
    sys.exit(options.PROBLEMS)


def _build(settings: Any, advance: Any, before: Any) -> Any:
    """Build; only where something has changed are the stages imported."""
    from rolerisk.pipeline import build

    return build(settings, advance, before=before)
