"""A finished folder, where its files are served, and which file a link leads to."""

import functools
import re
from pathlib import Path
from urllib.parse import unquote, urljoin

from msgspec import Struct, structs

from rolerisk.audit.page import Page
from rolerisk.finished import HOME, Finished, path_at
from rolerisk.problem import LocatedProblem, Rule, located
from rolerisk.text.address import base_path

NOT_FOUND = "404.html"
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class Target(Struct, frozen=True):
    """Where a link leads: a file, whether it is there or not, and an anchor, or an empty one.

    `outside` means that it leaves the path of the base URL; `path` is then the address itself.
    """

    path: str
    anchor: str
    outside: bool = False


class Folder(Struct, frozen=True):
    """A finished folder, with the base URL's path and what stands at the top."""

    site: Finished
    base: str
    top: frozenset[str]

    def url(self, path: str) -> str:
        """The absolute address that a file is served at."""
        return f"{self.site.base_url}/{path.removesuffix(HOME) if _is_index(path) else path}"

    def file_at(self, url: str) -> str | None:
        """The file that an absolute address leads to, whether it is there or not; None: not ours."""
        base, plain = self.site.base_url, re.split("[?#]", url, maxsplit=1)[0]
        if plain != base and not plain.startswith(f"{base}/"):
            return None
        return path_at(unquote(plain.removeprefix(base)))

    def own_file_at(self, url: str) -> str | None:
        """The same where it must be ours: other programs may answer beside the site's folders."""
        path = self.file_at(url)
        return path if path is not None and path.partition("/")[0] in self.top else None

    def target(self, page: str, link: str) -> Target | None:
        """Where a link of a page leads; None: to another site, or to what may be another program."""
        anchor = unquote(link.partition("#")[2])
        if link.startswith("#"):
            return Target(page, anchor)
        if _ELSEWHERE.match(link):
            path = self.own_file_at(link)
            return None if path is None else Target(path, anchor)
        if not link.startswith("/"):
            link = self.base + urljoin(self.url(page), link).removeprefix(self.site.base_url)
        plain = unquote(re.split("[?#]", link, maxsplit=1)[0])
        if not plain.startswith(f"{self.base}/"):
            return Target(plain, anchor, outside=True)
        return Target(path_at(plain.removeprefix(self.base)), anchor)

    def indexable(self, page: Page) -> bool:
        """Whether search engines may list the page, or should be able to."""
        special = page.stub or page.path == NOT_FOUND or self.site.preview
        return not special and not page.noindex

    def read(self, path: str, most: int = -1) -> bytes:
        """The bytes of a file, or the first ones of them."""
        with (Path(self.site.out) / path).open("rb") as file:
            return file.read(most)

    def text(self, path: str) -> str | None:
        """The text of a file; None when it is not there. What is no UTF-8 is replaced."""
        return self.read(path).decode("utf-8", "replace") if path in self.site.files else None

    def problem(
        self, rule: Rule, path: str, message: str, hint: str = "", line: int = 0, quote: str = ""
    ) -> LocatedProblem:
        """What is wrong with a file, or with one of its lines."""
        return located(
            rule, f"{self.site.out}/{path}", message, hint, line, 1 if line else 0, quote
        )

    def problem_at(
        self, rule: Rule, path: str, needle: str, message: str, hint: str = ""
    ) -> LocatedProblem:
        """The same, where the line is the first that holds a text."""
        for number, line in enumerate(self._lines(path), 1):
            if needle and needle in line:
                where = f"{self.site.out}/{path}"
                column = line.index(needle) + 1
                return located(rule, where, message, hint, number, column, line)
        return self.problem(rule, path, message, hint)

    def _lines(self, path: str) -> tuple[str, ...]:
        if path not in self.site.files:
            return ()
        file = Path(self.site.out) / path
        return _read_lines(file, file.stat().st_mtime_ns)


def dead_links(site: Finished) -> list[str]:
    """The symbolic links of a folder that lead to nothing."""
    return [path for path in site.links if not (Path(site.out) / path).exists()]


def folder_of(site: Finished) -> Folder:
    """The folder of a site that says where it is; a link to nothing is no file."""
    dead = set(dead_links(site))
    files = {path: size for path, size in site.files.items() if path not in dead}
    site = structs.replace(site, files=files)
    top = frozenset(path.partition("/")[0] for path in site.files)
    return Folder(site, base_path(site.base_url), top)


@functools.lru_cache(maxsize=1)
def _read_lines(file: Path, _: int) -> tuple[str, ...]:
    """The lines of a file that was changed at a certain time; many problems may be of one file."""
    return tuple(file.read_text("utf-8", "replace").splitlines())


def _is_index(path: str) -> bool:
    return path == HOME or path.endswith(f"/{HOME}")
