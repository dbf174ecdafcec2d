"""Errors that end a command with a sentence instead of a traceback. Imports nothing."""


class OutputFolderError(Exception):
    """The output folder cannot be used; the message says why, in an editor's words."""
