"""The input files as they were read: the first value that crosses a border."""

from collections.abc import Callable

from msgspec import Struct

State = tuple[int, int, int, int]  # inode, size, when written, when changed in any way (ns)


class Seen(Struct, frozen=True, array_like=True):
    """What a run saw of a file: its bytes' digest, and what the disk said of it when it was read.

    As long as it says the same, nobody has written to the file. `allows` and `slug` are those of
    InputFile.
    """

    digest: str
    state: State
    allows: bool
    slug: str


class InputFile(Struct, frozen=True):
    """A file as it was read: its path from the project's root, with slashes, its bytes' digest.

    `contents` is its text, decoded, without BOM and with plain line ends, or who fetches it; `data`
    is set instead for files that are not text. `allows` means that it may have a comment that
    allows a rule, `slug` is the likely one of a role's own file. `unread` stands for a file that is
    there but could not be read: it has no digest and no text.
    """

    path: str
    digest: str
    contents: str | Callable[[], str] = ""
    data: bytes = b""
    allows: bool = False
    slug: str = ""
    unread: bool = False

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
