"""The content at an earlier revision, asked of git. Nothing is checked out and nothing written."""

import subprocess
from collections.abc import Collection, Iterator
from pathlib import Path

from rolerisk.errors import CommandError
from rolerisk.load import read_file
from rolerisk.model.sources import InputFile, Sources

_CONTENT = ("roles.yaml", "content", "templates")
# Where a branch usually begins, in the order in which they are tried.
_MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
_LINK = "120000"


class RevisionError(CommandError):
    """A revision cannot be read."""


def merge_base(root: Path, revision: str) -> str:
    """The commit at which the working tree's branch left a revision; an empty one means main's.

    Before the first commit it is the empty tree: all that is there is new. Raises RevisionError
    outside a git repository, or for a revision that is not there.
    """
    if not _exists(root, "HEAD"):
        _git(root, "rev-parse", "--git-dir")
        return _git(root, "hash-object", "-t", "tree", "--stdin").decode().strip()
    name = revision or next((name for name in _MAIN if _exists(root, name)), "")
    if not name:
        raise RevisionError(f"none of {', '.join(_MAIN)} is there: name a revision")
    if not _exists(root, name):
        raise RevisionError(f"git knows no revision {name!r} here")
    try:
        return _git(root, "merge-base", name, "HEAD").decode().strip()
    except RevisionError as error:
        hint = "a shallow clone has to be deepened first: git fetch --unshallow"
        raise RevisionError(f"{name} and HEAD have no commit in common; {hint}") from error


def changed_paths(root: Path, base: str) -> frozenset[str]:
    """The input files that are not as they were, with those that are new or gone."""
    known = ("diff", "--name-only", "--no-renames", "--relative", "-z", base, "--", *_CONTENT)
    new = ("ls-files", "--others", "--exclude-standard", "-z", "--", *_CONTENT)
    listed = _git(root, *known) + _git(root, *new)
    return frozenset(name.decode() for name in listed.split(b"\0") if name)


def sources_at(root: Path, base: str, paths: Collection[str] = _CONTENT) -> Sources:
    """The input files of a commit below some paths, read as stage 1 reads those of today."""
    names = dict(_blobs(root, base, paths)) if paths else {}
    read = {path: read_file(path, data) for path, data in _contents(root, names)}
    files = {path: file for path, file in read.items() if isinstance(file, InputFile)}
    return Sources(files, frozenset(read.keys() - files.keys()))


def _blobs(root: Path, base: str, paths: Collection[str]) -> Iterator[tuple[str, str]]:
    """The paths of a commit's files with the names of their blobs; links are left out."""
    for entry in filter(None, _git(root, "ls-tree", "-r", "-z", base, "--", *paths).split(b"\0")):
        head, _, path = entry.decode().partition("\t")
        mode, kind, name = head.split()
        if kind == "blob" and mode != _LINK and not path.rpartition("/")[2].startswith("."):
            yield path, name


def _contents(root: Path, names: dict[str, str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of blobs, all of them asked of one process."""
    asked = "".join(f"{name}\n" for name in names.values()).encode()
    answer, at = _git(root, "cat-file", "--batch", given=asked), 0
    for path in names:
        head_end = answer.index(b"\n", at)
        size = int(answer[at:head_end].split()[2])
        yield path, answer[head_end + 1 : head_end + 1 + size]
        at = head_end + size + 2


def _exists(root: Path, name: str) -> bool:
    try:
        return bool(
            _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        )
    except RevisionError:
        return False


def _git(root: Path, *words: str, given: bytes = b"") -> bytes:
    try:
        ran = subprocess.run(
            ["git", "-C", str(root), *words], input=given, capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise RevisionError("git is not installed") from error
    if ran.returncode:
        said = ran.stderr.decode(errors="replace").strip().removeprefix("fatal: ")
        raise RevisionError(f"git {words[0]}: {said or 'failed'}")
    return ran.stdout
