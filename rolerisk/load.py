"""Stage 1, load: every input file with its digest. The only stage that reads the input."""

import codecs
import hashlib
import os
import stat
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

import msgspec

from rolerisk.errors import InputChangedError
from rolerisk.model.sources import InputFile, Seen, Sources, State
from rolerisk.problem import Place, Problem, Rule, Severity, problem
from rolerisk.text.role_slug import likely_slug
from rolerisk.text.silence import SILENCES

ENCODING = Rule(
    "encoding",
    Severity.ERROR,
    "Text files are UTF-8.",
    "A file saved in another encoding (Latin-1, Windows-1252, UTF-16) would show wrong characters. "
    "Save it as UTF-8. A byte order mark and Windows line ends are accepted.",
)
FOREIGN_LINK = Rule(
    "foreign-link",
    Severity.ERROR,
    "Input files are in the project, not behind a link that leads out of it.",
    "A symbolic link that leads out of the project could publish a file of the machine that builds "
    "the site. Copy the file into the project.",
)
UNREADABLE = Rule(
    "unreadable",
    Severity.ERROR,
    "Every input file can be read.",
    "A file that is not there any more, that may not be read, or that something is still writing "
    "cannot be left out, or published by halves, in silence.",
)
FILE_SIZE = Rule(
    "file-size",
    Severity.ERROR,
    "Input files have at most 100 MB, Markdown files 1 MB.",
    "Larger ones are not read, so that no file can fill the memory of the machine that builds the "
    "site. 100 MB is also what GitHub takes; 1 MB of Markdown is a book. Split the file: "
    "roles may have files of their own in content/roles/.",
)
SAME_NAME = Rule(
    "same-name",
    Severity.ERROR,
    "No two input files have names that differ by case only.",
    "On Windows and macOS they are one file: whoever checks the project out there loses one of them.",
)
RULES = (ENCODING, FOREIGN_LINK, UNREADABLE, FILE_SIZE, SAME_NAME)

_TRIES = 3
_FOLDERS = ("content", "templates")
_BINARY = (".png", ".ico", ".woff2", ".jpg", ".jpeg", ".webp", ".gif", ".avif")
_ROLES = "content/roles/"  # so many that their texts need not be read, or held
_MOST_HELD = 200_000_000  # characters: the texts of some 20,000 roles
_MOST, _MOST_MARKDOWN = 100_000_000, 1_000_000  # bytes


def load(root: Path) -> tuple[Sources, tuple[Problem, ...]]:
    """Read roles.yaml and all of content/ and templates/ below the project's root.

    The texts of content/roles/ are held as long as they are not too many; the others stay where
    they are, and are fetched again by who asks for them.
    """
    return load_but(root, {})[:2]


def load_but(
    root: Path, seen: Mapping[str, Seen]
) -> tuple[Sources, tuple[Problem, ...], dict[str, State]]:
    """The same, but for the files of content/roles/ that are as they were `seen`: they are not read.

    The states are what the disk said of those files, before they were read.
    """
    files: dict[str, InputFile] = {}
    problems: dict[str, Problem] = {}
    states: dict[str, State] = {}
    held = 0
    for name in _paths(root):
        state, known = _looked_at(name, root), seen.get(name)
        if isinstance(state, Problem):
            problems[name] = state
            continue
        read: InputFile | Problem
        if known and known.state == state:
            fetch = partial(_fetched, str(root), name, known.digest)
            read = InputFile(name, known.digest, fetch, b"", known.allows, known.slug)
        else:
            read = _read_plain(name, root)
        if isinstance(read, Problem):
            problems[name] = read
            continue
        if name.startswith(_ROLES):
            states[name] = state
            held += len(read.contents) if isinstance(read.contents, str) else 0
            if held > _MOST_HELD:
                fetch = partial(_fetched, str(root), name, read.digest)
                read = msgspec.structs.replace(read, contents=fetch)
        files[name] = read
    twins = tuple(_twins([*files, *problems]))
    return Sources(files, frozenset(problems)), (*problems.values(), *twins), states


def load_again(root: Path, name: str) -> InputFile | None:
    """One file as it is now; None when it cannot be read, as the next load will say."""
    read = _read(name, root)
    return read if isinstance(read, InputFile) else None


def _fetched(root: str, name: str, digest: str) -> str:
    """The text of a file that was read before and not held."""
    read = _read(name, Path(root))
    if not isinstance(read, InputFile) or read.digest != digest:
        raise InputChangedError(
            f"{name} was changed while it was being read: run the command again"
        )
    return read.text


def _paths(root: Path) -> Iterator[str]:
    """Every input file, in the order of their names, on every machine the same.

    A link to a folder counts as a file: what is behind it is not read, and that is a problem. So
    does a folder that is called like a file.
    """
    if os.path.lexists(root / "roles.yaml"):
        yield "roles.yaml"
    for folder in _FOLDERS:
        top = root / folder
        if _leads_out(top, root):
            yield folder
        elif top.is_dir():
            yield from sorted(_below(str(top), folder), key=lambda name: name.split("/"))


def _below(folder: str, name: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                if os.path.splitext(entry.name)[1][1:].isalpha():
                    yield f"{name}/{entry.name}"
                yield from _below(entry.path, f"{name}/{entry.name}")
            elif not entry.name.startswith("."):
                yield f"{name}/{entry.name}"


def _twins(names: list[str]) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for name in sorted(names):
        other = first.setdefault(name.casefold(), name)
        if other != name:
            message = f"the name differs from {other} by case only"
            yield problem(SAME_NAME, Place(name), message, "rename one of the two")


def _leads_out(path: Path, root: Path) -> bool:
    try:
        return path.is_symlink() and not path.resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # a link to itself leads nowhere; reading it will say so
        return False


def _read(name: str, root: Path) -> InputFile | Problem:
    state = _looked_at(name, root)
    return state if isinstance(state, Problem) else _read_plain(name, root)


def _looked_at(name: str, root: Path) -> State | Problem:
    """What the disk says of a file; a problem when it is none that may be read."""
    path = f"{root}/{name}"  # a thousand files and more: pathlib would take a third of the time
    try:
        status = os.lstat(path)
        if stat.S_ISLNK(status.st_mode):
            if _leads_out(root / name, root):
                message = "this is a link that leads out of the project"
                return problem(FOREIGN_LINK, Place(name), message)
            status = os.stat(path)
    except OSError as error:
        return _unreadable(name, error)
    if not stat.S_ISREG(status.st_mode):  # reading a pipe would wait for ever
        what = "a folder" if stat.S_ISDIR(status.st_mode) else "no plain file"
        return problem(UNREADABLE, Place(name), f"this cannot be read: it is {what}")
    most = _MOST_MARKDOWN if name.endswith(".md") else _MOST
    if status.st_size > most:
        return problem(
            FILE_SIZE,
            Place(name),
            f"this file has {status.st_size:,} bytes, more than {most:,}",
            "split it, or take out what does not belong into it",
        )
    return _state(status)


def _read_plain(name: str, root: Path) -> InputFile | Problem:
    """Read a file that was looked at."""
    try:
        data = _at_rest(f"{root}/{name}")
    except OSError as error:
        return _unreadable(name, error)
    if data is None:
        message, hint = (
            "this file changes while it is read",
            "wait for what writes it, then build again",
        )
        return problem(UNREADABLE, Place(name), message, hint)
    return read_file(name, data)


def _unreadable(name: str, error: OSError) -> Problem:
    return problem(UNREADABLE, Place(name), f"this cannot be read: {error.strerror}")


def read_file(name: str, data: bytes) -> InputFile | Problem:
    """The bytes of an input file → the file as the other stages see it."""
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    if name.lower().endswith(_BINARY):
        return InputFile(name, digest, data=data)
    try:
        text = _plain_line_ends(data.removeprefix(codecs.BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        return _not_utf8(name, error)
    own = name.startswith(_ROLES) and name.endswith(".yaml")
    slug = likely_slug(text) if own else ""
    return InputFile(name, digest, text, b"", SILENCES in text, slug)


def _at_rest(path: str) -> bytes | None:
    """A file's bytes; read again if it was written to meanwhile, None if that does not end."""
    for _ in range(_TRIES):
        before, data = _contents(path)
        after = os.stat(path)
        if len(data) == after.st_size and _state(before) == _state(after):
            return data
    return None


def _contents(path: str) -> tuple[os.stat_result, bytes]:
    """A file as it is when it is opened, and its bytes."""
    with open(path, "rb", buffering=0) as file:
        return os.fstat(file.fileno()), file.read()


def _state(found: os.stat_result) -> State:
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns


def _plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _not_utf8(name: str, error: UnicodeDecodeError) -> Problem:
    """Where the text ends to be UTF-8; the error's own bytes are those behind the BOM."""
    lines = _plain_line_ends(error.object[: error.start].decode()).split("\n")
    shown = _plain_line_ends(error.object.decode(errors="replace")).split("\n")
    return problem(
        ENCODING,
        Place(name, line=len(lines), column=len(lines[-1]) + 1),
        f"byte 0x{error.object[error.start]:02X} is not UTF-8",
        "save the file as UTF-8; your editor may call it 'UTF-8 without BOM'",
        shown[len(lines) - 1],
    )
