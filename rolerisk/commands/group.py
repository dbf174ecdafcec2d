"""The group of all commands: `build` by default, each command imported when it is called."""

import importlib
from typing import Any

import click

from rolerisk.commands import COMMANDS


class Commands(click.Group):
    """The commands by name; `python build.py` alone, or with options only, is `build`."""

    def list_commands(self, _: click.Context) -> list[str]:
        """The names, in the order in which a team meets them."""
        return list(COMMANDS)

    def get_command(self, _: click.Context, name: str) -> click.Command | None:
        """Import a command; None when there is none of this name."""
        if name not in COMMANDS:
            return None
        module = importlib.import_module(f"rolerisk.commands.{name.replace('-', '_')}")
        return module.command  # type: ignore[no-any-return]

    def format_commands(self, _: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

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
