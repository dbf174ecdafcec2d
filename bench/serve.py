"""How long after a save the browser shows it, with `serve` and a real Chromium.

python -m bench.serve [FOLDER] [--repeat 10]     FOLDER holds a project; default: this one
python -m bench.serve --roles 10000              a project made for it, in a temporary folder
"""

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, sync_playwright

from bench import corpus

ROOT = Path(__file__).resolve().parents[1]
CHROMIUM = "/usr/bin/chromium"
_PATIENCE = 600_000  # ms, for one page
_SETTLED = 1  # seconds after a build's last line: the browser has loaded its pages again
_BUILDING = 1  # seconds after a save: its build has begun, and at many roles goes on for long
# The browser itself tells when a page has loaded, or has been changed and is laid out, and which
# saves it shows.
_TELL = r"""addEventListener("load", () => {
    const main = document.querySelector("main")
    const tell = () => {
        const laidOut = main.offsetHeight && Date.now()
        console.log("loaded", laidOut, main.textContent.match(/Save \d+\./g))
    }
    new MutationObserver(tell).observe(main, {subtree: true, childList: true, characterData: true})
    tell()
})"""


def main() -> None:
    """Save a role's texts again and again, and print what the browser needed for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=ROOT)
    parser.add_argument("--roles", type=int)
    parser.add_argument("--repeat", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = asked.folder
        if asked.roles:
            folder = Path(made) / "project"
            corpus.write_site(folder, asked.roles)
        busy = os.getloadavg()[1]
        waits = _measured(folder, asked.repeat)
        print(
            f"{_count(folder):,} roles, ms until shown; load {busy:.1f} to {os.getloadavg()[1]:.1f}"
        )
    for what, found in waits.items():
        print(f"{what:33} median {statistics.median(found):4.0f}, worst {max(found):4.0f}")


def _measured(folder: Path, repeat: int) -> dict[str, list[float]]:
    """The milliseconds of each kind of wait: the kinds take turns, as machines are noisy."""
    narrative = sorted((folder / "content/roles").glob("*.md"))[0]
    slug = narrative.stem
    own = narrative.with_suffix(".yaml")
    record = own if own.exists() else folder / "roles.yaml"
    texts = {path: path.read_text("utf-8") for path in (narrative, record)}
    answer = re.compile(rf"(slug: {slug}\n.*?answer: \|\n +)", re.DOTALL)
    exposure = re.compile(rf"(slug: {slug}\n.*?exposure: )\d+", re.DOTALL)
    alone, told, recorded, scored, building, writing = (list[float]() for _ in range(6))
    try:
        with _server(folder) as (address, server), _browser() as page:
            page.goto(f"{address}/roles/{slug}/")
            for number in range(0, 4 * repeat, 4):
                _build_over(server, 0)
                alone.append(_reload(page))
                time.sleep(_SETTLED)
                mark, text = f"Save {number}.", texts[narrative]
                told.append(_save(page, narrative, f"{text.rstrip()}\n\n{mark}\n", mark)[0])
                time.sleep(_BUILDING)
                mark = f"Save {number + 1}."
                building.append(_save(page, narrative, f"{text.rstrip()}\n\n{mark}\n", mark)[0])
                _build_over(server, 2)
                mark = f"Save {number + 2}."
                new = answer.sub(rf"\g<1>{mark} ", texts[record], count=1)
                shown, written = _save(page, record, new, mark)
                recorded.append(shown)
                writing.append(written)
                _build_over(server, 1)
                mark = f"Save {number + 3}."
                new = answer.sub(rf"\g<1>{mark} ", texts[record], count=1)
                new = exposure.sub(rf"\g<1>{number % 8 // 4}", new, count=1)
                scored.append(_save(page, record, new, mark)[0])
                _build_over(server, 1)
    finally:
        for path, text in texts.items():
            path.write_text(text, "utf-8")
    return {
        "the browser's reload alone": alone,
        "a narrative saved": told,
        "a record saved": recorded,
        "  of which writing its file": writing,
        "a score saved": scored,
        "a narrative saved during a build": building,
    }


def _reload(page: Page) -> float:
    with page.expect_console_message(lambda said: said.text.startswith("loaded ")) as loaded:
        began = page.evaluate("() => { const now = Date.now(); location.reload(); return now }")
    return _when(loaded.value) - float(began)


def _save(page: Page, path: Path, text: str, mark: str) -> tuple[float, float]:
    """Milliseconds until the page that shows `mark` has loaded, and until the file was written."""
    with page.expect_console_message(lambda said: mark in said.text, timeout=_PATIENCE) as loaded:
        data, began = text.encode(), time.time()
        path.write_bytes(data)
        written = time.time() - began
    return _when(loaded.value) - 1000 * began, 1000 * written


def _when(loaded: ConsoleMessage) -> float:
    return float(loaded.text.split()[1])


def _build_over(server: "subprocess.Popen[str]", count: int) -> None:
    """Wait for so many builds, and for the browser to load what they made."""
    assert server.stdout
    while count:
        count -= " files: " in next(server.stdout)
    time.sleep(_SETTLED)


def _count(folder: Path) -> int:
    return len([*(folder / "content/roles").glob("*.md")])


@contextmanager
def _server(folder: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, str(ROOT / "build.py"), "serve", "--port", str(port)]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        address = next(line.split()[1] for line in server.stdout if line.startswith("serving "))
        try:
            yield address.rstrip("/"), server
        finally:
            server.terminate()


@contextmanager
def _browser() -> Iterator[Page]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        page = browser.new_page()
        page.add_init_script(_TELL)
        yield page
        browser.close()


if __name__ == "__main__":
    main()
