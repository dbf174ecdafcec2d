"""The command line itself: runs a command and turns what it raises into exit codes."""

import sys
import traceback

import click

from rolerisk.commands.group import Commands

PROBLEMS, BUG = 1, 3


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Build a site of role risk articles: one per job, from roles.yaml, Markdown and templates."""


def run() -> None:
    """Run a command; what nobody foresaw ends with exit code 3 and says so."""
    from rolerisk.errors import CommandError

    try:
        main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped: the site is as it was", err=True)
        sys.exit(130)
    except CommandError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"error: {error.filename or ''}: {error.strerror}", err=True)
        sys.exit(PROBLEMS)
    except Exception:
        click.echo(traceback.format_exc(), err=True)
        click.echo("this is a bug of ours, not of your content: please report it", err=True)
        sys.exit(BUG)
