"""Watches the input and rebuilds, in place of livereload's own watcher.

livereload's own polls every 0.8 s and drops a reload that comes within 3 s of the last one. This
one hears of a change from the operating system, rebuilds in its thread and reloads at once.
"""

import threading
import traceback
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import watchfiles

from rolerisk.serve.overlay import problems_overlay, sheet
from rolerisk.settings import BuildReport

_GROUPING, _QUIET = 200, 15  # ms: changes that belong together, and how long to wait for one more
_REST = 700  # ms without a save, before a build follows the pages that were shown at once


class Rebuilder:
    """Builds on every change of the input, and keeps what the browser should be told."""

    def __init__(
        self,
        root: Path,
        build: Callable[[], BuildReport],
        report: Callable[[BuildReport], None],
        reload: Callable[[], None],
        show: Callable[[Iterable[str]], bool] = lambda _: False,
    ) -> None:
        """`report` is told of every build, `reload` makes the browsers load again.

        `show` is told of every save, by the paths of the files; it says whether the pages that
        depend on them can be looked at already, so that the build can wait.
        """
        self.root = root
        self.overlay = ""
        self._build, self._report, self._reload, self._show = build, report, reload, show
        self._stop = threading.Event()
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
        """Watch in a thread of its own."""
        threading.Thread(target=self._watch, daemon=True).start()

    def stop(self) -> None:
        """End the watching."""
        self._stop.set()

    def _watch(self) -> None:
        waiting = False
        for changes in watchfiles.watch(
            *self._inputs(),
            watch_filter=self._is_input,
            debounce=_GROUPING,
            step=_QUIET,
            stop_event=self._stop,
            rust_timeout=_REST,
            yield_on_timeout=True,
            raise_interrupt=False,
        ):
            paths = {Path(path).relative_to(self.root).as_posix() for _, path in changes}
            if paths and self._show(paths):
                waiting = True
            elif paths or waiting:
                waiting = False
                self.rebuild()
            else:
                continue
            self._reload()

    def _inputs(self) -> tuple[Path, ...]:
        """The project's root is watched for roles.yaml, which editors replace rather than write."""
        return (self.root,)

    def _is_input(self, _change: Any, path: str) -> bool:
        below = Path(path).relative_to(self.root).parts
        return bool(below) and (below[0] in ("content", "templates") or below == ("roles.yaml",))
