"""Prints what the built pages weigh against their budgets; over one, its exit code is 1.

python -m bench.audit [SITE_FOLDER]

The budgets, and which files they are for, are those of `check --site`.
"""

import statistics
import sys
from pathlib import Path

from rolerisk.audit.weight import PAGE_BUDGET, SCRIPT_BUDGET, is_role_page, script_paths, weight
from rolerisk.finished import finished


def main() -> None:
    """Weigh the role pages and the scripts, with brotli as a server sends them."""
    out = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    site = finished(out)
    paths = [path for path in site.files if is_role_page(path)] if site else []
    if site is None or not paths:
        sys.exit(f"no role pages in {out}: build first")
    pages = {path.split("/")[1]: weight((out / path).read_bytes()) for path in paths}
    scripts = {Path(path).name: weight((out / path).read_bytes()) for path in script_paths(site)}
    heaviest = sorted(pages, key=lambda name: -pages[name])[:5]
    over = sum(weight > PAGE_BUDGET for weight in pages.values())
    print(
        f"role pages with styles, brotli: {len(pages)}, median {statistics.median(pages.values()):,.0f} bytes"
    )
    for name in heaviest:
        print(f"  {pages[name]:>7,}  {name}")
    print(f"  over {PAGE_BUDGET:,}: {over}")
    print(f"scripts, brotli: {sum(scripts.values()):,} of {SCRIPT_BUDGET:,} bytes")
    for name, bytes_ in scripts.items():
        print(f"  {bytes_:>7,}  {name}")
    sys.exit(1 if over or sum(scripts.values()) > SCRIPT_BUDGET else 0)


if __name__ == "__main__":
    main()
