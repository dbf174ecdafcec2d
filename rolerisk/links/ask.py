"""One request to a web server, and what came back: whatever happens is a reply, no exception."""

import contextlib
import http.client
import socket
import ssl
import threading
from functools import cache
from urllib.parse import quote, urlsplit

from msgspec import Struct

ENOUGH = 65_536  # bytes of a page that are read: to see that it is one
_SAFE = "%/:=&?~+!$,;'@()*[]"


class Reply(Struct, frozen=True):
    """A server's reply; without a status there was none, and `failure` says why.

    `lost` means that there is no such host, so that nobody need ask again.
    """

    status: int = 0
    reason: str = ""
    location: str = ""
    retry_after: str = ""
    failure: str = ""
    lost: bool = False


def request(method: str, url: str, agent: str, seconds: float) -> Reply:
    """Send a request that must be answered within so many seconds, however slowly it drips."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        connection = (
            http.client.HTTPSConnection(host, parts.port, timeout=seconds, context=_context())
            if parts.scheme == "https"
            else http.client.HTTPConnection(host, parts.port, timeout=seconds)
        )
    except (ValueError, http.client.HTTPException):
        return Reply(failure="is not an address that can be asked", lost=True)
    path = quote(parts.path or "/", safe=_SAFE) + (
        f"?{quote(parts.query, safe=_SAFE)}" if parts.query else ""
    )
    late = threading.Event()
    watch = threading.Timer(seconds, _cut, (connection, late))
    watch.daemon = True
    watch.start()
    try:
        connection.request(method, path, headers={"User-Agent": agent, "Accept": "*/*"})
        reply = _reply(connection.getresponse(), method)
    except (OSError, http.client.HTTPException, ValueError) as error:
        reply = _failed(error, seconds)
    finally:
        watch.cancel()
        connection.close()
    # What was cut off may look like an answer: headers end where the connection does.
    return Reply(failure=_too_late(seconds)) if late.is_set() else reply


@cache
def _context() -> ssl.SSLContext:
    """Which certificates hold; reading them takes longer than a request."""
    return ssl.create_default_context()


def _reply(response: http.client.HTTPResponse, method: str) -> Reply:
    wanted = min(response.length or 0, ENOUGH) if method == "GET" else 0
    got = len(response.read(ENOUGH)) if method == "GET" else 0
    if got < wanted:
        return Reply(failure=f"the answer breaks off after {got:,} bytes")
    location = response.getheader("Location", "").encode("latin-1", "replace")
    return Reply(
        response.status,
        response.reason,
        location.decode("utf-8", "replace"),
        response.getheader("Retry-After", ""),
    )


def _cut(connection: http.client.HTTPConnection, late: threading.Event) -> None:
    """End a connection that takes too long: whoever waits for it gets an error."""
    late.set()
    if connection.sock is not None:
        with contextlib.suppress(OSError):  # it has just ended by itself
            connection.sock.shutdown(socket.SHUT_RDWR)


def _failed(error: Exception, seconds: float) -> Reply:
    match error:
        case socket.gaierror():
            lost = error.errno in (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", None))
            return Reply(failure="there is no such host", lost=lost)
        case TimeoutError():
            return Reply(failure=_too_late(seconds))
        case ssl.SSLCertVerificationError():
            return Reply(failure=f"its certificate does not hold: {error.verify_message}")
        case http.client.IncompleteRead():
            return Reply(failure=f"the answer breaks off after {len(error.partial):,} bytes")
        case OSError() if error.strerror:
            return Reply(failure=error.strerror.lower())
        case _:
            return Reply(failure="what comes back is no answer")


def _too_late(seconds: float) -> str:
    return f"no answer within {seconds:g} seconds"
