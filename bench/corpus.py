"""Makes a site of any number of roles, with texts as dense in Markdown as real ones: the same for the same number.

A role has about 1,250 words: five tools, ten tasks, five steps, four sources, three sections with
links, bold words, citations and here and there a list. What they say means nothing.
"""

import json
import random
import shutil
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CATEGORIES = 20
TOOLS = 120
_IN_ONE_FILE = 10_000  # roles: some 60 MB

_ADJECTIVES = "annual careful costly daily early external final formal joint large late local minor new open partial quiet rare shared small steady strict".split()
_NOUNS = "account audit brief budget call case claim contract customer delivery draft estimate file forecast form invoice meeting note order plan record report request review sample schedule shipment ticket visit".split()
_VERBS = "answers approves checks compares confirms drafts explains files finds follows measures orders plans prepares reads reviews sends signs sorts tests weighs writes".split()
_DO = "Answer Approve Check Compare Confirm Draft Explain File Find Follow Measure Order Plan Prepare Read Review Send Sign Sort Test Weigh Write".split()
_LINKS = "although and because before but so until where while".split()
_FIELDS = "Harbor Quarry Meadow Signal Copper Timber Lantern Orchard Granite Willow Summit Canyon Ember Pebble Falcon Cedar".split()
_JOBS = "Analyst Clerk Inspector Planner Surveyor Tutor Estimator Archivist Mediator Dispatcher Examiner Curator Assessor Registrar Steward Auditor".split()


def roles(count: int) -> list[dict[str, Any]]:
    """The records of so many roles, each with its narrative under `sections`."""
    tools = tool_names()
    return [_role(number, random.Random(f"role {number}"), tools) for number in range(count)]


def tool_names() -> list[str]:
    """The names of all tools."""
    return [
        f"{a} {b}"
        for a in _FIELDS
        for b in "Desk Flow Sense Scribe Vision Ledger Pilot Assist".split()
    ][:TOOLS]


def write_site(folder: Path, count: int, cards: bool = False, search: bool = False) -> None:
    """A project with so many roles: this one's program, templates and settings around them."""
    ignored = shutil.ignore_patterns("__pycache__")
    for name in ("rolerisk", "templates", "content"):
        shutil.copytree(ROOT / name, folder / name, ignore=ignored)
    shutil.copy(ROOT / "build.py", folder)
    shutil.rmtree(folder / "content/roles")
    settings = folder / "content/site.yaml"
    text = settings.read_text("utf-8")
    for name, wanted in (("cards", cards), ("search", search)):
        text = text.replace(f"{name}: true", f"{name}: {str(wanted).lower()}")
    settings.write_text(text, "utf-8")
    _write(folder / "content/categories.yaml", "".join(map(_category, range(CATEGORIES))))
    _write(folder / "content/tools.yaml", "".join(map(_tool, tool_names())))
    made = roles(count)
    write_roles(folder, made)
    for role in made:
        _write(folder / f"content/roles/{role['slug']}.md", narrative(role))


def write_roles(folder: Path, roles: list[dict[str, Any]]) -> None:
    """The records: in roles.yaml, or, when that would be more than a build reads, in files of their own."""
    if len(roles) <= _IN_ONE_FILE:
        _write(folder / "roles.yaml", "".join(map(entry, roles)))
        return
    for role in roles:
        record = "".join(line[2:] for line in entry(role).splitlines(keepends=True))
        _write(folder / f"content/roles/{role['slug']}.yaml", record)


def entry(role: dict[str, Any]) -> str:
    """A role as an entry of roles.yaml, as an editor writes it."""
    lines = [f"- slug: {role['slug']}"]
    lines += [
        f"  {key}: {role[key]}"
        for key in ("title", "plural", "category", "published", "reviewed", "summary")
    ]
    lines += ["  answer: |", f"    {role['answer']}", "  tools:"]
    for tool in role["tools"]:
        lines += [f"    - tool: {tool['tool']}", "      does: |", f"        {tool['does']}"]
    for part in ("at_risk", "durable"):
        lines.append(f"  {part}:")
        for task in role[part]:
            lines += [f"    - task: {task['task']}", f"      share: {task['share']}"]
            lines += [
                f"      exposure: {task['low']}-{task['high']}",
                "      why: |",
                f"        {task['why']}",
            ]
    lines.append("  steps:")
    for step in role["steps"]:
        lines += [f"    - do: {step['do']}", "      how: |", f"        {step['how']}"]
    lines.append("  sources:")
    for source in role["sources"]:
        lines.append(f"    - id: {source['id']}")
        lines += [f"      {key}: {source[key]}" for key in ("title", "publisher", "url", "date")]
    return "\n".join(lines) + "\n"


def narrative(role: dict[str, Any]) -> str:
    """A role's sections under their headings."""
    return "\n".join(f"## {heading}\n\n{text}\n" for heading, text in role["sections"].items())


def as_json(count: int) -> str:
    """The roles for a generator that reads JSON."""
    return json.dumps(roles(count), ensure_ascii=False)


def _role(number: int, chance: random.Random, tools: list[str]) -> dict[str, Any]:
    title = _title(number)
    slug = f"{title.lower().replace(' ', '-')}-{number}"
    sources = [_source(index, chance) for index in range(4)]
    shares = [chance.randrange(8, 11) for _ in range(10)]
    tasks = [_task(share, sources, chance) for share in shares]
    role = {
        "slug": slug,
        "title": title,
        "plural": f"{title}s",
        "category": f"category-{number % CATEGORIES}",
        "published": "2026-01-15",
        "reviewed": f"2026-{chance.randrange(6, 10):02}-{chance.randrange(1, 29):02}",
        "summary": f"What AI tools take over of this work and what stays, in ten tasks with sources; {_words(6, chance)} {number}.",
        "answer": f"Partly. {_sentence(chance)}",
        "tools": [
            {"tool": name, "does": _prose(1, sources, chance)} for name in chance.sample(tools, 5)
        ],
        "at_risk": [
            {**task, "low": task["low"] + 45, "high": task["high"] + 45} for task in tasks[:5]
        ],
        "durable": tasks[5:],
        "steps": [
            {"do": f"{chance.choice(_DO)} the {_thing(chance)}", "how": _prose(2, sources, chance)}
            for _ in range(5)
        ],
        "sources": sources,
        "sections": {
            heading: _section(sources, chance)
            for heading in ("Introduction", "The current state of AI", "The path forward")
        },
    }
    said = json.dumps(role)
    missing = [f"[^{source['id']}]" for source in sources if f"[^{source['id']}]" not in said]
    role["steps"][0]["how"] += "".join(missing)  # of ten thousand roles one leaves a source out
    return role


def _title(number: int) -> str:
    """A title of three or four words that no other number has."""
    more, rest = divmod(number // 256, len(_NOUNS))
    words = [_FIELDS[number % 16], _NOUNS[rest], _JOBS[number // 16 % 16]]
    return " ".join(words if not more else [words[0], _NOUNS[more - 1], *words[1:]]).title()


def _task(share: int, sources: list[dict[str, str]], chance: random.Random) -> dict[str, Any]:
    low = chance.randrange(5, 35)
    return {
        "task": f"{chance.choice(_DO)} the {_thing(chance)} for the {_thing(chance)}",
        "share": share,
        "low": low,
        "high": low + chance.randrange(5, 20),
        "why": _prose(2, sources, chance),
    }


def _source(index: int, chance: random.Random) -> dict[str, str]:
    return {
        "id": f"s{index}",
        "title": f"{_words(5, chance).capitalize()}",
        "publisher": f"Institute of the {_thing(chance)}",
        "url": f"https://reference.example/{chance.randrange(10**6)}",
        "date": f"{chance.randrange(2021, 2026)}",
    }


def _section(sources: list[dict[str, str]], chance: random.Random) -> str:
    blocks = [_prose(4, sources, chance) for _ in range(3)]
    if chance.random() < 0.3:
        blocks.insert(2, "\n".join(f"- {_words(6, chance)}" for _ in range(3)))
    return "\n\n".join(blocks)


def _prose(sentences: int, sources: list[dict[str, str]], chance: random.Random) -> str:
    """Some sentences: one in eight with bold words, one in twelve with a link, one in six cites."""
    said = []
    for number in range(sentences):
        text = _sentence(chance)
        if chance.random() < 1 / 8:
            text = text.replace(" the ", f" the **{chance.choice(_ADJECTIVES)} one** of the ", 1)
        if chance.random() < 1 / 12:
            text += (
                f" See [the {_thing(chance)}](https://reference.example/{chance.randrange(10**6)})."
            )
        if number == 0 or chance.random() < 1 / 6:
            text += f"[^{chance.choice(sources)['id']}]"
        said.append(text)
    return " ".join(said)


def _sentence(chance: random.Random) -> str:
    first = f"A {_thing(chance)} {chance.choice(_VERBS)} the {_thing(chance)}"
    return f"{first} {chance.choice(_LINKS)} a {_thing(chance)} {chance.choice(_VERBS)} the {_thing(chance)}."


def _thing(chance: random.Random) -> str:
    return f"{chance.choice(_ADJECTIVES)} {chance.choice(_NOUNS)}"


def _words(count: int, chance: random.Random) -> str:
    return " ".join(chance.choice(_NOUNS) for _ in range(count))


def _category(number: int) -> str:
    summary = f"Every role of category {number} with its score, the tasks at risk, the tools in use and what stays with people."
    return f"- id: category-{number}\n  name: Category {number}\n  summary: {summary}\n  intro: Roles of category {number}.\n"


def _tool(name: str) -> str:
    summary = f"{name}, which roles use it, which of their tasks it touches, and how far it goes with each of them."
    return (
        f"- name: {name}\n  maker: {name.split(maxsplit=1)[0]}\n  url: https://tools.example/{name.lower().replace(' ', '-')}\n"
        f"  kind: assistant\n  status: active\n  summary: {summary}\n  about: {name} is a tool.\n  updated: 2026-01-15\n"
    )


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
