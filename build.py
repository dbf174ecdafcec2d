"""The commands. Thin: parse options, read the clock, call the package, print."""

import datetime
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import click

from rolerisk.terminal import Day, DefaultBuild, Progress, print_problems

PROBLEMS, BUG = 1, 3


_today = click.option(
    "--today",
    type=Day(),
    default=datetime.date.today,
    help="The day to build for; default: the system's.",
)
_out = click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("site"),
    show_default=True,
    help="The folder to write.",
)
_strict = click.option(
    "--strict", is_flag=True, help="Warnings are errors, but for overdue reviews."
)
_drafts = click.option(
    "--drafts", is_flag=True, help="Also build drafts and roles that wait for their day."
)
_base_url = click.option("--base-url", help="Replaces base_url of content/site.yaml.")


@click.group(cls=DefaultBuild, context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Build a site of role risk articles: one per job, from roles.yaml, Markdown and templates."""


@main.command()
@_out
@_base_url
@_drafts
@click.option("--preview", is_flag=True, help="Build a preview that search engines leave alone.")
@_today
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    default=os.cpu_count() or 1,
    help="Processes to render in.",
)
@click.option("--no-cache", is_flag=True, help="Render everything again; read and write no caches.")
@_strict
def build(
    out: Path,
    base_url: str | None,
    drafts: bool,
    preview: bool,
    today: datetime.date,
    jobs: int,
    no_cache: bool,
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
        base_url=_checked_base_url(base_url),
        drafts=drafts,
        preview=preview,
        strict=strict,
        use_cache=not no_cache,
        jobs=jobs,
    )
    with Progress() as progress:
        done = _build(settings, progress.advance)
    print_problems(done.problems)
    if not done.sound:
        click.echo("nothing written: the site is as it was", err=True)
        sys.exit(PROBLEMS)
    for line in report.strangers_lines(done.strangers, out):
        click.echo(line, err=True)
    if done.waiting:
        click.echo(report.waiting_text(done.waiting, str(done.next_day)))
    click.echo(
        report.summary_text(done.files, done.written, done.removed, time.perf_counter() - began)
    )


@main.command()
@_today
@_drafts
@_strict
def check(today: datetime.date, drafts: bool, strict: bool) -> None:
    """Check the content and write nothing."""
    from rolerisk.pipeline import check_content
    from rolerisk.settings import Settings

    settings = Settings(
        root=Path.cwd(), out=Path("site"), today=today, drafts=drafts, strict=strict
    )
    checked = check_content(settings)
    print_problems(checked.problems)
    if not checked.sound:
        sys.exit(PROBLEMS)


@main.command()
@click.argument("path")
@_out
@_base_url
@_drafts
@_today
def explain(path: str, out: Path, base_url: str | None, drafts: bool, today: datetime.date) -> None:
    """Say what a file of the site is made of, and whether and why it would be rendered."""
    from rolerisk.explain import explanation
    from rolerisk.settings import Settings, UnsoundError

    settings = Settings(
        root=Path.cwd(), out=out, today=today, base_url=_checked_base_url(base_url), drafts=drafts
    )
    try:
        text = explanation(path, settings)
    except UnsoundError as error:
        print_problems(error.args[0])
        sys.exit(PROBLEMS)
    if text is None:
        raise click.UsageError(
            f"no output {path!r}; give a path below the output folder or a URL, such as /roles/"
        )
    click.echo(text)


@main.command()
@click.option(
    "--check", "check_only", is_flag=True, help="Write nothing; fail if a schema is not current."
)
def schema(check_only: bool) -> None:
    """Write the JSON Schemas that editors' YAML extensions complete and check with."""
    from rolerisk.schema import schemas

    stale = []
    for name, text in schemas().items():
        path = Path.cwd() / name
        if path.exists() and path.read_text(encoding="utf-8") == text:
            continue
        stale.append(name)
        if not check_only:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
    if check_only and stale:
        click.echo(f"not current: {', '.join(stale)}; run python build.py schema", err=True)
        sys.exit(PROBLEMS)
    click.echo(
        f"{len(stale)} schema{'s' * (len(stale) != 1)} written"
        if stale
        else "all schemas are current"
    )


@main.command()
@click.argument("title")
@_today
def new(title: str, today: datetime.date) -> None:
    """Begin a role: write a draft with TODOs in the right places."""
    from rolerisk.draft.scaffold import DraftExistsError, scaffold

    try:
        draft = scaffold(Path.cwd(), title, today)
    except DraftExistsError as error:
        raise click.UsageError(str(error)) from None
    for path in draft.paths:
        click.echo(f"wrote {path}")
    click.echo(draft.advice)


@main.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="The port on 127.0.0.1.",
)
@_drafts
@_today
def serve(port: int, drafts: bool, today: datetime.date) -> None:
    """Serve the site on this machine and reload the browser on every save."""
    from rolerisk.serve.server import serve as run
    from rolerisk.settings import Settings

    run(
        Settings(
            root=Path.cwd(),
            out=Path(".cache/serve"),
            today=today,
            drafts=drafts,
            jobs=os.cpu_count() or 1,
        ),
        port,
        click.echo,
    )


@main.command()
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also remove files that no build is known to have written, after asking.",
)
@_out
@click.option("--yes", is_flag=True, help="Do not ask.")
def clean(everything: bool, out: Path, yes: bool) -> None:
    """Remove what builds have written, and the caches."""
    from rolerisk.clean import clean as run
    from rolerisk.clean import strangers

    if everything:
        unknown = strangers(Path.cwd(), out)
        for path in unknown[:20]:
            click.echo(f"  {out}/{path}")
        if len(unknown) > 20:
            click.echo(f"  and {len(unknown) - 20:,} more")
        everything = bool(unknown) and (
            yes or click.confirm(f"Remove these {len(unknown):,} files too?")
        )
    click.echo(f"{run(Path.cwd(), out, everything):,} files removed")


def _build(settings: Any, advance: Any) -> Any:
    """Build; when nothing has changed, without even importing the stages."""
    from rolerisk.unchanged import unchanged

    done = unchanged(settings)
    if done is None:
        from rolerisk.pipeline import build

        done = build(settings, advance)
    return done


def _checked_base_url(base_url: str | None) -> str | None:
    """A base URL from the command line has the same form as one in site.yaml."""
    if base_url is None:
        return None
    from rolerisk.config import base_url_problem

    trimmed = base_url.rstrip("/")
    wrong = base_url_problem(trimmed)
    if wrong:
        raise click.BadParameter(wrong, param_hint="--base-url")
    return trimmed


def run() -> None:
    """Run a command; what nobody foresaw ends with exit code 3 and says so."""
    from rolerisk.errors import OutputFolderError

    try:
        main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        click.echo("stopped: the site is as it was", err=True)
        sys.exit(130)
    except OutputFolderError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(2)
    except OSError as error:
        click.echo(f"error: {error.filename or ''}: {error.strerror}", err=True)
        sys.exit(PROBLEMS)
    except Exception:
        click.echo(traceback.format_exc(), err=True)
        click.echo("this is a bug of ours, not of your content: please report it", err=True)
        sys.exit(BUG)


if __name__ == "__main__":
    run()
