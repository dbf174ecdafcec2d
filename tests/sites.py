"""Test sites: written in one string, edited like an editor would, built in a temporary folder."""

import datetime
import functools
import os
import re
import shutil
from pathlib import Path

from rolerisk.content import check_content
from rolerisk.pipeline import build
from rolerisk.problem import LocatedProblem
from rolerisk.settings import BuildReport, Settings

PROJECT = Path(__file__).resolve().parents[1]
TODAY = datetime.date(2026, 11, 22)
SHIPPED_DAY = datetime.date(2026, 12, 1)  # of builds of the shipped content: all of it is out
_FILE = re.compile(r"^-- (\S+) --\n", re.MULTILINE)


def split_files(text: str) -> dict[str, str]:
    """The files of a site in one string: `-- path --` before each."""
    parts = _FILE.split(text)[1:]
    return dict(zip(parts[::2], parts[1::2], strict=True))


def bytes_below(folder: Path) -> dict[str, bytes]:
    """All files below a folder by their paths from there on, sorted; pathlib takes thrice as long."""
    found = {}
    for parent, _, names in os.walk(folder):
        for name in names:
            path = os.path.join(parent, name)
            with open(path, "rb", buffering=0) as file:
                found[os.path.relpath(path, folder)] = file.read()
    return dict(sorted(found.items()))


def put_files(folder: Path, files: dict[str, bytes]) -> None:
    """Write files below a folder; shutil.copytree takes four times as long."""
    for parent in {os.path.dirname(path) for path in files}:
        os.makedirs(f"{folder}/{parent}", exist_ok=True)
    for path, data in files.items():
        with open(f"{folder}/{path}", "wb", buffering=0) as file:
            file.write(data)


@functools.cache
def _templates() -> dict[str, bytes]:
    return bytes_below(PROJECT / "templates")


class SiteFolder:
    """A site in a folder of its own, with the project's templates."""

    def __init__(self, root: Path, text: str) -> None:
        self.root = root
        put_files(root / "templates", _templates())
        for path, content in split_files(text).items():
            self.write(path, content)

    @property
    def out(self) -> Path:
        return self.root / "site"

    def write(self, path: str, content: str) -> None:
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(content, encoding="utf-8")

    def read(self, path: str) -> str:
        return (self.root / path).read_text(encoding="utf-8")

    def edit(self, path: str, old: str, new: str, count: int = -1) -> None:
        """Replace a text that must be there."""
        text = self.read(path)
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new, count))

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def rename(self, old: str, new: str) -> None:
        (self.root / old).rename(self.root / new)

    def settings(self, **options: object) -> Settings:
        return Settings(**{"root": self.root, "out": self.out, "today": TODAY, **options})

    def build(self, **options: object) -> BuildReport:
        return build(self.settings(**options), lambda done, total: None)

    def problems(self, **options: object) -> tuple[LocatedProblem, ...]:
        return check_content(self.settings(**options)).problems

    def files(self) -> dict[str, bytes]:
        """Every file of the output folder."""
        return bytes_below(self.out)

    def clean_build(self) -> dict[str, bytes]:
        """The files of a build of the same content from nothing, in another folder."""
        other = self.root / "clean-site"
        shutil.rmtree(other, ignore_errors=True)
        report = self.build(out=other, use_cache=False)
        assert report.sound
        found = bytes_below(other)
        shutil.rmtree(other)
        return found


def role_yaml(slug: str, title: str, **replaced: str) -> str:
    """A sound record in YAML; keyword arguments replace the lines of top-level keys."""
    keys = {
        "slug": f"slug: {slug}",
        "title": f"title: {title}",
        "category": "category: crafts",
        "published": "published: 2026-11-01",
        "reviewed": "reviewed: 2026-11-02",
        "summary": f"summary: What of the work of a {title.lower()} today's tools can do, task by task, and what stays.",
        "answer": f"answer: |\n  Partly. A {title.lower()} keeps the hard part.[^{slug}-a]",
        "tools": "tools:\n"
        + "".join(
            f"  - tool: {name}\n    does: |\n      It drafts. [^{slug}-b]\n"
            for name in ("Alpha", "Beta", "Gamma")
        ).rstrip(),
        "at_risk": "at_risk:\n"
        + _tasks(slug, ("Sorting orders", "Writing bills", "Filing papers"), "60-80"),
        "durable": "durable:\n"
        + _tasks(slug, ("Fixing locks", "Calming customers", "Climbing ladders"), "10-20"),
        "steps": "steps:\n"
        + "".join(
            f"  - do: Step {n} of {slug}\n    how: |\n      Try it on one job this week.\n"
            for n in range(1, 6)
        ).rstrip(),
        "sources": "sources:\n"
        + "".join(
            f'  - {{id: {slug}-{c}, title: "On {slug} {c}", publisher: Press, url: "https://example.org/{slug}/{c}", date: 2025}}\n'
            for c in "ab"
        ).rstrip(),
    }
    unknown = replaced.keys() - keys.keys()
    lines = [replaced.get(key, text) for key, text in keys.items()] + [
        replaced[k] for k in sorted(unknown)
    ]
    return "\n".join(line for line in lines if line) + "\n"


def _tasks(slug: str, names: tuple[str, ...], exposure: str) -> str:
    return "".join(
        f"  - task: {name}\n    share: 15\n    exposure: {exposure}\n    why: |\n      Because of the {name.lower()}.\n"
        for name in names
    ).rstrip()


def as_entry(record: str) -> str:
    """A record as an entry of roles.yaml."""
    lines = record.rstrip("\n").split("\n")
    return "- " + "\n".join((lines[0], *(f"  {line}" if line else "" for line in lines[1:]))) + "\n"


def _tool(name: str) -> str:
    return f"""- name: {name}
  maker: {name} Works
  url: https://example.org/{name.lower()}
  kind: assistant
  summary: {name} drafts texts and sorts orders in small shops, and leaves the checking to you.
  about: |
    {name} drafts. It does not check.
  updated: 2026-11-01
"""


def _page(title: str, body: str) -> str:
    return f"""---
title: {title}
summary: {title} of a small test site, told in as many characters as a summary needs to have.
updated: 2026-11-02
---
{body}
"""


SMALL_SITE = f"""-- roles.yaml --
{as_entry(role_yaml("locksmith", "Locksmith"))}{as_entry(role_yaml("baker", "Baker"))}-- content/roles/carpenter.yaml --
{role_yaml("carpenter", "Carpenter", category="category: building")}-- content/roles/locksmith.md --
## Introduction

A door that does not open at night has your name on it.[^locksmith-a]

## The current state of AI

Little of it reaches the van.

## Night calls

They are most of the money. See [the method](/methodology/).

## The path forward

Learn one more lock.
-- content/site.yaml --
name: Testsite
summary: A small site for tests, with three roles, three tools and two categories, and nothing more.
base_url: https://test.example.org
titles:
  - "Will AI Replace {{{{ role.plural }}}}? The {{{{ year }}}} Score"
  - "Will AI Replace {{{{ role.plural }}}}?"
publisher: {{name: Tester, url: "https://test.example.org", email: "test@example.org", logo: /icon-512.png}}
score:
  name: Test Score
  version: 1
  bands:
    - {{id: low, name: Low risk, from: 0}}
    - {{id: moderate, name: Moderate risk, from: 25}}
    - {{id: high, name: High risk, from: 50}}
    - {{id: very-high, name: Very high risk, from: 75}}
calls_to_action:
  audit: {{heading: Audit, text: Set your week against it., label: Start, url: "https://test.example.org/audit"}}
  business: {{heading: Business, text: See what to automate., label: Begin, url: "https://test.example.org/business"}}
data_licence: {{name: CC BY 4.0, url: "https://creativecommons.org/licenses/by/4.0/"}}
features: {{cards: false, search: false}}
thin_pages: {{warn_under: 0, fail_under: 0}}
rules: {{uncited-claim: off}}
-- content/categories.yaml --
- id: crafts
  name: Crafts
  summary: The roles of the crafts, each with its score, its tasks at risk and what stays with people.
  intro: |
    Hands, tools and customers.
- id: building
  name: Building
  summary: The roles of the building trade, each with its score, its tasks at risk and what stays.
  intro: |
    Wood, stone and weather.
-- content/tools.yaml --
{_tool("Alpha")}{_tool("Beta")}{_tool("Gamma")}-- content/sources.yaml --
[]
-- content/measures.yaml --
[]
-- content/article/introduction.md --
{{{{ role.title }}}}: {{{{ role.tools|length }}}} tools.
-- content/article/current-state.md --
In use: {{{{ role.tools|map(attribute="name")|join(", ") }}}}.
-- content/article/score.md --
The score is {{{{ score.value }}}}, in the band {{{{ band.name }}}}.
-- content/article/path-forward.md --
Start with {{{{ role.durable|map(attribute="task")|first }}}}.
-- content/pages/methodology.md --
{_page("Method", "The most is {{ constants.exposure_max }}.")}-- content/pages/about.md --
{_page("About", "This is {{ site.name }}. See [all roles](/roles/).")}-- content/pages/404.md --
{_page("Page not found", "Try [the roles](/roles/).")}"""
