"""`nginx`: what _headers, _redirects and _gone of the built site say, in the words of nginx."""

from pathlib import Path

import click

from rolerisk.commands import options


@click.command()
@options.out
@click.option(
    "--files",
    required=True,
    help="The folder that nginx reads the site from: a path on the server.",
)
@click.option(
    "--kept",
    default="",
    help="A folder with the fingerprinted files of this site and of earlier ones.",
)
def command(out: Path, files: str, kept: str) -> None:
    """Print the built site's headers and redirects, and what is gone, for nginx to include.

    deploy/nginx.conf includes them; deploy/post-receive writes them for every release.
    """
    from rolerisk.finished import finished
    from rolerisk.hosts.nginx import nginx_rules

    site = finished(out)
    if site is None:
        raise click.UsageError(f"{out} holds no site: build first")
    click.echo(nginx_rules(site, files.rstrip("/"), kept.rstrip("/")), nl=False)
