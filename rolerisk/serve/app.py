"""The site as a WSGI application: the files of a finished build, and nothing else."""

import mimetypes
import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import quote

Start = Callable[..., Any]
_LOCAL = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?")
_META_CSP = re.compile(rb'<meta http-equiv="?Content-Security-Policy"?[^>]*>', re.IGNORECASE)
_FINGERPRINTED = re.compile(r".+\.[0-9a-f]{10}\.\w+")
_TYPES = {".webmanifest": "application/manifest+json", ".md": "text/markdown; charset=utf-8"}


class App:
    """Serves a folder below the base URL's path; `overlay` gives HTML to lay over every page."""

    def __init__(
        self,
        folder: Path,
        base: str,
        overlay: Callable[[], str],
        newer: Mapping[str, bytes] = MappingProxyType({}),
        script: Callable[[bytes], bytes] = lambda _: b"",
    ) -> None:
        """`newer` holds pages that are not in the folder yet, by their paths below it.

        What `script` gives for a page is put at the end of its head.
        """
        self.folder = folder.resolve()
        self.base = base
        self.overlay = overlay
        self.newer = newer
        self.script = script

    def __call__(self, environ: dict[str, Any], start: Start) -> Iterable[bytes]:
        """Answer one request."""
        if not _LOCAL.fullmatch(environ.get("HTTP_HOST", "")):
            return _plain(
                start, "403 Forbidden", "This server answers requests to this machine only."
            )
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return _plain(start, "405 Method Not Allowed", "GET and HEAD only.")
        path = environ.get("PATH_INFO", "/").encode("latin-1").decode("utf-8", "replace")
        if self.base and not path.startswith(self.base + "/"):
            start("302 Found", [("Location", self.base + "/"), ("Content-Length", "0")])
            return [b""]
        body = self._answer(path.removeprefix(self.base), start)
        return body if environ["REQUEST_METHOD"] == "GET" else [b""]

    def _answer(self, path: str, start: Start) -> Iterable[bytes]:
        file = self._file(path)
        if file is None:
            missing = self.folder / "404.html"
            page = (
                missing.read_bytes()
                if missing.is_file()
                else b"<head></head><body>Nothing here yet.</body>"
            )
            return self._page(start, "404 Not Found", page)
        if file.is_dir():
            # From the folder that was found, never from what was asked for: //evil.example/../roles
            below = quote(file.relative_to(self.folder).as_posix())
            location = f"{self.base}/{below}/".replace("/./", "/")
            start("301 Moved Permanently", [("Location", location), ("Content-Length", "0")])
            return [b""]
        data = self.newer.get(file.relative_to(self.folder).as_posix()) or file.read_bytes()
        if file.suffix == ".html":
            return self._page(start, "200 OK", data)
        kind = _TYPES.get(file.suffix) or mimetypes.guess_type(file.name)[0] or "text/plain"
        lasting = bool(_FINGERPRINTED.fullmatch(file.name)) and file.parent.name == "assets"
        start("200 OK", [("Content-Type", kind), *_headers(data, lasting)])
        return [data]

    def _file(self, path: str) -> Path | None:
        """The file (or the folder, when its slash is missing) of a path; None outside the folder."""
        if "\0" in path or "\\" in path:
            return None
        wanted = self.folder / path.lstrip("/")
        if path.endswith("/"):
            wanted /= "index.html"
        try:
            found = wanted.resolve()
            inside = found.is_relative_to(self.folder) and found.exists()
        except OSError:
            return None
        return found if inside else None

    def _page(self, start: Start, status: str, page: bytes) -> Iterable[bytes]:
        page = _META_CSP.sub(b"", page)  # it would refuse the script that follows saves
        overlay = self.overlay().encode()
        if overlay:
            page = (
                page.replace(b"</body>", overlay + b"</body>")
                if b"</body>" in page
                else page + overlay
            )
        page = page.replace(b"</head>", self.script(page) + b"</head>", 1)
        start(status, [("Content-Type", "text/html; charset=utf-8"), *_headers(page)])
        return [page]


def _headers(data: bytes, lasting: bool = False) -> list[tuple[str, str]]:
    """What has a digest in its name is asked for once: another text has another name."""
    caching = "max-age=31536000, immutable" if lasting else "no-store"
    return [("Content-Length", str(len(data))), ("Cache-Control", caching)]


def _plain(start: Start, status: str, text: str) -> Iterable[bytes]:
    data = text.encode()
    start(status, [("Content-Type", "text/plain"), *_headers(data)])
    return [data]
