"""templates/assets/ → files that are published as they are, with addresses that tell their bytes.

Assets are fingerprinted before any page is planned, so that a page's context carries the URL that
goes with the bytes: a changed script makes exactly the pages stale that use it.
"""

import hashlib

import rcssmin

from rolerisk.model.site import Asset
from rolerisk.model.sources import Sources

_FOLDER = "templates/assets/"
_FIXED = {  # names that browsers, hosts and feeds ask for
    "favicon.svg": "/favicon.svg",
    "icon-192.png": "/icon-192.png",
    "icon-512.png": "/icon-512.png",
    "apple-touch-icon.png": "/apple-touch-icon.png",
}
_LOADED = ("find.css",)  # style sheets that a script loads; the others stand inside the pages


def style_sheets(sources: Sources) -> dict[str, str]:
    """The style sheets by file name, as small as they get."""
    return {
        path.removeprefix(_FOLDER): str(rcssmin.cssmin(file.text))
        for path, file in sources.files.items()
        if path.startswith(_FOLDER) and path.endswith(".css")
    }


def assemble_assets(sources: Sources, styles: dict[str, str]) -> dict[str, Asset]:
    """The assets by file name; those without a fixed address get their digest in it."""
    found = {name: _style_sheet(name, styles[name]) for name in _LOADED if name in styles}
    for path, file in sources.files.items():
        name = path.removeprefix(_FOLDER)
        if name == path or name.endswith(".css") or "/" in name:
            continue
        stem, _, suffix = name.rpartition(".")
        url = _FIXED.get(name, f"/assets/{stem}.{file.digest[:10]}.{suffix}")
        found[name] = Asset(name, url, file.digest, file.data or file.text.encode())
    return found


def _style_sheet(name: str, css: str) -> Asset:
    data = css.encode()
    digest = hashlib.sha256(data).hexdigest()
    return Asset(name, f"/assets/{name.removesuffix('.css')}.{digest[:10]}.css", digest, data)
