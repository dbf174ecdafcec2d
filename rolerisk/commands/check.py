"""`check`: check the content and write nothing."""

import datetime
import sys
from pathlib import Path

import click

from rolerisk.commands import options
from rolerisk.terminal import print_problems


@click.command()
@options.today
@options.drafts
@options.strict
def command(today: datetime.date, drafts: bool, strict: bool) -> None:
    """Check the content and write nothing."""
    from rolerisk.pipeline import check_content
    from rolerisk.settings import Settings

    settings = Settings(
        root=Path.cwd(), out=Path("site"), today=today, drafts=drafts, strict=strict
    )
    checked = check_content(settings)
    print_problems(checked.problems)
    if not checked.sound:
        sys.exit(options.PROBLEMS)
