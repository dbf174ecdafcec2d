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
    banned_phrase,
    cited_sources,
    code_fence,
    dates,
    dead_link,
    duplicate_role,
    future_date,
    host_root,
    image_alt,
    insecure_address,
    inverted_exposure,
    link_scheme,
    long_sentence,
    markdown_headings,
    markdown_limits,
    near_duplicate,
    overdue_review,
    passive_pile,
    removed_html,
    score_wording,
    security_expires,
    shares,
    spelling_variant,
    stale_source,
    stated_score,
    summary_length,
    thin_page,
    title_length,
    todo,
    tool_note,
    uncited_claim,
    uncited_figure,
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

TEXT_RULES = (
    image_alt,
    link_scheme,
    insecure_address,
    markdown_limits,
    code_fence,
    removed_html,
    banned_phrase,
    long_sentence,
    passive_pile,
    spelling_variant,
)
ROLE_RULES = (
    unknown_category,
    unknown_tool,
    unknown_source,
    cited_sources,
    uncited_claim,
    uncited_figure,
    stale_source,
    unknown_measure,
    unknown_reviewer,
    unknown_task,
    shares,
    inverted_exposure,
    stated_score,
    dates,
    markdown_headings,
    score_wording,
    todo,
    *TEXT_RULES,
)
SITE_RULES = (
    bands,
    duplicate_role,
    future_date,
    overdue_review,
    host_root,
    security_expires,
    unknown_related,
    alias,
    address_conflict,
    dead_link,
    summary_length,
    title_length,
    thin_page,
    near_duplicate,
    tool_note,
    unused,
)
_RULES = tuple(module.RULE for module in (*ROLE_RULES, *SITE_RULES))
STEADY = frozenset(rule.id for rule in _RULES if not rule.lenient)
FIRM = frozenset(rule.id for rule in _RULES if rule.firm)
LENIENT = frozenset(rule.id for rule in _RULES if rule.lenient)


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
    "FIRM",
    "LENIENT",
    "ROLE_RULES",
    "SITE_RULES",
    "STEADY",
    "TEXT_RULES",
    "RoleSubject",
    "SiteSubject",
    "check_role",
    "check_site",
]
