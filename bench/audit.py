"""Prints what the built pages weigh against their budgets; over one, its exit code is 1.

python -m bench.audit [SITE_FOLDER]
"""

import statistics
import sys
from pathlib import Path

import brotli

from rolerisk.compress import BROTLI_QUALITY

FIRST_FLIGHT = 14_600  # bytes of a role page with its styles: what a new connection carries at once
SCRIPTS = 12_000  # bytes of all our interaction code together


def main() -> None:
    """Weigh the role pages and the scripts, with brotli as a server sends them."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    pages = {page.parent.name: _weight(page) for page in sorted(site.glob("roles/*/index.html"))}
    scripts = {script.name: _weight(script) for script in sorted(site.glob("assets/*.js"))}
    if not pages:
        sys.exit(f"no role pages in {site}: build first")
    heaviest = sorted(pages, key=lambda name: -pages[name])[:5]
    over = sum(weight > FIRST_FLIGHT for weight in pages.values())
    print(
        f"role pages with styles, brotli: {len(pages)}, median {statistics.median(pages.values()):,.0f} bytes"
    )
    for name in heaviest:
        print(f"  {pages[name]:>7,}  {name}")
    print(f"  over {FIRST_FLIGHT:,}: {over}")
    print(f"scripts, brotli: {sum(scripts.values()):,} of {SCRIPTS:,} bytes")
    for name, weight in scripts.items():
        print(f"  {weight:>7,}  {name}")
    sys.exit(1 if over or sum(scripts.values()) > SCRIPTS else 0)


def _weight(file: Path) -> int:
    return len(brotli.compress(file.read_bytes(), quality=BROTLI_QUALITY))


if __name__ == "__main__":
    main()
