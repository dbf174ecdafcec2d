"""Golden sites: the files for machines, byte for byte. `UPDATE_GOLDEN=1 pytest` writes them anew.

Pages are left out, so that a new design needs no new golden: test_output.py reads those.
"""

import os
import re
import shutil
from pathlib import Path

import pytest

from rolerisk.audit.check import check_site
from rolerisk.finished import finished
from tests.sites import SiteFolder

GOLDEN = Path(__file__).parent / "golden"
CASES = sorted(path.name for path in GOLDEN.iterdir())
SUFFIXES = (".json", ".csv", ".xml", ".txt", "_headers", "_redirects", "_gone")


@pytest.mark.parametrize("case", CASES)
def test_files_for_machines(case, tmp_path):
    site = SiteFolder(tmp_path, "")
    shutil.copytree(GOLDEN / case / "input", tmp_path, dirs_exist_ok=True)
    report = site.build()
    assert report.sound, report.problems
    out = finished(site.out)
    assert out is not None
    assert list(check_site(out)) == []
    built = {
        path: data
        for path, data in site.files().items()
        if path.endswith(SUFFIXES) and not path.startswith("assets/")
    }
    built["_headers"] = re.sub(rb"( 'sha256-[^']+')+", b" 'sha256-STYLES'", built["_headers"])
    if os.environ.get("UPDATE_GOLDEN"):
        _update(GOLDEN / case / "expected", built)
    expected = _files(GOLDEN / case / "expected")
    assert sorted(built) == sorted(expected)
    for path, data in built.items():
        assert data.decode() == expected[path].decode(), path
        assert data == expected[path], f"{path}: line ends"


def _files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def _update(folder: Path, files: dict[str, bytes]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
