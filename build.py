"""The way in: `python build.py COMMAND`. The commands are in rolerisk/commands/."""

from rolerisk.commands.main import main, run

__all__ = ["main", "run"]

if __name__ == "__main__":
    run()
