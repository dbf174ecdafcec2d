"""Watches the input and rebuilds, in place of livereload's own watcher.

livereload's own polls every 0.8 s and drops a reload that comes within 3 s of the last one. This
one hears of a change from the operating system, rebuilds in a thread of its own and tells the
browsers at once.
"""

import os
import threading
import traceback
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import watchfiles

from rolerisk.serve.overlay import problems_overlay, sheet
from rolerisk.settings import BuildReport

_GROUPING, _QUIET = 200, 5  # ms: changes that belong together, and how long to wait for one more
_REST = 100  # ms without a save; before one, what writes a file may not have done so in one go
_RESTS = 7  # before a build follows the pages that were shown at once
_FOLDERS = ("content", "templates")


class Rebuilder:
    """Builds on every change of the input, and keeps what the browser should be told."""

    def __init__(
        self,
        root: Path,
        build: Callable[[], BuildReport],
        report: Callable[[BuildReport], None],
        reload: Callable[[], None],
        show: Callable[[Iterable[str]], int | None] = lambda _: None,
    ) -> None:
        """`report` is told of every build, `reload` tells the browsers that pages may have changed.

        `show` is told of every save, by the paths of the files; it says how many pages can be
        looked at already, so that the build can wait, or None when it cannot.
        """
        self.root = root
        self.overlay = ""
        self._build, self._report, self._reload, self._show = build, report, reload, show
        self._stop, self._due = threading.Event(), threading.Event()
        self.filepath = "*"  # what livereload's handler tells the browsers

    def rebuild(self) -> None:
        """Build once; whatever happens becomes the overlay, never an exception."""
        try:
            done = self._build()
        except Exception as error:  # whatever it is, the server stays up and says so
            self.overlay = sheet(f"the build failed: {error}", traceback.format_exc())
            return
        self.overlay = problems_overlay(done.problems)
        self._report(done)

    def start(self) -> None:
        """Watch in one thread and build in another: a save is shown while a build goes on."""
        threading.Thread(target=self._watch, daemon=True).start()
        threading.Thread(target=self._build_when_due, daemon=True).start()

    def stop(self) -> None:
        """End the watching, and the building after the build that goes on."""
        self._stop.set()
        self._due.set()

    def _build_when_due(self) -> None:
        while self._due.wait() and not self._stop.is_set():
            self._due.clear()
            self.rebuild()
            self._reload()

    def _watch(self) -> None:
        rests = 0  # so many more, and a build follows
        while not self._stop.is_set():
            for paths in self._saves(self._folders()):
                if paths:
                    shown = self._shown(paths)
                    rests = 1 if shown is None else _RESTS
                    if shown:
                        self._reload()
                elif rests:
                    rests -= 1
                    if not rests:
                        self._due.set()
            rests = rests or 1  # of what was saved meanwhile, nobody has told

    def _shown(self, paths: set[str]) -> int | None:
        try:
            return self._show(paths)
        except Exception:  # the build that follows meets it again, and says so
            return None

    def _saves(self, folders: tuple[Path, ...]) -> Iterator[set[str]]:
        """The paths of what is saved, and an empty set after each rest, until folders come or go.

        Only folders of input are watched: a site of ten thousand roles has as many of output.
        """
        first = True
        with suppress(FileNotFoundError):  # a folder that has gone since it was listed
            for changes in watchfiles.watch(
                *folders,
                watch_filter=self._is_input,
                debounce=_GROUPING,
                step=_QUIET,
                stop_event=self._stop,
                rust_timeout=_REST,
                yield_on_timeout=True,
                raise_interrupt=False,
                recursive=False,
            ):
                paths = {Path(path) for _, path in changes}
                yield {path.relative_to(self.root).as_posix() for path in paths}
                moved = any(path in folders or path.is_dir() for path in paths)
                if (first or moved) and self._folders() != folders:
                    return
                first = False

    def _folders(self) -> tuple[Path, ...]:
        """The project's root is watched for roles.yaml, which editors replace rather than write."""
        tops = (self.root / name for name in _FOLDERS)
        return (self.root, *sorted(Path(at) for top in tops for at, _, _ in os.walk(top)))

    def _is_input(self, _change: Any, path: str) -> bool:
        below = Path(path).relative_to(self.root).parts
        return bool(below) and (below[0] in _FOLDERS or below == ("roles.yaml",))
