"""The Nu HTML checker over every page, style sheet and drawing of the shipped site."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.sites import PROJECT

JAR = PROJECT / "node_modules/vnu-jar/build/dist/vnu.jar"
# Read from a folder, a page has no origin that 'self' could stand for, and the checker takes
# JSON-LD for a script to run; what the policy blocks is seen in the browser tests instead.
NOT_OURS = "violates Content Security Policy"
pytestmark = pytest.mark.slow


def nu(*paths: Path) -> list[str]:
    """The errors and warnings of the Nu HTML checker."""
    if not (JAR.is_file() and shutil.which("java")) and os.environ.get("CI") != "true":
        pytest.skip("no Nu HTML checker: it needs java and what npm installs")
    command = ["java", "-Xss4m", "-jar", str(JAR), "--format", "json", "--stdout"]
    command += ["--also-check-css", "--also-check-svg", *map(str, paths)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not ran.stderr, ran.stderr
    return [
        f"{said['url']}:{said.get('lastLine')}: {said['message']}"
        for said in json.loads(ran.stdout)["messages"]
        if NOT_OURS not in said["message"]
    ]


def test_nu_finds_nothing(shipped):
    ours = [path for path in sorted(shipped.rglob("*")) if "pagefind" not in path.parts]
    checked = [path for path in ours if path.suffix in {".html", ".css", ".svg"}]
    assert {path.suffix for path in checked} >= {".html", ".svg"}
    assert nu(*checked) == []


def test_nu_checks_the_style_sheets_before_they_are_cut():
    assert nu(*sorted((PROJECT / "templates/assets").glob("*.css"))) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.html", "<!doctype html><html lang=en><title>t</title><p><div></div></p>"),
        ("sheet.css", "p { colr: red }"),
        ("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg'><rect with='1'/></svg>"),
    ],
)
def test_nu_finds_what_is_planted(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert nu(tmp_path / name)
