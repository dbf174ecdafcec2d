"""A draft → the texts of its record and its narrative, with a TODO wherever a person has to write."""

import datetime
from typing import NamedTuple

_WHY = "TODO: which tool does which part, what it gets wrong, what stays with the person."


class DraftTask(NamedTuple):
    """A task as far as it is known; the notes become comments."""

    task: str
    share: int
    exposure: str
    cites: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class DraftSource(NamedTuple):
    """A source as a role's record gives it."""

    id: str
    title: str
    publisher: str
    url: str
    date: str


class Draft(NamedTuple):
    """What is known of a role before anybody has written about it.

    The first source is cited by the answer, the second by the introduction; notes become comments.
    """

    slug: str
    title: str
    at_risk: tuple[DraftTask, ...]
    durable: tuple[DraftTask, ...]
    sources: tuple[DraftSource, ...]
    category: str
    categories: tuple[str, ...]
    tools: tuple[str, ...] = ()
    plural: str = ""
    soc: str = ""
    also_called: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    tool_notes: tuple[str, ...] = ()
    related_notes: tuple[str, ...] = ()
    attribution: str = ""


def todo_source(slug: str, number: int, today: datetime.date) -> DraftSource:
    """A source that somebody still has to find."""
    url, id_ = "https://example.org/TODO", f"{slug}-source-{number}"
    return DraftSource(id_, "TODO title", "TODO publisher", url, str(today.year))


def record_text(draft: Draft, today: datetime.date) -> str:
    """The record as YAML: valid as it stands, and a draft."""
    lines = [
        "# yaml-language-server: $schema=../../schemas/role.schema.json",
        f"slug: {draft.slug}",
        f"title: {quoted(draft.title)}",
        *([f"plural: {quoted(draft.plural)}"] if draft.plural else []),
        f"category: {draft.category} # TODO one of: {', '.join(draft.categories)}",
        *([f"soc: {draft.soc}"] if draft.soc else []),
        *(
            [f"also_called: [{', '.join(map(quoted, draft.also_called))}]"]
            * bool(draft.also_called)
        ),
        "status: draft # published, once every TODO is gone",
        f"published: {today}",
        f"reviewed: {today}",
        f"summary: {quoted(_summary(draft))}",
        "answer: |",
        f"  TODO: yes, no or partly, then what changes. 15-45 words.[^{draft.sources[0].id}]",
        *_tools(draft),
        "at_risk: # 3-8 tasks that AI takes over; all shares sum to at most 100",
        *(line for task in draft.at_risk for line in _task(task)),
        "durable: # 3-8 tasks that AI can't replace",
        *(line for task in draft.durable for line in _task(task)),
        *_steps(),
        "sources: # at least two, each cited with [^id]",
        *(line for source in draft.sources for line in _source(source)),
        *_comments(draft.related_notes, ""),
        *([f"related: [{', '.join(draft.related)}]"] if draft.related else []),
    ]
    return "\n".join(lines) + "\n"


def narrative_text(draft: Draft) -> str:
    """The narrative as Markdown: the four known sections, and whom the facts come from."""
    about = f"## About the occupation data\n\n{draft.attribution}\n\n" if draft.attribution else ""
    return f"""## Introduction

TODO: 120-180 words, beginning with a scene, a document or a ruling of this trade.[^{draft.sources[1].id}]

## The current state of AI

TODO: 150-250 words.

## The score

TODO: 80-150 words: what drives it, what would move it, where published measures disagree.

{about}## The path forward

TODO: 100-180 words: where the openings are moving, with a source, and one first action.
"""


def quoted(text: str) -> str:
    """A text in double quotes, whatever it holds."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _summary(draft: Draft) -> str:
    whose = draft.plural or draft.title
    return (
        f"TODO: what of the work of {whose} AI does today and what stays, in 120 to 155 characters."
    )


def _tools(draft: Draft) -> list[str]:
    names = [*draft.tools, *(f"TODO tool {n}" for n in range(len(draft.tools) + 1, 4))]
    lines = ["tools: # the 3-8 AI tools in use in this job today, as in content/tools.yaml"]
    lines += _comments(draft.tool_notes, "  ")
    for name in names:
        lines += [
            f"  - tool: {quoted(name)}",
            "    does: |",
            "      TODO: what it does in this job, and one known limit.",
        ]
    return lines


def _task(task: DraftTask) -> list[str]:
    return [
        f"  - task: {quoted(task.task)}",
        *_comments(task.notes, "    "),
        f"    share: {task.share} # percent of the week",
        f"    exposure: {task.exposure}",
        "    why: |",
        f"      {_WHY}" + "".join(f"[^{id_}]" for id_ in task.cites),
    ]


def _steps() -> list[str]:
    lines = ["steps: # exactly five; the first takes an evening"]
    for number in range(1, 6):
        lines += [
            f"  - do: TODO step {number}",
            "    how: |",
            "      TODO: with which resource, how long, what you have at the end.",
        ]
    return lines


def _source(source: DraftSource) -> list[str]:
    return [
        f"  - id: {source.id}",
        f"    title: {quoted(source.title)}",
        f"    publisher: {quoted(source.publisher)}",
        f"    url: {quoted(source.url)}",
        f"    date: {source.date}",
    ]


def _comments(notes: tuple[str, ...], indent: str) -> list[str]:
    return [f"{indent}# {' '.join(note.split())}" for note in notes]
