"""What editors write around the roles: categories, tools, sources, measures, pages."""

import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from rolerisk.model.scalars import Line, PartialDate, Prose, Slug, Url


class Source(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A publication that an article cites with [^id]."""

    id: Annotated[Slug, Meta(description="What [^id] cites; lower-case letters, digits, hyphens.")]
    title: Annotated[Line, Meta(description="The publication's title.")]
    publisher: Annotated[Line, Meta(description="Who published it.")]
    url: Annotated[Url, Meta(description="Where it can be read.")]
    date: Annotated[
        PartialDate, Meta(description="When it was published: YYYY, YYYY-MM or YYYY-MM-DD.")
    ]


class Category(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A group of roles with a page of its own."""

    id: Annotated[Slug, Meta(description="The slug of the category's name: /categories/<id>/.")]
    name: Annotated[Line, Meta(description="The category's name.")]
    summary: Annotated[
        Line, Meta(description="The hub page's meta description, 70-160 characters.")
    ]
    intro: Annotated[Prose, Meta(description="What its roles have in common. Markdown.")]


class Tool(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An AI tool that roles use, described once."""

    name: Annotated[Line, Meta(description="The tool's name, as its maker writes it.")]
    maker: Annotated[Line, Meta(description="The company or project that makes it.")]
    url: Annotated[Url, Meta(description="The tool's own page.")]
    kind: Annotated[Line, Meta(description="What kind of tool: coding assistant, dictation.")]
    status: Annotated[
        Literal["active", "renamed", "closed"], Meta(description="What has become of it.")
    ] = "active"
    note: Annotated[
        Line | None, Meta(description="With renamed or closed: what happened, and when.")
    ] = None
    formerly: Annotated[
        tuple[Line, ...], Meta(description="Old names; they still resolve, with a hint.")
    ] = ()
    summary: Annotated[Line, Meta(description="The tool page's meta description, one sentence.")]
    about: Annotated[Prose, Meta(description="What it is, does and does not do. Markdown.")]
    updated: Annotated[datetime.date, Meta(description="When this description was last checked.")]


class MeasureSource(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Where a measure was published."""

    title: Annotated[Line, Meta(description="The publication's title.")]
    publisher: Annotated[Line, Meta(description="Who published it.")]
    url: Annotated[Url, Meta(description="Where it can be read.")]


class Measure(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A published figure about occupations: a column of content/occupations.csv."""

    id: Annotated[Slug, Meta(description="The column's name, and what [^id] cites.")]
    name: Annotated[Line, Meta(description="The measure's name.")]
    kind: Annotated[
        Literal["exposure", "labour"],
        Meta(description="exposure: what AI can do. labour: jobs, pay, outlook."),
    ]
    measures: Annotated[Line, Meta(description="One sentence on what it measures.")]
    unit: Annotated[Line, Meta(description="The figure's unit: share of tasks, persons, US$.")]
    range: Annotated[
        Line | None, Meta(description="Lowest to highest possible figure, such as 0-1.")
    ] = None
    country: Annotated[Line, Meta(description="The country it speaks of: US.")]
    year: Annotated[Line, Meta(description="The year, or years, it speaks of.")]
    source: Annotated[MeasureSource, Meta(description="Where it was published.")]
    licence: Annotated[Line, Meta(description="The licence of the figures.")]
    attribution: Annotated[Line, Meta(description="Shown wherever a figure of it is shown.")]
    in_notes: Annotated[
        Line | None,
        Meta(
            description="What the notes to the tasks take for known of it. Shown at the head of the tasks."
        ),
    ] = None


class PageHead(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The front matter of a page in content/pages/."""

    title: Annotated[Line, Meta(description="The page's title and heading.")]
    summary: Annotated[Line, Meta(description="The page's meta description, 70-160 characters.")]
    updated: Annotated[datetime.date, Meta(description="When its text last changed.")]


class Occupation(Struct, frozen=True):
    """One row of occupations.csv: figures by measure id; a figure nobody has is not there."""

    soc: str
    title: str
    figures: dict[str, float]
