"""A finished output folder, as whoever publishes it finds it: no content, no caches are asked."""

import html
import os
import re
from pathlib import Path
from stat import S_ISLNK

from msgspec import Struct

HOME = "index.html"
_URL = re.compile(r'<meta property="og:url" content="([^"]+)">')
_NOINDEX = '<meta name="robots" content="noindex">'
_CLOSED = "User-agent: *\nDisallow: /\n"


class Finished(Struct, frozen=True):
    """What an output folder holds: sizes in bytes by path, folders, and which files are links.

    `base_url` is the address that the home page gives as its own, without a trailing slash, or
    empty; `closed` means that robots.txt keeps all crawlers out; `redirects`, `headers` and `gone`
    are the lines of the files for hosts, None without the file.
    """

    out: str
    files: dict[str, int]
    folders: int
    links: tuple[str, ...]
    base_url: str
    preview: bool
    closed: bool
    redirects: tuple[str, ...] | None
    headers: tuple[str, ...] | None
    gone: tuple[str, ...] | None


def finished(out: Path) -> Finished | None:
    """Read an output folder; None when it holds no home page, so nothing that was built."""
    home = _text(out / HOME)
    if home is None:
        return None
    url = _URL.search(home)
    files, folders, links = _files(out)
    return Finished(
        str(out),
        files,
        folders,
        links,
        html.unescape(url[1]).rstrip("/") if url else "",
        _NOINDEX in home,
        _CLOSED in (_text(out / "robots.txt") or ""),
        _lines(out / "_redirects"),
        _lines(out / "_headers"),
        _lines(out / "_gone"),
    )


def path_at(url: str) -> str:
    """The file that a server answers a root-relative address with, query and anchor taken off."""
    path = url.lstrip("/")
    return path + HOME if not path or path.endswith("/") else path


def _files(out: Path) -> tuple[dict[str, int], int, tuple[str, ...]]:
    """The sizes of all files, the number of folders, and the symbolic and hard links."""
    files: dict[str, int] = {}
    links, count = [], 0
    for folder, folders, names in os.walk(out):
        below = Path(folder).relative_to(out)
        count += len(folders)
        links += [
            (below / f).as_posix() for f in folders if os.path.islink(os.path.join(folder, f))
        ]
        for name in names:
            path = (below / name).as_posix()
            stat = os.lstat(os.path.join(folder, name))
            files[path] = stat.st_size
            if S_ISLNK(stat.st_mode) or stat.st_nlink > 1:
                links.append(path)
    return dict(sorted(files.items())), count, tuple(sorted(links))


def _lines(path: Path) -> tuple[str, ...] | None:
    text = _text(path)
    return None if text is None else tuple(text.splitlines())


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return None
