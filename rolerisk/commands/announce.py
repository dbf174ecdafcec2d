"""`announce`: tell search engines what changed, after the site is out."""

import sys
from pathlib import Path
from typing import Any

import click

from rolerisk.commands import options


def _web_address(_: click.Context, __: click.Parameter, given: str) -> str:
    if not given.startswith(("https://", "http://")):
        raise click.BadParameter(f"{given!r} is not a web address")
    return given


@click.command()
@options.out
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option(
    "--endpoint",
    default="https://api.indexnow.org/indexnow",
    show_default=True,
    callback=_web_address,
    help="The IndexNow endpoint; it tells all search engines that take part.",
)
def command(out: Path, dry_run: bool, endpoint: str) -> None:
    """Tell search engines which pages are new, changed or gone.

    By the IndexNow protocol, after the site has been deployed. What was accepted is remembered in
    .cache/, so that a failure is made good by the next run and nothing is sent twice.
    """
    from rolerisk.announce.announce import announce, read_state, state_path
    from rolerisk.announce.changes import changes
    from rolerisk.announce.indexnow import post

    pages = _pages(out)
    path = state_path(Path.cwd(), pages.base_url)
    found = changes(pages.digests, read_state(path))
    counts = f"{len(found.added):,} added, {len(found.changed):,} changed, {len(found.removed):,} removed"
    if dry_run:
        for word in ("added", "changed", "removed"):
            for url in getattr(found, word):
                click.echo(f"{word:<7} {url}")
        click.echo(f"{counts}; nothing sent")
        return
    for sent in announce(pages, path, lambda urls: post(endpoint, pages.base_url, pages.key, urls)):
        answer = sent.answer
        line = f"{len(sent.urls):,} addresses: {answer.status or 'failed'}, {answer.meaning}"
        click.echo(line, err=not answer.accepted)
        if not answer.accepted:
            if answer.retry_after:
                click.echo(f"the endpoint asks to wait: {_wait(answer.retry_after)}", err=True)
            click.echo("run announce again: it sends what was not accepted", err=True)
            sys.exit(options.PROBLEMS)
    click.echo(counts)


def _pages(out: Path) -> Any:
    """What is published; a folder that must not be announced is wrong usage."""
    from rolerisk.announce.pages import announced_pages
    from rolerisk.finished import finished
    from rolerisk.text.address import is_real

    site = finished(out)
    if site is None:
        raise click.UsageError(f"{out} holds no site: build first")
    if site.preview:
        raise click.UsageError(f"{out} holds a preview, which search engines are to leave alone")
    if site.closed:
        raise click.UsageError(f"{out}/robots.txt keeps all crawlers out: there is nobody to tell")
    if not is_real(site.base_url):
        raise click.UsageError(f"{site.base_url} is nobody's address: set base_url, and build")
    pages = announced_pages(site)
    if not pages.key:
        raise click.UsageError(
            f"{out} holds no IndexNow key: set indexnow_key in content/site.yaml, build and deploy"
        )
    return pages


def _wait(retry_after: str) -> str:
    """A number of seconds, or a date, as the header gives it."""
    return f"{retry_after} seconds" if retry_after.isdigit() else f"until {retry_after}"
