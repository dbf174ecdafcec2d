"""What programs read of problems: GitHub's annotations and summary, SARIF, JSON."""

import json
import os

import jsonschema
import pytest

from rolerisk.formats.as_json import as_json
from rolerisk.formats.github import annotations, summary
from rolerisk.formats.sarif import sarif
from rolerisk.problem import LocatedProblem, Severity
from rolerisk.rulebook import RULES
from tests.sites import PROJECT

SCHEMA = PROJECT / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"
ERROR = LocatedProblem(
    "content/roles/a b,c.yaml",
    3,
    7,
    "100% of it:\nis <wrong> | and, long",
    "shares",
    Severity.ERROR,
    "write 50",
    "  share: 100",
)
FILE = LocatedProblem("roles.yaml", 0, 0, "is empty", "wrong-type", Severity.WARNING)


def many(count: int, path: str, severity: Severity) -> list[LocatedProblem]:
    return [LocatedProblem(path, n, 1, f"no {n}", "shares", severity) for n in range(1, count + 1)]


def test_an_annotation_escapes_what_github_reads_as_its_own():
    assert list(annotations([ERROR, FILE])) == [
        "::error file=content/roles/a b%2Cc.yaml,title=shares,line=3,col=7::"
        "100%25 of it:%0Ais <wrong> | and, long%0Ahint: write 50",
        "::warning file=roles.yaml,title=wrong-type::is empty",
    ]


def test_changed_files_come_first_and_the_rest_is_counted():
    found = many(12, "a.yaml", Severity.ERROR) + many(3, "b.yaml", Severity.ERROR)
    found += many(11, "c.yaml", Severity.WARNING)
    lines = list(annotations(found, {"b.yaml"}))
    assert [line.partition("::")[2].partition(",")[0] for line in lines] == (
        ["error file=b.yaml"] * 3
        + ["error file=a.yaml"] * 7
        + ["warning file=c.yaml"] * 10
        + ["notice::5 more errors: the job summary lists all"]
        + ["notice::1 more warning: the job summary lists all"]
    )


def test_the_summary_has_every_problem_in_a_table():
    assert summary([ERROR, FILE], "Check") == (
        "### Check\n\n| where | what | rule |\n|---|---|---|\n"
        "| `content/roles/a b,c.yaml:3:7` | **error**: 100% of it: is &lt;wrong> \\| and, long"
        "<br>hint: write 50 | shares |\n"
        "| `roles.yaml` | **warning**: is empty | wrong-type |\n"
    )
    assert summary([], "Check: no problems") == "### Check: no problems\n\n"


def test_a_summary_too_long_for_github_says_what_is_left_out():
    told = summary(many(30_000, "a.yaml", Severity.ERROR), "Check")
    assert len(told.encode()) < 1024 * 1024
    shown = told.count("| `a.yaml:")
    assert told.endswith(f"\nand {30_000 - shown:,} more\n")


def test_json_has_every_key_of_a_problem():
    first, second = json.loads(as_json([ERROR, FILE]))
    assert first["path"] == "content/roles/a b,c.yaml"
    assert (first["line"], first["column"], first["severity"]) == (3, 7, "error")
    assert second["quote"] == second["hint"] == ""


def schema() -> dict[str, object]:
    """The SARIF 2.1.0 schema, from an npm package."""
    if not SCHEMA.is_file() and os.environ.get("CI") != "true":
        pytest.skip("no SARIF schema: npm is not there, or make test has not run")
    return json.loads(SCHEMA.read_text(encoding="utf-8"))


@pytest.mark.parametrize("found", [[], [ERROR, FILE], many(3, "ü#?.yaml", Severity.WARNING)])
def test_sarif_is_valid(found):
    jsonschema.Draft7Validator(schema()).validate(json.loads(sarif(found, RULES)))


def test_the_schema_finds_what_is_planted():
    log = json.loads(sarif([ERROR], RULES))
    log["runs"][0]["results"][0]["level"] = "awful"
    assert list(jsonschema.Draft7Validator(schema()).iter_errors(log))


def test_sarif_tells_what_code_scanning_shows():
    (run,) = json.loads(sarif([ERROR, FILE], RULES))["runs"]
    first, second = run["results"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["shares", "wrong-type"]
    assert rules[first["ruleIndex"]]["id"] == first["ruleId"] == "shares"
    assert first["level"] == "error"
    (location,) = first["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "content/roles/a%20b%2Cc.yaml"},
        "region": {"startLine": 3, "startColumn": 7, "snippet": {"text": "  share: 100"}},
    }
    assert second["locations"][0]["physicalLocation"] == {"artifactLocation": {"uri": "roles.yaml"}}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_has_what_a_descriptor_needs(rule):
    assert rule.summary.strip()
    assert rule.details.strip()
