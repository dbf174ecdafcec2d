"""The documentation says all there is: commands, options, rules, targets, keys."""

import re

import click
import pytest

import build
from docs import generate
from rolerisk import check
from rolerisk.commands import COMMANDS
from rolerisk.rulebook import RULES
from tests.sites import PROJECT


def group_command(name: str) -> click.Command:
    """A command, as the group finds it."""
    found = build.main.get_command(click.Context(build.main), name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", COMMANDS)
def test_the_line_of_help_is_the_same_in_the_list_and_in_the_command(name):
    assert (group_command(name).help or "").split("\n\n")[0].replace("\n", " ") == COMMANDS[name]


def text(path: str) -> str:
    """A file of the project; one that is missing is what the test is about."""
    assert (PROJECT / path).is_file(), f"{path} is missing"
    return (PROJECT / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_command_is_in_the_readme(name):
    found = re.findall(rf"^\| .*`{name}[ `]|build\.py {name}\b", text("README.md"), re.MULTILINE)
    assert found, f"README.md does not show the command {name}"


@pytest.mark.parametrize("option", [o.opts[0] for o in group_command("build").params])
def test_every_option_of_build_is_in_the_readme(option):
    assert f"`{option}" in text("README.md"), f"README.md does not tell of {option}"


def test_the_readme_shows_no_command_that_is_not_there():
    shown = set(re.findall(r"build\.py ([a-z][a-z-]+)", text("README.md")))
    assert shown - set(COMMANDS) == set()


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_every_rule_is_documented(rule):
    page = text("docs/rules.md")
    assert f"\n## {rule.id}\n" in page, f"docs/rules.md has no {rule.id}: run make docs"
    assert rule.summary in page and rule.details in page, f"{rule.id} has changed: run make docs"


def test_rule_ids_are_unique_and_have_one_form():
    ids = [rule.id for rule in RULES]
    assert len(set(ids)) == len(ids)
    assert [id_ for id_ in ids if not re.fullmatch(r"[a-z]+(-[a-z]+)*", id_)] == []


def test_every_rule_in_the_folder_is_in_the_list():
    files = {path.stem for path in (PROJECT / "rolerisk/check").glob("*.py")}
    modules = {
        module.__name__.rpartition(".")[2] for module in (*check.ROLE_RULES, *check.SITE_RULES)
    }
    without = {name for name in files if "\nRULE = " not in text(f"rolerisk/check/{name}.py")}
    assert files - without == modules


@pytest.mark.parametrize(
    ("path", "page"),
    [("rules.md", "rules_page"), ("reference.md", "reference_page"), ("hosts.md", "hosts_page")],
)
def test_generated_pages_are_current(path, page):
    assert text(f"docs/{path}") == getattr(generate, page)(), "run make docs"


def test_every_target_of_the_makefile_says_what_it_does():
    makefile = text("Makefile")
    phony = re.search(r"^\.PHONY: (.+)$", makefile, re.MULTILINE)
    targets = set(re.findall(r"^([a-z][a-z-]*):(?!=)", makefile, re.MULTILINE))
    told = set(re.findall(r"^([a-z][a-z-]*):.*?## \S", makefile, re.MULTILINE))
    assert targets - told == set(), "a target without `## what it does`"
    assert targets == set(phony[1].split()), ".PHONY and the targets differ"


def test_make_alone_lists_the_targets():
    assert re.search(r"^\.DEFAULT_GOAL *:?= *help$", text("Makefile"), re.MULTILINE)


def test_relative_links_of_the_documentation_lead_somewhere():
    for path in [PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)\s#]+)[^)]*\)", path.read_text("utf-8")):
            if not re.match(r"[a-z]+:|/", target):
                assert (path.parent / target).exists(), f"{path}: {target}"
