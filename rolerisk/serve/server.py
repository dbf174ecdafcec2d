"""The server: livereload on loopback, with our application and our watcher."""

import logging
from collections.abc import Callable
from typing import Any

from livereload import Server
from livereload.handlers import LiveReloadHandler
from tornado.ioloop import IOLoop

from rolerisk import report
from rolerisk.pipeline import build
from rolerisk.serve.app import App
from rolerisk.serve.preview import Preview
from rolerisk.serve.rebuilder import Rebuilder
from rolerisk.settings import BuildReport, Settings
from rolerisk.text.address import base_path

HOST = "127.0.0.1"


def serve(settings: Settings, port: int, say: Callable[[str], Any]) -> None:
    """Build, serve and rebuild until interrupted; `say` prints a line."""
    logging.getLogger("livereload").setLevel(logging.WARNING)
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    loop = IOLoop.current()

    def announce(done: BuildReport) -> None:
        for problem in done.problems:
            say(report.problem_text(problem))
        if done.sound:
            say(f"{done.files:,} files: {done.written:,} written, {done.removed:,} removed")

    preview = Preview(settings.root)
    rebuilder = Rebuilder(
        settings.root,
        lambda: build(settings, lambda _done, _total: None, preview.learn),
        announce,
        lambda: loop.add_callback(LiveReloadHandler.reload_waiters),
        preview.save,
    )
    rebuilder.rebuild()
    base = _base(settings)
    app = App(settings.out, base, lambda: rebuilder.overlay, preview.pages)
    server = Server(app, watcher=rebuilder)
    server._setup_logging = lambda: None  # it would print every request
    say(f"serving http://{HOST}:{port}{base}/ (Ctrl+C ends it)")
    try:
        server.serve(port=port, host=HOST, debug=False)
    finally:
        rebuilder.stop()


def _base(settings: Settings) -> str:
    """The base URL's path, as far as site.yaml can be read."""
    from rolerisk.load import load
    from rolerisk.parse.tables import parse_config

    config, _ = parse_config(load(settings.root)[0])
    return base_path(config.base_url) if config else ""
