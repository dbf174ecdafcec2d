"""A role as its page shows it: scored, numbered, its texts converted. The large part of a role.

Prose is safe HTML (names ending in `_html`); everything else is plain text. `url`s are
root-relative and without the base URL's path.
"""

import datetime

from msgspec import Struct


class ScoreShown(Struct, frozen=True):
    """The score with all that explains it; `mean` is N/D to one decimal."""

    value: int
    low: int
    high: int
    band: str
    band_name: str
    band_low: int
    band_high: int
    confidence: str
    numerator: int
    denominator: int
    mean: str


class ToolShown(Struct, frozen=True):
    """A tool in use in the job; `note` says what has become of one that is not active."""

    name: str
    url: str
    maker: str
    status: str
    note: str
    does_html: str


class TaskShown(Struct, frozen=True):
    """A task: share in percent of the week, exposure from low to high (0-100)."""

    task: str
    share: int
    low: int
    high: int
    why_html: str
    sources: tuple[int, ...]

    @property
    def points(self) -> int:
        """What the task adds to N: share × (low + high)."""
        return self.share * (self.low + self.high)

    @property
    def exposure(self) -> str:
        """The exposure as an editor writes it: 70 or 70-90."""
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


class StepShown(Struct, frozen=True):
    """One of the five steps."""

    do: str
    how_html: str
    effort: str
    task: str


class SourceShown(Struct, frozen=True):
    """A source with its number, by order of first citation on the page."""

    number: int
    id: str
    title: str
    publisher: str
    url: str
    date: str


class Section(Struct, frozen=True):
    """A narrative section; `own` when it is the role's, not the shared text."""

    id: str
    heading: str
    html: str
    own: bool


class Figure(Struct, frozen=True):
    """A published figure of the role's occupation; `shown` is it in its unit's usual form.

    `in_notes` is what the notes to the tasks take for known of its measure.
    """

    id: str
    name: str
    kind: str
    value: float
    shown: str
    measures: str
    unit: str
    range: str
    country: str
    year: str
    source_title: str
    source_url: str
    licence: str
    attribution: str
    in_notes: str


class PastScoreShown(Struct, frozen=True):
    """A score of an earlier day."""

    date: datetime.date
    score: int
    note: str


class Article(Struct, frozen=True):
    """Everything on a role's page that comes from its own record and narrative.

    `row` is not shown: it is what the role's own texts are compared by (text/shingles.py).
    """

    slug: str
    url: str
    title: str
    plural: str
    noun: str
    page_title: str
    category: str
    category_name: str
    category_url: str
    soc: str
    occupation: str
    also_called: tuple[str, ...]
    summary: str
    answer_html: str
    published: datetime.date
    updated: datetime.date
    reviewed: datetime.date
    reviewer: str
    reviewer_title: str
    score: ScoreShown
    tools: tuple[ToolShown, ...]
    at_risk: tuple[TaskShown, ...]
    durable: tuple[TaskShown, ...]
    steps: tuple[StepShown, ...]
    sources: tuple[SourceShown, ...]
    introduction: Section
    current_state: Section
    score_text: Section
    path_forward: Section
    extra: tuple[Section, ...]
    figures: tuple[Figure, ...]
    history: tuple[PastScoreShown, ...]
    words: int
    row: bytes

    @property
    def tasks(self) -> tuple[TaskShown, ...]:
        """All tasks, at risk first."""
        return self.at_risk + self.durable

    @property
    def headline(self) -> str:
        """The page's h1."""
        return f"Will AI replace {self.plural}?"


class ArticleRef(Struct, frozen=True, array_like=True):
    """Where an article is kept: a stretch of a file, in bytes. What it is, its digest says."""

    digest: str
    file: str
    offset: int
    length: int
