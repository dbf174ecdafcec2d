"""The site and its articles → all that the report says."""

from collections.abc import Callable, Sequence
from statistics import median

from rolerisk.model.article import Article, ArticleRef
from rolerisk.model.content import Category
from rolerisk.model.site import RoleFacts, Site
from rolerisk.model.survey import Coverage, Survey
from rolerisk.plan.spread import bands, histogram
from rolerisk.survey.calibration import agreements, outliers
from rolerisk.survey.ease import reading_ease
from rolerisk.survey.freshness import freshness


def survey(site: Site, fetch: Callable[[ArticleRef], Article]) -> Survey:
    """Survey the roles that are out; drafts and waiting ones count where coverage is told."""
    config = site.config
    agreed = agreements(site)
    ease = [reading_ease(role, fetch(role.article)) for role in site.roles]
    return Survey(
        config.name,
        config.score.name,
        site.today,
        histogram(config.score.bands, site.roles),
        agreed,
        outliers(site, agreed),
        tuple(sorted(ease, key=lambda item: (item.ease, item.card.slug))),
        freshness(site.roles, config.review, site.today),
        _coverage(site),
    )


def _coverage(site: Site) -> tuple[Coverage, ...]:
    """The categories, those without a role included, the largest first."""
    out: dict[str, list[RoleFacts]] = {id_: [] for id_ in site.tables.categories}
    for role in site.roles:
        out.setdefault(role.category, []).append(role)
    most = max(map(len, out.values()), default=0) or 1
    covered = [
        _category(category, out[id_], site, 100 * len(out[id_]) / most)
        for id_, category in site.tables.categories.items()
    ]
    return tuple(sorted(covered, key=lambda item: (-item.count, item.name)))


def _category(category: Category, roles: Sequence[RoleFacts], site: Site, width: float) -> Coverage:
    return Coverage(
        category.name,
        len(roles),
        sum(role.category == category.id for role in site.drafts),
        sum(role.category == category.id for role in site.waiting),
        f"{median(role.card.score for role in roles):g}" if roles else "",
        bands(site.config.score.bands, roles),
        width,
    )
