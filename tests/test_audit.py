"""`check --site`: one planted case a rule, each found and nothing else, and silence on sound sites."""

import functools
import re
import shutil
from pathlib import Path

import pytest

from rolerisk.audit.check import check_site
from rolerisk.audit.rules import RULES
from rolerisk.finished import finished
from rolerisk.problem import Severity
from tests.planted import DIVER, Out
from tests.planted_files import OF_FILES
from tests.planted_pages import OF_PAGES
from tests.sites import SMALL_SITE, SiteFolder, as_entry, bytes_below, put_files, role_yaml

DIVER_RECORD = role_yaml(
    "diver", "Diver", aliases="aliases: [frogman]", updated="updated: 2026-11-20"
)
BELOW = "https://x.example/sub"
CASES = {**OF_PAGES, **OF_FILES}


def built(root: Path, old: str = "", new: str = "", **options: object) -> Path:
    """The output folder of a town of two roles, with something changed in its site.yaml."""
    site = SiteFolder(root / "project", SMALL_SITE)
    site.write("roles.yaml", as_entry(role_yaml("baker", "Baker")) + as_entry(DIVER_RECORD))
    for path in ("content/roles/carpenter.yaml", "content/roles/locksmith.md"):
        site.remove(path)
    site.edit("content/site.yaml", old, new)
    assert site.build(**options).sound
    return site.out


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="session")
def rules_folder(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("rules"), "features:", "redirects: rules\nfeatures:")


@pytest.fixture(scope="session")
def preview_folder(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("preview"), preview=True)


@pytest.fixture(scope="session")
def below_folder(tmp_path_factory) -> Path:
    return built(
        tmp_path_factory.mktemp("below"), "base_url: https://test.example.org", f"base_url: {BELOW}"
    )


FOLDERS = ("town_folder", "rules_folder", "preview_folder", "below_folder")


@pytest.mark.slow
@pytest.mark.parametrize("folder", FOLDERS)
def test_a_sound_site_has_no_problems(folder, request):
    assert Out(request.getfixturevalue(folder)).report() == []


_files_of = functools.cache(bytes_below)


@pytest.mark.slow
@pytest.mark.parametrize("name", CASES)
def test_a_planted_problem_is_found_and_nothing_else(name, request, tmp_path):
    damage, expected = CASES[name]
    kind = name.partition(":")[0] if ":" in name else "town"
    put_files(tmp_path / "site", _files_of(request.getfixturevalue(f"{kind}_folder")))
    out = Out(tmp_path / "site")
    damage(out)
    changing = {
        r"v=\w+": "v=VERSION",
        r"[\d,]+(?= bytes)": "WEIGHT",
        r"line \d+ .*\)(?= \[site-data)": "PLACE",
    }
    report = out.report()
    for pattern, word in changing.items():
        report = [re.sub(pattern, word, line) for line in report]
    assert report == expected


def test_every_rule_has_a_case():
    found = {line.rpartition("[")[2].rstrip("]") for _, lines in CASES.values() for line in lines}
    assert found == {rule.id for rule in RULES}


@pytest.mark.slow
def test_many_processes_find_what_one_finds(town_folder, tmp_path, monkeypatch):
    monkeypatch.setattr("rolerisk.audit.check._FEW", 2)
    monkeypatch.setattr("rolerisk.audit.check._BATCH", 3)
    shutil.copytree(town_folder, tmp_path / "site")
    out = Out(tmp_path / "site")
    out.remove("feed.xml")
    out.add(DIVER, '<a href="/roles/baker/#nowhere">x</a>')
    assert len(out.problems()) == 6
    assert out.problems(jobs=2) == out.problems(jobs=1)


def test_with_strict_warnings_are_errors(town_folder, tmp_path):
    shutil.copytree(town_folder, tmp_path / "site")
    Out(tmp_path / "site").add(DIVER, '<img src="/icon-192.png" alt="">')
    site = finished(tmp_path / "site")
    assert site is not None
    severities = [found.severity for s in (False, True) for found in check_site(site, strict=s)]
    assert severities == [Severity.WARNING, Severity.ERROR]
