"""What templates of content/article/ and title patterns may read of a role."""

from typing import Any, Self

from rolerisk.assemble.names import noun_of, plural_of
from rolerisk.model.article import ScoreShown
from rolerisk.model.role import Role, Task
from rolerisk.model.site import Tables


def template_variables(role: Role, result: ScoreShown, tables: Tables) -> dict[str, Any]:
    """What templates of content/article/ and title patterns may read: plain values only."""

    def tasks(items: tuple[Task, ...]) -> list[dict[str, Any]]:
        return [
            {"task": t.task, "share": t.share, "low": t.exposure.low, "high": t.exposure.high}
            for t in items
        ]

    return {
        "role": {
            "slug": role.slug,
            "title": role.title,
            "plural": plural(role),
            "noun": noun(role),
            "tools": [{"name": tool.tool} for tool in role.tools],
            "at_risk": tasks(role.at_risk),
            "durable": tasks(role.durable),
        },
        "band": {
            "id": result.band,
            "name": result.band_name,
            "low": result.band_low,
            "high": result.band_high,
        },
        "score": _ScoreVariable(result, tables.config.score.name),
        "year": role.reviewed.year,
        "site": {
            "name": tables.config.name,
            "base_url": tables.config.base_url,
            "publisher": {
                "name": tables.config.publisher.name,
                "email": tables.config.publisher.email,
            },
        },
    }


class _ScoreVariable(int):
    """`score` in a template is the number; `score.low` and the like are its parts."""

    def __new__(cls, shown: ScoreShown, name: str) -> Self:
        made = super().__new__(cls, shown.value)
        made.value, made.low, made.high = shown.value, shown.low, shown.high
        made.confidence, made.name = shown.confidence, name
        return made

    value: int
    low: int
    high: int
    confidence: str
    name: str


def plural(role: Role) -> str:
    """The role's plural, stated or made."""
    return role.plural or plural_of(role.title)


def noun(role: Role) -> str:
    """The role's title inside a sentence, stated or made."""
    return role.noun or noun_of(role.title)
