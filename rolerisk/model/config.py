"""content/site.yaml: what the site is called, who answers for it, its switches and thresholds."""

import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct, field

from rolerisk.model.scalars import (
    BaseUrl,
    Color,
    Contact,
    Days,
    Email,
    IndexNowKey,
    Language,
    Line,
    Path,
    Percent,
    Prose,
    Slug,
    Url,
)


class Publisher(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Who answers for the site."""

    name: Annotated[Line, Meta(description="The publisher's name.")]
    url: Annotated[Url, Meta(description="The publisher's own address.")]
    email: Annotated[Email, Meta(description="Where readers write to.")]
    logo: Annotated[
        Path | None, Meta(description="The logo's path on the site, for structured data.")
    ] = None
    same_as: Annotated[
        tuple[Url, ...], Meta(description="The publisher's profiles elsewhere.")
    ] = ()


class Band(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"from_": "from"}):
    """A named stretch of the score; it ends where the next one starts."""

    id: Annotated[Slug, Meta(description="Short name, used in data and style sheets.")]
    name: Annotated[Line, Meta(description="What readers see: Low risk.")]
    from_: Annotated[Percent, Meta(description="The lowest score in the band; the first is 0.")]


class ScoreSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the score is called, and its bands."""

    name: Annotated[Line, Meta(description="The score's name on the pages.")]
    version: Annotated[
        int, Meta(ge=1, description="Goes up when the way the score is computed changes.")
    ]
    bands: Annotated[
        tuple[Band, ...], Meta(min_length=2, max_length=6, description="Ascending, from 0.")
    ]


class CallToAction(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """An offer to the reader."""

    heading: Annotated[Line, Meta(description="Its heading.")]
    text: Annotated[Line, Meta(description="One or two sentences.")]
    label: Annotated[Line, Meta(description="The link's words.")]
    url: Annotated[Url, Meta(description="Where it leads.")]


class CallsToAction(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The two offers of a role page."""

    audit: Annotated[CallToAction, Meta(description="For the reader, after the path forward.")]
    business: Annotated[CallToAction, Meta(description="For businesses, at the end.")]


class Features(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Switches for the parts of the output that cost the most time."""

    cards: Annotated[bool, Meta(description="Draw a share image for each role.")] = True
    search: Annotated[bool, Meta(description="Build the search index.")] = True


class Review(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How long facts stay checked."""

    warn_after_days: Annotated[
        Days, Meta(description="A review older than this is a warning, also with --strict.")
    ] = 180
    fail_after_days: Annotated[Days, Meta(description="A review older than this is an error.")] = (
        545
    )


class ThinPages(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How much of a role's page has to be its own words."""

    warn_under: Annotated[
        Percent,
        Meta(description="A smaller share of own words, in percent, is a warning; 0: none is."),
    ] = 40
    fail_under: Annotated[
        Percent,
        Meta(description="A smaller share of own words, in percent, is an error; 0: none is."),
    ] = 30


class NearDuplicates(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How much two roles may say word for word."""

    warn_from: Annotated[
        int,
        Meta(
            ge=1,
            le=100,
            description="Pages of which so much of the shorter one stands in both, in percent: a warning.",
        ),
    ] = 25
    fail_from: Annotated[
        int,
        Meta(
            ge=1,
            le=100,
            description="Pages of which so much of the shorter one stands in both, in percent: an error.",
        ),
    ] = 50


class SourceSettings(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """How old the sources of what changes fast may be."""

    stale_after_days: Annotated[
        Days,
        Meta(
            description="What a role says of an AI tool is a warning when all that it cites was older than this at its `reviewed`."
        ),
    ] = 730


class Person(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Somebody who really checks facts and may be named as a reviewer."""

    name: Annotated[Line, Meta(description="The name, as `reviewer` gives it.")]
    title: Annotated[Line, Meta(description="What qualifies them.")]
    url: Annotated[Url | None, Meta(description="A page about them.")] = None


class Licence(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A licence that readers are told of."""

    name: Annotated[Line, Meta(description="Its short name: CC BY 4.0.")]
    url: Annotated[Url, Meta(description="Where its text is.")]


class Redirect(
    Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, rename={"from_": "from"}
):
    """An address of old that leads to a page of today."""

    from_: Annotated[Path, Meta(description="The old address, root-relative: /old/.")]
    to: Annotated[Path, Meta(description="The page it leads to: /new/.")]


class Config(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The settings of a site."""

    name: Annotated[Line, Meta(description="The site's name.")]
    summary: Annotated[Line, Meta(description="The home page's meta description.")]
    base_url: Annotated[
        BaseUrl,
        Meta(
            description="Where the site is published: https, no trailing slash, a path is allowed."
        ),
    ]
    language: Annotated[Language, Meta(description="The articles' language, as a BCP 47 tag.")] = (
        "en-US"
    )
    titles: Annotated[
        tuple[Prose, ...],
        Meta(
            min_length=1,
            description="Patterns for a role page's title; the first of at most 65 characters is used.",
        ),
    ]
    publisher: Annotated[Publisher, Meta(description="Who answers for the site.")]
    people: Annotated[tuple[Person, ...], Meta(description="Who may be a role's reviewer.")] = ()
    score: Annotated[ScoreSettings, Meta(description="The score's name, version and bands.")]
    calls_to_action: Annotated[CallsToAction, Meta(description="The two offers of a role page.")]
    data_licence: Annotated[Licence, Meta(description="The licence of the articles and the data.")]
    features: Annotated[Features, Meta(description="Costly parts that can be switched off.")] = (
        Features()
    )
    review: Annotated[Review, Meta(description="How long facts stay checked.")] = Review()
    thin_pages: Annotated[
        ThinPages, Meta(description="How much of a role's page has to be its own words.")
    ] = ThinPages()
    near_duplicates: Annotated[
        NearDuplicates, Meta(description="How much two roles may say word for word.")
    ] = NearDuplicates()
    sources: Annotated[SourceSettings, Meta(description="How old sources may be.")] = (
        SourceSettings()
    )
    rules: Annotated[
        dict[str, Literal["warning", "error", "off"]],
        Meta(description="How grave a rule of docs/rules.md is on this site, by its name."),
    ] = field(default_factory=dict)
    redirects: Annotated[
        Literal["stubs", "rules"],
        Meta(
            description="HTML stubs (for hosts without rules, such as GitHub Pages) or host rules."
        ),
    ] = "stubs"
    moved: Annotated[
        tuple[Redirect, ...], Meta(description="Redirects besides the roles' aliases.")
    ] = ()
    gone: Annotated[
        tuple[Path, ...],
        Meta(
            description="Addresses of pages that were taken down and lead nowhere: /roles/old/. They answer 410 where the host can, else 404."
        ),
    ] = ()
    crawlers: Annotated[
        Literal["welcome", "search-only", "closed"],
        Meta(
            description="robots.txt: all crawlers; all but those that train AI models; none (a preview)."
        ),
    ] = "welcome"
    indexnow_key: Annotated[
        IndexNowKey | None, Meta(description="The IndexNow key, published as a file.")
    ] = None
    repository: Annotated[
        Url | None, Meta(description="The content's repository, for 'report an error' links.")
    ] = None
    security_contact: Annotated[
        Contact | None,
        Meta(description="Where security problems are reported: an https or mailto address."),
    ] = None
    security_expires: Annotated[
        datetime.date | None,
        Meta(
            description="The day until which the security contact holds, at most a year ahead: security.txt must say one."
        ),
    ] = None
    theme_color: Annotated[Color, Meta(description="The browser's bar: #rrggbb.")] = "#17324d"
