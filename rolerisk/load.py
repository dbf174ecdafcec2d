"""Stage 1, load: read every input file once and digest it. The only stage that reads the input."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from rolerisk.model.sources import InputFile, Sources
from rolerisk.problem import Place, Problem, Rule, Severity, problem

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
    "A file that is not there any more, or that may not be read, cannot be left out in silence.",
)
RULES = (ENCODING, FOREIGN_LINK, UNREADABLE)

_FOLDERS = ("content", "templates")
_BINARY = (".png", ".ico", ".woff2", ".jpg", ".webp")


def load(root: Path) -> tuple[Sources, tuple[Problem, ...]]:
    """Read roles.yaml and all of content/ and templates/ below the project's root."""
    files: dict[str, InputFile] = {}
    problems: list[Problem] = []
    for path in _paths(root):
        name = path.relative_to(root).as_posix()
        read = _read(path, name, root)
        if isinstance(read, InputFile):
            files[name] = read
        else:
            problems.append(read)
    return Sources(files), tuple(problems)


def _paths(root: Path) -> Iterator[Path]:
    """Every input file, in the order of their names, on every machine the same."""
    roles = root / "roles.yaml"
    if roles.exists():
        yield roles
    for folder in _FOLDERS:
        found = (root / folder).rglob("*")
        yield from sorted(p for p in found if not p.is_dir() and not p.name.startswith("."))


def _read(path: Path, name: str, root: Path) -> InputFile | Problem:
    if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
        return problem(FOREIGN_LINK, Place(name), f"{name} is a link that leads out of the project")
    try:
        data = path.read_bytes()
    except OSError as error:
        return problem(UNREADABLE, Place(name), f"{name} cannot be read: {error.strerror}")
    digest = hashlib.blake2b(data, digest_size=16).hexdigest()
    if name.endswith(_BINARY):
        return InputFile(name, digest, data=data)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return _not_utf8(name, data, error)
    return InputFile(name, digest, text.replace("\r\n", "\n").replace("\r", "\n"))


def _not_utf8(name: str, data: bytes, error: UnicodeDecodeError) -> Problem:
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before) - before.rfind(b"\n")
    return problem(
        ENCODING,
        Place(name, line=line, column=column),
        f"byte 0x{data[error.start]:02X} is not UTF-8",
        "save the file as UTF-8; your editor may call it 'UTF-8 without BOM'",
    )
