"""`new "Data Analyst"`: a valid draft of a role and its narrative, with TODOs in the right places."""

import datetime
from pathlib import Path
from typing import NamedTuple

from rolerisk.assemble.names import slug_of
from rolerisk.load import load
from rolerisk.parse.stage import parse, role_sources


class DraftExistsError(Exception):
    """There is such a role already, or the title makes no slug; the message says which."""


class Draft(NamedTuple):
    """The files written, and what to do next."""

    paths: tuple[str, ...]
    advice: str


def scaffold(root: Path, title: str, today: datetime.date) -> Draft:
    """Write content/roles/<slug>.yaml and .md. Raises DraftExistsError; never overwrites a file."""
    slug = slug_of(title)
    if not slug or len(slug) > 60:
        raise DraftExistsError(f"{title!r} makes no slug of 1-60 letters and digits")
    sources = load(root)[0]
    parsed = parse(sources)
    if any(role.text.likely_slug == slug for role in role_sources(sources, {})):
        raise DraftExistsError(f"there is a role {slug!r} already")
    record, narrative = f"content/roles/{slug}.yaml", f"content/roles/{slug}.md"
    for path in (record, narrative):
        if (root / path).exists():
            raise DraftExistsError(f"{path} exists already")
    tools = list(parsed.tables.tools)[:3] if parsed.tables else []
    categories = list(parsed.tables.categories) if parsed.tables else []
    (root / "content/roles").mkdir(parents=True, exist_ok=True)
    (root / record).write_text(_record(slug, title, today, categories, tools), encoding="utf-8")
    (root / narrative).write_text(_narrative(slug), encoding="utf-8")
    return Draft((record, narrative), _advice(record, narrative, tools))


def _record(
    slug: str, title: str, today: datetime.date, categories: list[str], tools: list[str]
) -> str:
    names = tools + [f"TODO tool {n}" for n in range(len(tools) + 1, 4)]
    lines = [
        "# yaml-language-server: $schema=../../schemas/role.schema.json",
        f"slug: {slug}",
        f"title: {_quoted(title)}",
        f"category: {categories[0] if categories else 'todo'}  # one of: {', '.join(categories)}",
        "status: draft  # published, once every TODO is gone",
        f"published: {today}",
        f"reviewed: {today}",
        f"summary: {_quoted(f'TODO: what of the work of {title} AI does today and what stays, in 120 to 155 characters.')}",
        "answer: |",
        f"  TODO: yes, no or partly, then what changes. 15-45 words.[^{slug}-source-1]",
        "tools:  # the 3-8 AI tools in use in this job today, as in content/tools.yaml",
    ]
    for name in names:
        lines += [
            f"  - tool: {_quoted(name)}",
            "    does: |",
            "      TODO: what it does in this job, and one known limit.",
        ]
    lines += ["at_risk:  # 3-8 tasks that AI takes over; all shares sum to at most 100"]
    lines += _tasks("at risk", "55-75")
    lines += ["durable:  # 3-8 tasks that AI can't replace"]
    lines += _tasks("durable", "10-30")
    lines += ["steps:  # exactly five; the first takes an evening"]
    for number in range(1, 6):
        lines += [
            f"  - do: TODO step {number}",
            "    how: |",
            "      TODO: with which resource, how long, what you have at the end.",
        ]
    lines += ["sources:  # at least two, each cited with [^id]"]
    for number in (1, 2):
        lines += [
            f"  - id: {slug}-source-{number}",
            "    title: TODO title",
            "    publisher: TODO publisher",
            "    url: https://example.org/TODO",
            f"    date: {today.year}",
        ]
    return "\n".join(lines) + "\n"


def _tasks(kind: str, exposure: str) -> list[str]:
    lines = []
    for number in range(1, 4):
        lines += [
            f"  - task: TODO task {kind} {number}",
            "    share: 15  # percent of the week",
            f"    exposure: {exposure}",
            "    why: |",
            "      TODO: which tool does which part, what it gets wrong, what stays with the person.",
        ]
    return lines


def _narrative(slug: str) -> str:
    return f"""## Introduction

TODO: 120-180 words, beginning with a scene, a document or a ruling of this trade.[^{slug}-source-2]

## The current state of AI

TODO: 150-250 words.

## The score

TODO: 80-150 words: what drives it, what would move it, where published measures disagree.

## The path forward

TODO: 100-180 words: where the openings are moving, with a source, and one first action.
"""


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _advice(record: str, narrative: str, tools: list[str]) -> str:
    lines = [
        f"Fill in the TODOs of {record}: category, summary, answer, tools, tasks, steps, sources;",
        f"then the four sections of {narrative}. Look at it with: python build.py serve --drafts",
        "When no TODO is left, set status: published and run: python build.py check",
    ]
    if len(tools) < 3:
        lines.insert(
            0, "Describe three tools in content/tools.yaml first: the draft names TODO tools."
        )
    return "\n".join(lines)
