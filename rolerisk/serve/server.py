"""The server: our application on loopback, with livereload's handlers and our watcher.

Livereload's own server lets every page on the web open its socket and force reloads. Here the
socket is for pages that came from here, and for requests that name this machine: a foreign name
that leads to 127.0.0.1 (DNS rebinding) finds nothing.
"""

import hashlib
import logging
from collections.abc import Callable
from pathlib import Path
from socket import socket
from typing import Any

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, FallbackHandler
from tornado.websocket import WebSocketHandler
from tornado.wsgi import WSGIContainer

from rolerisk import report
from rolerisk.errors import CommandError
from rolerisk.pipeline import build
from rolerisk.serve.app import App
from rolerisk.serve.preview import Preview
from rolerisk.serve.rebuilder import Rebuilder
from rolerisk.settings import BuildReport, Settings
from rolerisk.text.address import base_path

HOST = "127.0.0.1"
_NAMES_OF_HERE = r"(localhost|127\.0\.0\.1|\[::1\])"
_IN_PLACE = Path(__file__).with_name("in_place.js").read_bytes()
# Fetched after the page's own files: who looks at a page does not wait for it.
_FOLLOWING = b"""<script data-page="%s">addEventListener("load", () => document.head.append(Object.assign(
document.createElement("script"), {src: "/livereload.js"})))</script>"""


def serve(settings: Settings, port: int, say: Callable[[str], Any]) -> None:
    """Build, serve and rebuild until interrupted; `say` prints a line. Port 0 is any free one.

    Raises CommandError when the port is taken.
    """
    logging.getLogger("livereload").setLevel(logging.WARNING)
    logging.getLogger("tornado.access").setLevel(logging.ERROR)
    loop = IOLoop.current()

    def announce(done: BuildReport) -> None:
        for problem in done.problems:
            say(report.problem_text(problem))
        if done.sound:
            say(f"{done.files:,} files: {done.written:,} written, {done.removed:,} removed")

    preview = Preview(settings.root)

    def build_all() -> BuildReport:
        preview.begin()
        return build(settings, lambda _done, _total: None, preview.learn)

    rebuilder = Rebuilder(
        settings.root,
        build_all,
        announce,
        lambda: loop.add_callback(LiveReloadHandler.reload_waiters),
        preview.save,
    )

    sockets = _listen(port)
    rebuilder.rebuild()
    base = _base(settings)
    app = App(settings.out, base, lambda: rebuilder.overlay, preview.pages, _following)
    HTTPServer(application(app)).add_sockets(sockets)
    port = sockets[0].getsockname()[1]
    LiveReloadHandler.watcher = rebuilder
    rebuilder.start()
    say(f"serving http://{HOST}:{port}{base}/ (Ctrl+C ends it)")
    try:
        loop.start()
    except KeyboardInterrupt:
        pass
    finally:
        rebuilder.stop()


def _following(page: bytes) -> bytes:
    return _FOLLOWING % hashlib.blake2b(page, digest_size=8).hexdigest().encode()


def _listen(port: int) -> list[socket]:
    try:
        return bind_sockets(port, HOST)
    except OSError as error:
        message = f"port {port} cannot be used ({error.strerror}); --port 0 takes a free one"
        raise CommandError(message) from error


def application(app: App) -> Application:
    """The site, and below it the socket and the script by which its pages follow saves."""
    made = Application([(r".*", FallbackHandler, {"fallback": WSGIContainer(app)})])
    live = [(r"/livereload", _Socket), (r"/livereload.js", _Script)]
    made.add_handlers(_NAMES_OF_HERE, live)
    return made


class _Socket(LiveReloadHandler):  # type: ignore[misc]
    """The socket on which pages hear of saves."""

    def check_origin(self, origin: str) -> bool:
        """Whether the page that opens the socket came from here; livereload would take any."""
        return WebSocketHandler.check_origin(self, origin)


class _Script(LiveReloadJSHandler):  # type: ignore[misc]
    """livereload.js behind what it shall do on a save."""

    def get(self) -> None:
        """Answer with both."""
        self.write(_IN_PLACE)
        super().get()


def _base(settings: Settings) -> str:
    """The base URL's path, as far as site.yaml can be read."""
    from rolerisk.load import load
    from rolerisk.parse.tables import parse_config

    config, _ = parse_config(load(settings.root)[0])
    return base_path(config.base_url) if config else ""
