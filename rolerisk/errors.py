"""Errors that end a command with a sentence instead of a traceback. Imports nothing."""


class CommandError(Exception):
    """A command cannot do what it was asked to; the message says why, in an editor's words."""

    exit_code = 2


class InputChangedError(CommandError):
    """An input file is not what it was when it was read first."""

    exit_code = 1


class WorkerKilledError(CommandError):
    """One of the processes that share the work has gone."""

    exit_code = 1


class OutputFolderError(CommandError):
    """The output folder cannot be used."""


class ClusterError(CommandError):
    """The cluster cannot be used."""


class InterruptedWriteError(CommandError):
    """The output folder is neither as it was nor as it should be."""

    exit_code = 1
