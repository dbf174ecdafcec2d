"""One role: its article → the small part of it that other pages and rules need."""

import hashlib

import msgspec

from rolerisk.assemble.article import role_url
from rolerisk.assemble.links import internal_links
from rolerisk.assemble.words import count_words
from rolerisk.model.article import Article, ArticleRef, TaskShown
from rolerisk.model.parsed import ParsedRole
from rolerisk.model.site import (
    Link,
    RoleCard,
    RoleDetails,
    RoleFacts,
    StepCard,
    TaskCard,
    ToolCard,
)
from rolerisk.problem import Place
from rolerisk.text.shingles import sample
from rolerisk.text.todo import has_todo

_encoder = msgspec.msgpack.Encoder(order="deterministic")
_NOWHERE = Place("")


def assemble_facts(parsed: ParsedRole, article: Article, kept: ArticleRef) -> RoleFacts:
    """The facts of a role; `kept` is where its whole article is."""
    role, score = parsed.role, article.score
    facts = RoleFacts(
        card=RoleCard(
            role.slug,
            role_url(role.slug),
            role.title,
            article.plural,
            score.value,
            score.low,
            score.high,
            score.band,
            score.band_name,
            score.confidence,
        ),
        place=_NOWHERE,
        category=role.category,
        soc=article.soc,
        summary=role.summary,
        page_title=article.page_title,
        noun=article.noun,
        also_called=role.also_called,
        tools=tuple(tool.name for tool in article.tools),
        tools_as_written=tuple(use.tool for use in role.tools),
        at_risk=_cards(article.at_risk),
        durable=_cards(article.durable),
        details=_encoder.encode(_details(article)),
        history=article.history,
        published=role.published,
        updated=article.updated,
        reviewed=role.reviewed,
        draft=role.status == "draft",
        related=role.related,
        aliases=role.aliases,
        links=_internal_links(parsed),
        anchors=tuple(section.id for section in article.extra),
        sources=tuple(source for source in role.sources if isinstance(source, str)),
        figures={figure.id: figure.value for figure in article.figures},
        flawed=parsed.flawed,
        words=count_words(parsed, article),
        unwritten=any(has_todo(text) for _, _, text in parsed.texts),
        texts_digest=_texts_digest(article),
        sample=sample(article.row),
        article=ArticleRef(kept.digest, "", 0, 0),
        digest="",
    )
    digest = hashlib.blake2b(_encoder.encode(facts), digest_size=16).hexdigest()
    return msgspec.structs.replace(facts, place=parsed.place, article=kept, digest=digest)


def _cards(tasks: tuple[TaskShown, ...]) -> tuple[TaskCard, ...]:
    return tuple(TaskCard(t.task, t.share, t.low, t.high) for t in tasks)


def _details(article: Article) -> RoleDetails:
    return RoleDetails(
        tuple(ToolCard(tool.name, tool.url) for tool in article.tools),
        tuple(StepCard(step.do, step.effort, step.task) for step in article.steps),
        article.sources,
    )


def _texts_digest(article: Article) -> str:
    """What the role is, and what its own texts say."""
    said = article.slug.encode() + b"\0" + article.row
    return hashlib.blake2b(said, digest_size=16).hexdigest()


def _internal_links(parsed: ParsedRole) -> tuple[Link, ...]:
    return tuple(
        link
        for place, fragment, source in parsed.texts
        if fragment.links
        for link in internal_links(_from_record(place, parsed.place), fragment, source)
    )


def _from_record(place: Place, record: Place) -> Place:
    """A place inside a record without the keys that lead to the record."""
    if place.path != record.path or not place.keys:
        return place
    return Place(place.path, place.keys[len(record.keys) :])
