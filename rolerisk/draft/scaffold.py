"""`new "Data Analyst"`: a valid draft of a role and its narrative, with TODOs in the right places."""

import datetime
from pathlib import Path
from typing import NamedTuple

from rolerisk.assemble.names import slug_of
from rolerisk.draft.record import Draft, DraftTask, narrative_text, record_text, todo_source
from rolerisk.edit.files import write_texts
from rolerisk.load import load
from rolerisk.parse.forms import slug_slip
from rolerisk.parse.stage import parse, role_sources


class DraftExistsError(Exception):
    """There is such a role already, or the title makes no sound slug; the message says which."""


class Scaffold(NamedTuple):
    """The files written, and what to do next."""

    paths: tuple[str, ...]
    advice: str


def scaffold(root: Path, title: str, today: datetime.date) -> Scaffold:
    """Write content/roles/<slug>.yaml and .md. Raises DraftExistsError; never overwrites a file."""
    slug = slug_of(title)
    if not slug or len(slug) > 60:
        raise DraftExistsError(f"{title!r} makes no slug of 1-60 letters and digits")
    if slip := slug_slip(slug):
        raise DraftExistsError(slip)
    sources = load(root)[0]
    parsed = parse(sources)
    if any(role.text.likely_slug == slug for role in role_sources(sources, {})):
        raise DraftExistsError(f"there is a role {slug!r} already")
    record, narrative = paths = draft_paths(slug)
    for path in paths:
        if (root / path).exists():
            raise DraftExistsError(f"{path} exists already")
    tools = list(parsed.tables.tools)[:3] if parsed.tables else []
    categories = list(parsed.tables.categories) if parsed.tables else []
    draft = Draft(
        slug,
        title,
        _tasks("at risk", "55-75"),
        _tasks("durable", "10-30"),
        (todo_source(slug, 1, today), todo_source(slug, 2, today)),
        categories[0] if categories else "todo",
        tuple(categories),
        tuple(tools),
    )
    write_texts(root, {record: record_text(draft, today), narrative: narrative_text(draft)})
    return Scaffold(paths, _advice(record, narrative, tools))


def draft_paths(slug: str) -> tuple[str, str]:
    """The files of a draft: its record and its narrative."""
    return f"content/roles/{slug}.yaml", f"content/roles/{slug}.md"


def _tasks(kind: str, exposure: str) -> tuple[DraftTask, ...]:
    return tuple(DraftTask(f"TODO task {kind} {number}", 15, exposure) for number in (1, 2, 3))


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
