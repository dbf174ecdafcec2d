"""The content security policy: one text for the pages' meta element and for what hosts send.

A page's only inline code is its style element, which the policy names by its digest. JSON-LD is no
code, and what is loaded comes from the site itself.
"""

import base64
import hashlib
from collections.abc import Iterable
from functools import lru_cache


def page_policy(*styles: str) -> str:
    """The policy of pages whose style elements hold these texts, without what only a header can say.

    The search needs wasm-unsafe-eval: its index is read by a WebAssembly module.
    """
    digests = "".join(f" 'sha256-{digest}'" for digest in sorted(map(_digest, styles)))
    return (
        f"default-src 'none'; style-src 'self'{digests}; script-src 'self' 'wasm-unsafe-eval'; "
        "connect-src 'self'; img-src 'self' data:; manifest-src 'self'; base-uri 'none'; "
        "form-action 'self'"
    )


def header_policy(styles: Iterable[str]) -> str:
    """The policy that a host sends with every page: the styles of all, and that nobody frames them."""
    return f"{page_policy(*styles)}; frame-ancestors 'none'"


@lru_cache(maxsize=32)
def _digest(style: str) -> str:
    return base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
