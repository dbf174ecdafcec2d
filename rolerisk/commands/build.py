"""`build`: check the content and write the site."""

import datetime
import os
import sys
import time
from pathlib import Path
from typing import Any

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
    with Progress() as progress:
        done = _build(settings, progress.advance)
    print_problems(done.problems, done.unlisted)
    if not done.sound:
        click.echo("nothing written: the site is as it was", err=True)
        sys.exit(options.PROBLEMS)
    for line in report.strangers_lines(done.strangers, out):
        click.echo(line, err=True)
    if done.waiting:
        click.echo(report.waiting_text(done.waiting, str(done.next_day)))
    if done.preview:
        click.echo(report.preview_text(asked=preview))
    click.echo(
        report.summary_text(done.files, done.written, done.removed, time.perf_counter() - began)
    )


def _build(settings: Any, advance: Any) -> Any:
    """Build; when nothing has changed, without even importing the stages."""
    from rolerisk.unchanged import look, unchanged

    before = look(settings)
    done = unchanged(before, settings)
    if done is None:
        from rolerisk.pipeline import build

        done = build(settings, advance, before=before)
    return done
