"""Output folders that cannot be written to: full, read-only, forbidden. Needs root for the first two."""

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.torture.figure import Figure
from bench.torture.town import Files, build, clean_files, command, files_below, left_behind, town
from tests.sites import SiteFolder

_LAYOUT = "templates/layouts/base.html"
_WITHOUT_RIGHTS = ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


def disks(_share: float) -> Iterator[Figure]:
    """Try each once: it is not chance that decides."""
    if _may_mount():
        yield _full_output()
        yield _full_project()
        yield _read_only()
    else:
        yield Figure("full and read-only disks: left out, for none may be mounted here")
    yield _forbidden()


def _may_mount() -> bool:
    try:
        with _disk("1m"):
            return True
    except (OSError, subprocess.CalledProcessError):
        return False


def _full_output() -> Figure:
    with tempfile.TemporaryDirectory() as folder, _disk("16m") as disk:
        site = town(Path(folder).resolve() / "town")
        return _fill("the output folder's disk is full", site, disk / "site")


def _full_project() -> Figure:
    with _disk("16m") as disk:
        site = town(disk / "town")
        return _fill("the whole project's disk is full", site, site.out)


def _fill(name: str, site: SiteFolder, out: Path) -> Figure:
    """Build; make every page much longer; build until there is no room; and with room again."""
    options = ("--out", str(out))
    first = build(site, *options)
    assert first.returncode == 0, first.stderr
    layout, before = site.read(_LAYOUT), files_below(out)
    site.write(_LAYOUT, layout.replace("</body>", f"<!-- {'x' * 600_000} --></body>"))
    ran = build(site, *options)
    found = _judged(name, ran, 1, "No space left on device", before, files_below(out), site)
    site.write(_LAYOUT, layout.replace("</body>", "<!-- x --></body>"))
    again = build(site, *options)
    mended = again.returncode == 0 and files_below(out) == clean_files(site)
    return Figure(f"{found.text}; with room again it builds: {mended}", found.wrong + (not mended))


def _read_only() -> Figure:
    with tempfile.TemporaryDirectory() as folder, _disk("8m") as disk:
        site = town(Path(folder).resolve() / "town")
        options = ["--out", str(disk / "site")]
        assert build(site, *options).returncode == 0
        site.edit(_LAYOUT, "</body>", "<!-- x --></body>")
        before = files_below(disk / "site")
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        ran = build(site, *options)
        return _judged(
            "read-only output",
            ran,
            1,
            "Read-only file system",
            before,
            files_below(disk / "site"),
            site,
        )


def _forbidden() -> Figure:
    """One folder of the site may not be written to. Root gives its right to write anywhere up."""
    with tempfile.TemporaryDirectory() as folder:
        site = town(Path(folder).resolve() / "town")
        assert build(site).returncode == 0
        site.edit(_LAYOUT, "</body>", "<!-- x --></body>")
        shut, before = site.out / "roles/baker", files_below(site.out)
        shut.chmod(0o555)
        ran = subprocess.run(
            [*(_WITHOUT_RIGHTS if os.getuid() == 0 else ()), *command()],
            cwd=site.root,
            capture_output=True,
            text=True,
            check=False,
        )
        shut.chmod(0o755)
        message = "cannot be written to: the site is as it was"
        return _judged("permission denied", ran, 2, message, before, files_below(site.out), site)


def _judged(
    name: str,
    ran: subprocess.CompletedProcess[str],
    code: int,
    message: str,
    before: Files,
    after: Files,
    site: SiteFolder,
) -> Figure:
    """What happened, and how much of it should not have."""
    words = ran.stderr.strip().splitlines()
    clear = message in ran.stderr and "Traceback" not in ran.stderr and len(words) <= 2
    left = left_behind(site)
    sound = ran.returncode == code and clear and before == after and not left
    told = f"{name}: exit code {ran.returncode}, “{words[0] if words else ''}”"
    rest = (
        ""
        if sound
        else f"; the site is as it was: {before == after}; left behind: {left}; {ran.stderr}"
    )
    return Figure(f"{told}{rest}", 0 if sound else 1)


@contextmanager
def _disk(size: str) -> Iterator[Path]:
    """A small file system in memory."""
    with tempfile.TemporaryDirectory() as folder:
        disk = Path(folder).resolve()
        mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
        subprocess.run(mount, check=True, capture_output=True)
        try:
            yield disk
        finally:
            subprocess.run(["umount", str(disk)], check=True)
