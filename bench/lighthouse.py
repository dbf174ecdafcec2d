"""Prints Lighthouse's four scores of the home page, a role and a hub, as a phone and a desktop see them.

python -m bench.lighthouse [SITE_FOLDER]

It needs Chromium and what `npm ci --prefix bench` installs; without them it says so.
"""

import functools
import json
import os
import shutil
import subprocess
import sys
import threading
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

LIGHTHOUSE = Path(__file__).parent / "node_modules/.bin/lighthouse"
SCORES = ("performance", "accessibility", "best-practices", "seo")
FORMS = {"mobile": [], "desktop": ["--preset=desktop"]}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        pass


def main() -> None:
    """Serve the site on loopback, run Lighthouse over three of its pages, print a table."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    chromium = shutil.which("chromium")
    if not chromium or not LIGHTHOUSE.exists():
        print("Lighthouse: not run, it needs chromium and npm")
        return
    handler = functools.partial(_Quiet, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(f"{'Lighthouse':46}" + "".join(f"{name:>15}" for name in SCORES))
    for url in _pages(site):
        for form, options in FORMS.items():
            address = f"http://127.0.0.1:{server.server_port}{url}"
            found = _scores(address, options, chromium)
            print(f"  {url + ' ' + form:44}" + "".join(f"{found[name]:>15}" for name in SCORES))
    server.shutdown()


def _pages(site: Path) -> tuple[str, ...]:
    """The home page, and the first role and the first hub there are."""
    folders = (sorted(site.glob(f"{kind}/*/index.html"))[:1] for kind in ("roles", "categories"))
    return ("/", *(f"/{page.parent.relative_to(site)}/" for found in folders for page in found))


def _scores(address: str, options: list[str], chromium: str) -> dict[str, str]:
    """The scores of one page, 0 to 100; a dash where Lighthouse gave none."""
    flags = "--chrome-flags=--headless --no-sandbox --disable-gpu"
    ran = subprocess.run(
        [str(LIGHTHOUSE), address, *options, flags, "--quiet", "--output=json"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "CHROME_PATH": chromium},
    )
    scores = {name: of["score"] for name, of in json.loads(ran.stdout)["categories"].items()}
    return {
        name: "-" if scores.get(name) is None else str(round(scores[name] * 100)) for name in SCORES
    }


if __name__ == "__main__":
    main()
