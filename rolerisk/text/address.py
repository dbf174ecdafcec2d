"""Addresses: the base URL's path, and links inside converted Markdown led below it."""

import re
from urllib.parse import urlsplit

_RESERVED = ("example", "invalid", "localhost", "test")
_OWN_LINK = re.compile(r'(<(?:a|img) [^>]*?(?:href|src)=")/(?!/)')


def base_path(base_url: str) -> str:
    """The path of the base URL: empty, or such as /site."""
    return "/" + base_url.split("/", 3)[3] if base_url.count("/") > 2 else ""


def is_real(base_url: str) -> bool:
    """Whether an address can be somebody's: RFC 2606 and RFC 6761 reserve some names for nobody."""
    host = urlsplit(base_url).hostname or ""
    return "." in host and host.rpartition(".")[2] not in _RESERVED


def with_base(html: str, base: str) -> str:
    """Root-relative links of converted Markdown, led below the base URL's path."""
    return _OWN_LINK.sub(rf"\g<1>{base}/", html) if base else html
