"""Damage to a built site, planted to be found by `check --site`: by name, with what is said of it."""

import random
import re
from collections.abc import Callable
from pathlib import Path

from rolerisk.audit.check import check_site
from rolerisk.finished import finished
from rolerisk.problem import LocatedProblem
from rolerisk.report import in_order

DIVER, BAKER = "roles/diver/index.html", "roles/baker/index.html"
HOME = "https://test.example.org"
SUMMARY = "What of the work of a {} today's tools can do, task by task, and what stays."
SITEMAPS = "urlset of http://www.sitemaps.org/schemas/sitemap/0.9"
STUB = "roles/frogman/index.html"
CANONICAL = f'<link rel="canonical" href="{HOME}/roles/diver/">'


class Out:
    """An output folder that a test damages."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, "utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace the first occurrence of a text that must be there."""
        text = self.read(path)
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new, 1))

    def add(self, path: str, html: str) -> None:
        """Add something at the end of a page's main part."""
        self.edit(path, "</main>", f"{html}\n</main>")

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def problems(self, jobs: int = 1) -> list[LocatedProblem]:
        site = finished(self.root)
        assert site is not None
        return in_order(check_site(site, jobs))

    def report(self) -> list[str]:
        """All problems without their lines, with paths from the folder on."""
        problems = self.problems()
        for found in problems:
            self._assert_place(found)
        texts = (f"{p.path}: {p.message} [{p.rule}]" for p in problems)
        return [text.replace(f"{self.root}/", "").replace(str(self.root), ".") for text in texts]

    def _assert_place(self, found: LocatedProblem) -> None:
        """A line that is told is one of the file, and quoted; in a page an element begins there."""
        if found.line and found.rule != "site-page":
            line = Path(found.path).read_text("utf-8").split("\n")[found.line - 1]
            assert line.startswith(found.quote)
            assert not found.path.endswith(".html") or line[found.column - 1] == "<"


Damage = Callable[[Out], object]


def edit(path: str, old: str, new: str) -> Damage:
    return lambda out: out.edit(path, old, new)


def add(html: str, path: str = DIVER) -> Damage:
    return lambda out: out.add(path, html)


def gone(path: str) -> Damage:
    return lambda out: out.remove(path)


def without(path: str, pattern: str) -> Damage:
    """Take out all that a pattern matches, which must be something."""

    def damage(out: Out) -> None:
        text, count = re.subn(pattern, "", out.read(path), flags=re.DOTALL)
        assert count
        out.write(path, text)

    return damage


def same(pattern: str) -> Damage:
    """The diver's page says what the baker's says."""

    def damage(out: Out) -> None:
        diver, baker = (re.search(pattern, out.read(path)) for path in (DIVER, BAKER))
        assert diver and baker
        out.edit(DIVER, diver[0], baker[0])

    return damage


def noise(size: int) -> str:
    """Letters that no compression makes much shorter, the same ones every time."""
    return random.Random(1).randbytes(size).hex()
