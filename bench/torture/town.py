"""A town of some thirty roles in a folder of its own, and builds of it in processes of their own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tests.sites import PROJECT, SMALL_SITE, TODAY, SiteFolder, role_yaml

_NAMES = ("alder", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "yew")
_NUMBERS = ("one", "two", "three")  # enough roles for builds to work in a pool of processes

Files = dict[str, bytes]


def town(root: Path) -> SiteFolder:
    """The small site with many roles, not yet built."""
    site = SiteFolder(root, SMALL_SITE)
    for name in _NAMES:
        for number in _NUMBERS:
            slug = f"{name}-{number}"
            record = role_yaml(slug, f"{name.title()} {number.title()}")
            site.write(f"content/roles/{slug}.yaml", record)
    return site


def command(*options: str) -> list[str]:
    """The command line of a build."""
    return [sys.executable, str(PROJECT / "build.py"), "build", "--today", str(TODAY), *options]


def start(site: SiteFolder, *options: str) -> subprocess.Popen[str]:
    """Start a build in a process of its own."""
    pipe = subprocess.PIPE
    return subprocess.Popen(command(*options), cwd=site.root, stdout=pipe, stderr=pipe, text=True)


def build(site: SiteFolder, *options: str) -> subprocess.CompletedProcess[str]:
    """Build to the end."""
    return subprocess.run(
        command(*options), cwd=site.root, capture_output=True, text=True, check=False
    )


def clean_files(site: SiteFolder, *, compress: bool = False) -> Files:
    """What a build of the same content from nothing gives, made in this process."""
    other = site.root / "clean"
    assert site.build(out=other, use_cache=False, compress=compress).sound
    found = files_below(other)
    shutil.rmtree(other)
    return found


def files_below(folder: Path) -> Files:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def left_behind(site: SiteFolder) -> list[str]:
    """What a build should have tidied away: stage folders, half caches, processes."""
    found = [path.name for path in site.root.glob(".*-stage-*")]
    found += [path.name for path in (site.root / ".cache").rglob("*.tmp")]
    found += [path.name for path in (site.root / ".cache").rglob("*.coming")]
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(process / "cwd") == str(site.root) and process.name != str(os.getpid()):
                found.append(f"process {process.name}")
        except OSError:
            continue
    return found
