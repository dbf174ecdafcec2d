"""How long after a save the browser has loaded the new page, with `serve` and a real Chromium.

python -m bench.serve [FOLDER] [--repeat 10]     FOLDER holds a project; default: this one
"""

import argparse
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
_REST = 3  # seconds between two saves: the build that follows a save is over


def main() -> None:
    """Save a role's narrative again and again, and print what the browser needed for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT)
    parser.add_argument("--repeat", type=int, default=10)
    asked = parser.parse_args()
    narrative = sorted((asked.folder / "content/roles").glob("*.md"))[0]
    before = narrative.read_bytes()
    try:
        with _server(asked.folder) as address, _browser() as page:
            page.goto(f"{address}/roles/{narrative.stem}/")
            page.wait_for_timeout(1000 * _REST)
            waits = [_save(page, narrative, before, f"Save {n}.") for n in range(asked.repeat)]
    finally:
        narrative.write_bytes(before)
    print(f"from save to loaded, ms: median {statistics.median(waits):.0f}, worst {max(waits):.0f}")


def _save(page: Page, narrative: Path, before: bytes, mark: str) -> float:
    """Milliseconds until the page that shows `mark` has loaded."""
    with page.expect_event("load", timeout=60_000):
        began = time.perf_counter()
        narrative.write_bytes(before.rstrip() + f"\n\n{mark}\n".encode())
    took = 1000 * (time.perf_counter() - began)
    assert mark in page.inner_text("main"), "the page that was loaded is not the saved one"
    page.wait_for_timeout(1000 * _REST)
    return took


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        address = next(line.split()[1] for line in server.stdout if line.startswith("serving "))
        try:
            yield address.rstrip("/")
        finally:
            server.terminate()


@contextmanager
def _browser() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser.new_page()
        browser.close()


if __name__ == "__main__":
    main()
