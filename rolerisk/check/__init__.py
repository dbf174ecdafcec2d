"""Stage 4, check: one rule a file, each with RULE and check(…) → problems.

The lists below are the whole mechanism: a new rule is a new file and a line here. ROLE_RULES look
at one role and the tables; SITE_RULES compare roles, or look at pages and tables; TEXT_RULES
look at single texts, of roles or not.
"""

from collections.abc import Iterator

from rolerisk.check import (
    address_conflict,
    alias,
    bands,
    cited_sources,
    dates,
    dead_link,
    duplicate_role,
    future_date,
    host_root,
    image_alt,
    inverted_exposure,
    link_scheme,
    markdown_headings,
    markdown_limits,
    overdue_review,
    removed_html,
    score_wording,
    shares,
    stated_score,
    summary_length,
    title_length,
    tool_note,
    unknown_category,
    unknown_measure,
    unknown_related,
    unknown_reviewer,
    unknown_source,
    unknown_task,
    unknown_tool,
    unused,
)
from rolerisk.check.subject import RoleSubject, SiteSubject
from rolerisk.problem import Problem

TEXT_RULES = (image_alt, link_scheme, markdown_limits, removed_html)
ROLE_RULES = (
    unknown_category,
    unknown_tool,
    unknown_source,
    cited_sources,
    unknown_measure,
    unknown_reviewer,
    unknown_task,
    shares,
    inverted_exposure,
    stated_score,
    dates,
    markdown_headings,
    score_wording,
    *TEXT_RULES,
)
SITE_RULES = (
    bands,
    duplicate_role,
    future_date,
    overdue_review,
    host_root,
    unknown_related,
    alias,
    address_conflict,
    dead_link,
    summary_length,
    title_length,
    tool_note,
    unused,
)
LENIENT = frozenset(module.RULE.id for module in (*ROLE_RULES, *SITE_RULES) if module.RULE.lenient)


def check_role(subject: RoleSubject) -> Iterator[Problem]:
    """Everything that is wrong with one role, whatever the others are."""
    for rule in ROLE_RULES:
        yield from rule.check(subject)


def check_site(subject: SiteSubject) -> Iterator[Problem]:
    """Everything that shows only when all of the site is known."""
    for rule in SITE_RULES:
        yield from rule.check(subject)
    for text_rule in TEXT_RULES:
        yield from text_rule.check(subject)


__all__ = [
    "LENIENT",
    "ROLE_RULES",
    "SITE_RULES",
    "TEXT_RULES",
    "RoleSubject",
    "SiteSubject",
    "check_role",
    "check_site",
]
