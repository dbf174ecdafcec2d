"""_headers: what hosts send with the files, in the form that Netlify and Cloudflare Pages read.

deploy/nginx.conf includes the same, as `build.py nginx` writes it; vercel.json says it by hand.
"""

from collections.abc import Iterable

from rolerisk.model.files import Lines
from rolerisk.model.output import Output
from rolerisk.text.policy import header_policy

_LONG, _SHORT = "public, max-age=31536000, immutable", "public, max-age=300"


def headers(styles: Iterable[str], preview: bool) -> Output:
    """The file of headers, for pages whose style elements hold these texts."""
    lines = (
        "/*",
        f"  Content-Security-Policy: {header_policy(styles)}",
        "  X-Content-Type-Options: nosniff",
        "  Referrer-Policy: strict-origin-when-cross-origin",
        "  Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        f"  Cache-Control: {_SHORT}",
        *(["  X-Robots-Tag: noindex"] if preview else []),
        "/assets/*",
        "  ! Cache-Control",
        f"  Cache-Control: {_LONG}",
        "/data/*",
        "  Access-Control-Allow-Origin: *",
    )
    return Output("_headers", "lines.txt", Lines(lines))
