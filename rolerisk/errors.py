"""Errors that end a command with a sentence instead of a traceback. Imports nothing."""


class CommandError(Exception):
    """A command cannot do what it was asked to; the message says why, in an editor's words."""


class OutputFolderError(CommandError):
    """The output folder cannot be used."""


class ClusterError(CommandError):
    """The cluster cannot be used."""
