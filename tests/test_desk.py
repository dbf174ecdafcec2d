"""What a content team's tools read: hooks, editor settings, forms."""

import json
import re
import tomllib

import click
import pytest
import yaml

import build
from rolerisk.commands import COMMANDS
from tests.sites import PROJECT


def entries() -> list[str]:
    """The command lines of all hooks that are ours."""
    ours = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    theirs = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    found = [hook["entry"] for repo in ours for hook in repo["hooks"]]
    found += [hook["entry"] for hook in theirs]
    return [entry for entry in found if "build.py" in entry or "-m rolerisk" in entry]


@pytest.mark.parametrize("entry", entries())
def test_a_hook_calls_a_command_with_options_that_there_are(entry):
    _, _, rest = entry.partition("build.py " if "build.py" in entry else "-m rolerisk ")
    name, *words = rest.split()
    command = build.main.get_command(click.Context(build.main), name)
    assert name in COMMANDS
    assert command is not None
    known = {option for parameter in command.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known


def test_a_hook_that_checks_runs_also_when_a_commit_only_takes_files_away():
    """pre-commit counts no file that is gone: by `files` alone the hook would be skipped."""
    hooks = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    ours = yaml.safe_load((PROJECT / ".pre-commit-config.yaml").read_text("utf-8"))["repos"]
    checks = [h for h in (*hooks, *ours[0]["hooks"]) if " check " in f"{h['entry']} "]
    assert [hook["always_run"] for hook in checks if "ruff" not in hook["entry"]] == [True] * 3


def test_the_hook_that_formats_is_given_what_is_formatted_and_no_other_file():
    hooks = yaml.safe_load((PROJECT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    (pattern,) = (re.compile(hook["files"]) for hook in hooks if "files" in hook)
    inside = ("roles.yaml", "content/site.yaml", "content/roles/a.md")
    assert all(map(pattern.search, inside))
    outside = ("README.md", "tests/roles.yaml", "docs/content/a.md", "templates/base.html")
    assert not any(map(pattern.search, outside))


def test_the_editor_s_schemas_are_there_and_for_files_that_are_there():
    settings = json.loads((PROJECT / ".vscode/settings.json").read_text("utf-8"))
    schemas = settings["yaml.schemas"]
    assert len(schemas) > 1
    for schema, files in schemas.items():
        assert (PROJECT / schema).is_file(), schema
        assert list(PROJECT.glob(files)), files


def test_a_snippet_s_keys_are_those_of_the_data():
    text = (PROJECT / ".vscode/role-articles.code-snippets").read_text("utf-8")
    schema = (PROJECT / "schemas/role.schema.json").read_text("utf-8")
    schema += (PROJECT / "schemas/tools.schema.json").read_text("utf-8")
    lines = [line for snippet in json.loads(text).values() for line in snippet["body"]]
    keys = {match[1] for line in lines if (match := re.match(r"(?:- |  )?([a-z_]+):", line))}
    assert {"task", "exposure", "how", "publisher", "about"} <= keys
    assert all(f'"{key}"' in schema for key in keys)


@pytest.mark.parametrize("name", ["correct-a-score.yml", "add-a-role.yml"])
def test_an_issue_form_has_what_github_asks_for(name):
    form = yaml.safe_load((PROJECT / ".github/ISSUE_TEMPLATE" / name).read_text("utf-8"))
    assert {"name", "description", "body"} <= form.keys()
    ids = [field["id"] for field in form["body"]]
    assert len(ids) == len(set(ids))
    assert all(field["type"] in {"input", "textarea"} for field in form["body"])
    assert all(field["attributes"]["label"] for field in form["body"])


def test_the_package_that_hooks_install_depends_on_what_a_build_needs():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    assert project["tool"]["setuptools"]["dynamic"]["dependencies"] == {"file": ["requirements.in"]}
    assert (PROJECT / "rolerisk/__main__.py").is_file()
