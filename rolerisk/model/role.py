"""A role as editors write it: one record of roles.yaml or one file content/roles/<slug>.yaml.

The descriptions are what an editor reads when hovering over a key.
"""

import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from rolerisk.model.content import Source
from rolerisk.model.scalars import Count, Exposure, Figure, Line, Percent, Prose, Share, Slug, Soc


class ToolUse(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An AI tool in use in this job today."""

    tool: Annotated[Line, Meta(description="The tool's name, as in content/tools.yaml.")]
    does: Annotated[
        Prose,
        Meta(
            description="What it does in this job, and one known limit. Markdown, with [^source]."
        ),
    ]


class Task(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A piece of the working week with a start and a result."""

    task: Annotated[Line, Meta(description="The task, in plain text.")]
    share: Annotated[
        Share,
        Meta(
            description="Percent of the working week, whole, 1-90; a role's shares sum to at most 100."
        ),
    ]
    exposure: Annotated[
        Exposure,
        Meta(
            description="How much of the task today's tools can do under supervision: 0-100 or low-high."
        ),
    ]
    why: Annotated[
        Prose,
        Meta(
            description="Which tool does which part, what it gets wrong, what stays with the person."
        ),
    ]
    sources: Annotated[
        tuple[Line, ...],
        Meta(description="Source ids; the same as citing them at the end of the text."),
    ] = ()


class Step(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One of the five things a reader can do about it."""

    do: Annotated[Line, Meta(description="What to do, in the imperative.")]
    how: Annotated[
        Prose,
        Meta(description="With which resource, how long, what you have at the end. Markdown."),
    ]
    effort: Annotated[Line | None, Meta(description="How much time it takes: 2 hours a week.")] = (
        None
    )
    task: Annotated[
        Line | None, Meta(description="The task of this role that the step strengthens.")
    ] = None


class PastScore(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A score this role had before today's; never invented."""

    date: Annotated[datetime.date, Meta(description="The day the score was published.")]
    score: Annotated[Percent, Meta(description="The score then, 0-100.")]
    note: Annotated[Line, Meta(description="What changed.")]


class Role(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One job, and everything its article says that is not narrative."""

    slug: Annotated[
        Slug,
        Meta(
            description="The role's address: /roles/<slug>/. Lower-case letters, digits and single hyphens, at most 60."
        ),
    ]
    title: Annotated[Line, Meta(description="The job's title, in the singular.")]
    plural: Annotated[
        Line | None, Meta(description="The title's plural; default: the English plural.")
    ] = None
    noun: Annotated[
        Line | None,
        Meta(
            description="The title inside a sentence; default: lower case, except words with two capitals."
        ),
    ] = None
    category: Annotated[Slug, Meta(description="An id in content/categories.yaml.")]
    soc: Annotated[
        Soc | None,
        Meta(
            description="The O*NET-SOC code, such as 15-1254.00; finds the occupation's published figures."
        ),
    ] = None
    also_called: Annotated[
        tuple[Line, ...], Meta(description="Other titles that people search for.")
    ] = ()
    status: Annotated[
        Literal["published", "draft"], Meta(description="Drafts are built only with --drafts.")
    ] = "published"
    published: Annotated[
        datetime.date, Meta(description="First publication; a day to come holds the role back.")
    ]
    updated: Annotated[
        datetime.date | None,
        Meta(description="Last change of substance; default: the day of publication."),
    ] = None
    reviewed: Annotated[
        datetime.date, Meta(description="The day the facts were last checked against the sources.")
    ]
    reviewer: Annotated[
        Line | None, Meta(description="Who checked them: a person listed in site.yaml.")
    ] = None
    score: Annotated[
        Percent | None, Meta(description="If stated, it must equal the computed score.")
    ] = None
    summary: Annotated[
        Line, Meta(description="The meta description: plain text, 70-160 characters.")
    ]
    answer: Annotated[
        Prose, Meta(description="The title's question, answered in one or two sentences. Markdown.")
    ]
    tools: Annotated[
        tuple[ToolUse, ...],
        Meta(min_length=3, max_length=8, description="The 3-8 AI tools in use in this job today."),
    ]
    at_risk: Annotated[
        tuple[Task, ...],
        Meta(min_length=3, max_length=8, description="The 3-8 tasks that AI takes over."),
    ]
    durable: Annotated[
        tuple[Task, ...],
        Meta(min_length=3, max_length=8, description="The 3-8 tasks that AI can't replace."),
    ]
    steps: Annotated[
        tuple[Step, ...], Meta(min_length=5, max_length=5, description="Exactly five steps.")
    ]
    sources: Annotated[
        tuple[Line | Source, ...],
        Meta(
            min_length=2, description="Ids in content/sources.yaml, or records of the role's own."
        ),
    ]
    evidence: Annotated[
        dict[str, Figure],
        Meta(
            description="Figures by measure id that replace those of occupations.csv; rarely needed."
        ),
    ] = field(default_factory=dict)
    history: Annotated[
        tuple[PastScore, ...], Meta(description="Past scores, oldest first, without today's.")
    ] = ()
    related: Annotated[
        tuple[Slug, ...] | None,
        Meta(description="Exactly these roles, in this order; without it up to five are computed."),
    ] = None
    aliases: Annotated[
        tuple[Slug, ...], Meta(description="Old slugs, which redirect to this page.")
    ] = ()


class Narrative(Struct, frozen=True):
    """The sections of content/roles/<slug>.md, in the order written: (heading, line, Markdown)."""

    path: str
    sections: tuple["NarrativeSection", ...]


class NarrativeSection(Struct, frozen=True):
    """One level-two section; `line` is that of its heading, 1-based, `body_line` of its text."""

    heading: str
    line: Count
    body_line: Count
    body: str
