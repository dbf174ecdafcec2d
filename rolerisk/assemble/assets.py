"""templates/assets/ → files that are published as they are, with addresses that tell their bytes.

Assets are fingerprinted before any page is planned, so that a page's context carries the URL that
goes with the bytes: a changed script makes exactly the pages stale that use it.
"""

from rolerisk.model.site import Asset
from rolerisk.model.sources import Sources

_FOLDER = "templates/assets/"
_FIXED = {  # names that browsers, hosts and feeds ask for
    "favicon.svg": "/favicon.svg",
    "icon-192.png": "/icon-192.png",
    "icon-512.png": "/icon-512.png",
    "apple-touch-icon.png": "/apple-touch-icon.png",
}


def assemble_assets(sources: Sources) -> dict[str, Asset]:
    """The assets by file name; those without a fixed address get their digest in it."""
    found = {}
    for path, file in sources.files.items():
        name = path.removeprefix(_FOLDER)
        if name == path or name.endswith(".css") or "/" in name:
            continue
        stem, _, suffix = name.rpartition(".")
        url = _FIXED.get(name, f"/assets/{stem}.{file.digest[:10]}.{suffix}")
        found[name] = Asset(name, url, file.digest, file.data or file.text.encode())
    return found
