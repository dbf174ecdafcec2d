"""The layers: who may import whom, so that the folder listing stays the architecture."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

import rolerisk

PACKAGE = Path(rolerisk.__file__).parent
STAGES = ("load", "parse", "assemble", "check", "plan", "render", "write")
VALUES = ("model", "problem", "errors")
BASE = (*VALUES, "collector", "config", "score", "signals", "text", "workers")

# What is no stage, with what it may import besides itself. Whoever adds a line here adds an edge.
OTHERS = {
    "problem": (),
    "errors": (),
    "signals": (),
    "collector": (),
    "program": (),
    "workers": ("collector", "errors", "signals"),
    "model": ("problem", "settings"),
    "score": ("model",),
    "text": ("model",),
    "config": ("model",),
    "settings": ("problem",),
    "report": ("problem",),
    "terminal": ("report", "text"),
    "schema": ("model",),
    "store": (*VALUES, "program", "signals"),
    "places": (*VALUES, "parse", "text"),
    "covered": (*VALUES, "parse", "text"),
    "silence": (*VALUES, "covered", "places", "text"),
    "cluster": (*VALUES, "program", "render"),
    "clean": (*VALUES, "store", "write"),
    "loading": (*VALUES, "load", "store"),
    "unchanged": (*VALUES, "collector", "settings", "program", "loading", "store", "write"),
    "surroundings": (*BASE, "program", "parse", "assemble", "store"),
    "reading": (*BASE, "program", "parse", "check", "assemble", "store"),
    "compress": (*VALUES, "program", "plan", "write"),
    "search": (*VALUES, "program", "plan", "write"),
    "finished": (),
    "alike": (*VALUES, "text"),
    "checking": (*BASE, "parse", "assemble", "check", "places", "reading", "alike", "store"),
    "announce": (*VALUES, "finished", "store"),
    "links": (*VALUES, "check", "parse", "store", "text"),
    "hosts": (*VALUES, "finished", "text"),
    "audit": (*VALUES, "finished", "text"),
    "revision": (*VALUES, "settings", "load", "parse", "content"),
    "formats": (*VALUES, "revision"),
    "rulebook": (
        *VALUES,
        *("load", "parse", "check", "hosts", "audit", "links", "revision", "silence", "edit"),
    ),
    "edit": (*BASE, "settings", "parse", "places", "report"),
    "explain": (*VALUES, "settings", "pipeline"),
    "content": (
        *BASE,
        *("load", "loading", "parse", "assemble", "check"),
        *(
            "settings",
            "checking",
            "places",
            "reading",
            "surroundings",
            "report",
            "rulebook",
            "silence",
            "store",
        ),
        *("collector",),
    ),
    "publishing": (*VALUES, "settings", "signals", "store", "unchanged", "write"),
    "pipeline": (
        *VALUES,
        "workers",
        *("content", "plan", "render", "write", "publishing"),
        *(
            "settings",
            "program",
            "search",
            "compress",
            "cluster",
            "collector",
            "store",
            "unchanged",
        ),
    ),
    "commands": (
        *("announce", "audit"),
        *(
            "clean",
            "config",
            "content",
            "draft",
            "edit",
            "errors",
            "explain",
            "finished",
            "formats",
            "hosts",
            "links",
            "load",
            "pipeline",
            "places",
            "report",
            "revision",
            "rulebook",
            "schema",
            "serve",
            "survey",
        ),
        *("settings", "signals", "store", "terminal", "text", "unchanged"),
    ),
    "__main__": ("commands",),
    "survey": (*BASE, "settings", "content", "pipeline", "plan", "render", "store"),
    "draft": (*BASE, "load", "parse", "assemble", "edit"),
    "serve": (
        *BASE,
        *("settings", "report", "pipeline", "load", "parse", "reading", "plan", "render", "store"),
    ),
}


@cache
def parts() -> dict[str, list[Path]]:
    """The modules and packages right below rolerisk, each with its files."""
    found: dict[str, list[Path]] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        name = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        found.setdefault(name, []).append(path)
    del found["__init__"]
    return found


@cache
def imports(path: Path) -> tuple[tuple[int, str], ...]:
    """What a file imports anywhere in it, with the line."""
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}:{node.lineno}: imports are absolute"
            found += [(node.lineno, f"{node.module}.{alias.name}") for alias in node.names]
        elif isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
    return tuple(found)


def imported(path: Path) -> Iterator[tuple[int, str]]:
    """The parts of rolerisk that a file imports, with the line."""
    for line, name in imports(path):
        if name.split(".")[0] == "rolerisk":
            yield line, name.split(".")[1]


def test_the_stages_are_those_that_the_map_names():
    named = re.findall(r"^    (\w+)(?:\.py|/) +(\d) ", rolerisk.__doc__ or "", re.MULTILINE)
    assert named == [(stage, str(number)) for number, stage in enumerate(STAGES, 1)]


def test_every_part_has_its_place():
    assert parts().keys() - set(STAGES) - OTHERS.keys() == set()
    assert OTHERS.keys() - parts().keys() == set()


@pytest.mark.parametrize("stage", STAGES)
def test_a_stage_imports_no_other_stage(stage):
    assert _beyond(stage, BASE) == []


@pytest.mark.parametrize("part", sorted(OTHERS))
def test_what_is_no_stage_imports_only_what_it_may(part):
    assert _beyond(part, OTHERS[part]) == []


def _beyond(part: str, allowed: tuple[str, ...]) -> list[str]:
    """The imports of a part that are neither allowed nor its own."""
    return [
        f"{path.relative_to(PACKAGE.parent)}:{line}: imports {name}"
        for path in parts().get(part, [])
        for line, name in imported(path)
        if name not in (*allowed, part)
    ]


def test_nobody_imports_the_commands():
    importers = {part for part, allowed in OTHERS.items() if "commands" in allowed}
    assert importers == {"__main__"}
    for path in PACKAGE.rglob("*.py"):
        assert not {name.split(".")[0] for _, name in imports(path)} & {"build", "tests"}, path


DISK = re.compile(
    r"\b(open|read_text|write_text|read_bytes|write_bytes|unlink|mkdir|os\.replace)\("
)


@pytest.mark.parametrize("stage", STAGES[1:-1])
def test_only_the_first_and_the_last_stage_touch_the_disk(stage):
    for path in parts()[stage]:
        assert DISK.findall(path.read_text("utf-8")) == [], path


def test_only_the_commands_and_the_report_print():
    for path in PACKAGE.rglob("*.py"):
        if path.parent.name != "commands" and path.name not in ("server.py", "terminal.py"):
            assert not re.search(r"\bprint\(|click\.echo|sys\.std", path.read_text("utf-8")), path
