"""`python -m rolerisk`: the same as build.py, where the package is installed without it."""

from rolerisk.commands.main import run

run()
