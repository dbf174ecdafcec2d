"""What `make audit-deps` makes of pip-audit's report: silence is not soundness."""

import pytest

from bench.advisories import SOUND, UNKNOWN, VULNERABLE, verdict

FINE = {"name": "jinja2", "version": "3.1.6", "vulns": []}
UNSEEN = {"name": "nh3", "skip_reason": "Dependency not found on PyPI and could not be audited"}
FLAWED = {
    "name": "pyyaml",
    "version": "5.3",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["5.4"]}],
}


@pytest.mark.parametrize(
    ("releases", "code", "first"),
    [
        ([FINE], SOUND, "nothing is known against its 1 releases"),
        ([UNSEEN, UNSEEN], UNKNOWN, "no registry answers: nothing was looked up"),
        ([FINE, UNSEEN], UNKNOWN, "1 of 2 were not found: nh3"),
        ([FINE, UNSEEN, FLAWED], VULNERABLE, "1 known vulnerabilities"),
    ],
)
def test_a_report_is_told_by_what_was_looked_up(releases, code, first):
    told = verdict({"dependencies": releases, "fixes": []})
    assert (told[0], told[1][0]) == (code, first)


def test_a_vulnerability_is_named_with_the_release_that_mends_it():
    _, lines = verdict({"dependencies": [FLAWED], "fixes": []})
    assert lines[1] == "pyyaml 5.3: PYSEC-1, CVE-1, mended in 5.4"


def test_without_a_report_nothing_was_looked_up():
    assert verdict(None) == (UNKNOWN, ["pip-audit gave no report: nothing was looked up"])
