"""The input files as they were read: the first value that crosses a border."""

from collections.abc import Callable

from msgspec import Struct


class Seen(Struct, frozen=True, array_like=True):
    """What a run saw of a file: its bytes' digest, and what the disk said of it when it was read.

    As long as the disk says the same (inode, size, when it was written, when anything of it was
    changed, in ns), nobody has written to the file. `allows` is that of InputFile.
    """

    digest: str
    state: tuple[int, int, int, int]
    allows: bool


class InputFile(Struct, frozen=True):
    """A file as it was read: its path from the project's root, with slashes, its bytes' digest.

    `contents` is its text, decoded, without BOM and with plain line ends, or who fetches it; `data`
    is set instead for files that are not text. `allows` means that it may have a comment that
    allows a rule. `state` is what the disk said of it, as in Seen.
    """

    path: str
    digest: str
    contents: str | Callable[[], str] = ""
    data: bytes = b""
    allows: bool = False
    state: tuple[int, int, int, int] | None = None

    @property
    def text(self) -> str:
        """The text. Raises errors.InputChangedError when it is fetched and is not what it was."""
        return self.contents if isinstance(self.contents, str) else self.contents()


class Sources(Struct, frozen=True):
    """Every input file, by path, in the order of their paths.

    `unread` holds the paths of those that are there but could not be read: a problem tells, and
    what they may say is not reported as missing.
    """

    files: dict[str, InputFile]
    unread: frozenset[str] = frozenset()

    def text(self, path: str) -> str | None:
        """The text of a file, or None when there is no such file."""
        file = self.files.get(path)
        return file.text if file else None

    def below(self, folder: str, suffix: str) -> tuple[InputFile, ...]:
        """The files of a folder (not of its subfolders) whose names end so."""
        return tuple(
            file
            for path, file in self.files.items()
            if path.rpartition("/")[0] == folder and path.endswith(suffix)
        )
