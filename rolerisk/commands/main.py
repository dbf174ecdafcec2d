"""The command line itself: runs a command and turns what it raises into exit codes."""

import gc
import signal
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
    from rolerisk.signals import Stopped, heed_signals

    try:
        heed_signals()
        main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt) as error:
        stopped = error.__cause__ if isinstance(error.__cause__, Stopped) else None
        late = stopped is not None and stopped.late
        is_now = "new, all of it" if late else "as it was"
        click.echo(f"stopped: the site is {is_now}", err=True)
        sys.exit(128 + (stopped.number if stopped else signal.SIGINT))
    except CommandError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(error.exit_code)
    except OSError as error:
        from rolerisk.commands.options import what_failed

        click.echo(f"error: {what_failed(error)}", err=True)
        sys.exit(PROBLEMS)
    except Exception:
        click.echo(traceback.format_exc(), err=True)
        click.echo("this is a bug of ours, not of your content: please report it", err=True)
        sys.exit(BUG)
    finally:
        gc.freeze()  # else Python looks once more through all that was read, before it ends
