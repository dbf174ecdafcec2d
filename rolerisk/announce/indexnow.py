"""The IndexNow protocol: one POST, and what its answer means.

https://www.indexnow.org/documentation
"""

import json
import urllib.error
import urllib.request
from typing import Any
from urllib.parse import urlsplit

from msgspec import Struct

TIMEOUT = 30  # seconds without an answer

_MEANINGS = {
    200: "accepted",
    202: "received, the key is still to be validated",
    400: "the request has a wrong form",
    403: "the key is not valid: {key} has to be online and hold the key",
    422: "an address does not belong to {host}, or the key does not fit the protocol",
    429: "too many requests",
}


class Answer(Struct, frozen=True):
    """What the endpoint said: the HTTP status (0: nothing), what that means, and when to return."""

    status: int
    meaning: str
    retry_after: str = ""

    @property
    def accepted(self) -> bool:
        """Whether the addresses need not be sent again."""
        return self.status in (200, 202)


def post(endpoint: str, base_url: str, key: str, urls: tuple[str, ...]) -> Answer:
    """Send addresses. Whatever goes wrong on the way is an answer, not an exception."""
    host, location = urlsplit(base_url).netloc, f"{base_url}/{key}.txt"
    body = {"host": host, "key": key, "keyLocation": location, "urlList": urls}
    request = urllib.request.Request(
        endpoint,
        json.dumps(body).encode(),
        {"Content-Type": "application/json; charset=utf-8"},
        method="POST",
    )
    try:
        with _opener.open(request, timeout=TIMEOUT) as response:
            status, after = response.status, ""
    except urllib.error.HTTPError as error:
        with error:
            status, after = error.code, error.headers.get("Retry-After", "")
    except OSError as error:
        return Answer(0, f"no answer: {getattr(error, 'reason', error)}")
    meaning = _MEANINGS.get(status, "the endpoint failed" if status >= 500 else "not understood")
    return Answer(status, meaning.format(key=location, host=host), after)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """urllib would follow a redirect with a GET, and take its 200 for an acceptance."""

    def redirect_request(self, *_: Any) -> None:
        """Follow none: the redirect is the answer."""


_opener = urllib.request.build_opener(_NoRedirect)
