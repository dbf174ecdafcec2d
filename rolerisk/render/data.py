"""JSON, CSV and files that are published as they are."""

import csv
import io
from collections.abc import Iterable
from typing import Any

import msgspec

from rolerisk.model.article import Article, TaskShown
from rolerisk.model.files import AllRoles, RoleData, RoleRecord, Verbatim, WebManifest
from rolerisk.model.site import RoleDetails, TaskCard

VERSION = 1
_details = msgspec.msgpack.Decoder(RoleDetails)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so is run by spreadsheets


def verbatim(context: Verbatim) -> bytes:
    """The file itself."""
    return context.data


def role_json(context: RoleData) -> bytes:
    """index.json of a role: its record with what was computed; prose as HTML."""
    article = context.article
    assert isinstance(article, Article), "brought by Renderers.render"
    record = {
        "version": VERSION,
        "slug": article.slug,
        "title": article.title,
        "plural": article.plural,
        "noun": article.noun,
        "category": article.category,
        "soc": article.soc or None,
        "also_called": article.also_called,
        "url": context.base_url + article.url,
        "summary": article.summary,
        "answer": article.answer_html,
        "score": _score(article),
        "tools": [
            {"tool": tool.name, "url": context.base_url + tool.url, "does": tool.does_html}
            for tool in article.tools
        ],
        "at_risk": [_task(task) for task in article.at_risk],
        "durable": [_task(task) for task in article.durable],
        "steps": [
            {"do": s.do, "how": s.how_html, "effort": s.effort or None, "task": s.task or None}
            for s in article.steps
        ],
        "sources": article.sources,
        "measures": {figure.id: figure.value for figure in article.figures},
        "history": article.history,
        "related": context.related,
        "published": article.published,
        "updated": article.updated,
        "reviewed": article.reviewed,
    }
    return _json(record)


def roles_json(context: AllRoles) -> bytes:
    """/data/roles.json: the records of all roles without their prose."""
    if not context.roles:
        return _json([])
    # One by one: as plain values, all of them together take several times the memory of the file.
    begin, between, end = b"[\n", b",\n", b"\n]\n"
    file = io.BytesIO()
    for number, role in enumerate(context.roles):
        alone = _json([_record(role, context.base_url)])
        file.write(between if number else begin)
        file.write(alone[len(begin) : -len(end)])
    file.write(end)
    return file.getvalue()  # which makes no copy


def roles_csv(context: AllRoles) -> bytes:
    """/data/roles.csv: a row a role; then a column a measure, empty where there is no figure."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    fixed = "slug title category soc score low high band confidence published updated url".split()
    writer.writerow([*fixed, *context.measures])
    for role in context.roles:
        card = role.card
        row = [
            card.slug,
            card.title,
            role.category,
            role.soc,
            card.score,
            card.low,
            card.high,
            card.band,
            card.confidence,
            role.published.isoformat(),
            role.updated.isoformat(),
            context.base_url + card.url,
            *(_figure(role.figures.get(measure)) for measure in context.measures),
        ]
        writer.writerow([_harmless(cell) for cell in row])
    return file.getvalue().encode()


def web_manifest(context: WebManifest) -> bytes:
    """site.webmanifest: the name and icons for a home screen."""
    manifest = {
        "name": context.name,
        "short_name": context.name,
        "start_url": f"{context.base}/",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": context.theme_color,
        "icons": [{"src": context.base + url, "sizes": sizes} for url, sizes in context.icons],
    }
    return _json(manifest)


def _score(article: Article) -> dict[str, Any]:
    score = article.score
    return {
        "value": score.value,
        "low": score.low,
        "high": score.high,
        "band": score.band,
        "confidence": score.confidence,
    }


def _task(task: TaskShown) -> dict[str, Any]:
    return {
        "task": task.task,
        "share": task.share,
        "exposure": [task.low, task.high],
        "why": task.why_html,
        "sources": task.sources,
    }


def _record(role: RoleRecord, base_url: str) -> dict[str, Any]:
    card, details = role.card, _details.decode(role.details)
    return {
        "version": VERSION,
        "slug": card.slug,
        "title": card.title,
        "plural": card.plural,
        "noun": role.noun,
        "category": role.category,
        "soc": role.soc or None,
        "also_called": role.also_called,
        "url": base_url + card.url,
        "summary": role.summary,
        "score": {
            "value": card.score,
            "low": card.low,
            "high": card.high,
            "band": card.band,
            "confidence": card.confidence,
        },
        "tools": [{"tool": tool.name, "url": base_url + tool.url} for tool in details.tools],
        "at_risk": _tasks(role.at_risk),
        "durable": _tasks(role.durable),
        "steps": [
            {"do": s.do, "effort": s.effort or None, "task": s.task or None} for s in details.steps
        ],
        "sources": details.sources,
        "measures": role.figures,
        "history": role.history,
        "related": role.related,
        "published": role.published,
        "updated": role.updated,
        "reviewed": role.reviewed,
    }


def _tasks(tasks: Iterable[TaskCard]) -> list[dict[str, Any]]:
    return [{"task": t.task, "share": t.share, "exposure": [t.low, t.high]} for t in tasks]


def _figure(figure: float | None) -> float | int | str:
    """A figure as its source writes it: 36000, not 36000.0; empty where there is none."""
    if figure is None:
        return ""
    return int(figure) if figure == int(figure) else figure


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
