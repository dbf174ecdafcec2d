"""What is wrong with a change, although the content is right: dates that lie, addresses lost."""

import datetime
from collections.abc import Iterator, Mapping, Set

from rolerisk.problem import Place, Problem, Rule, Severity, problem
from rolerisk.revision.written import WrittenRole

UPDATED = Rule(
    "updated-date",
    Severity.WARNING,
    "`updated` moves when the text of a role changes, and only then (`check --changed`).",
    "It is the date that readers, the feed and the sitemap are told. The role is compared with "
    "what it was where the branch began: its record without dates, status and aliases, and its "
    "narrative, word by word.",
)
LOST_ADDRESS = Rule(
    "lost-address",
    Severity.ERROR,
    "A role that is taken away or renamed leaves an alias or a line under `gone` (`check --changed`, `diff`).",
    "Readers and search engines come to the old address for years. An alias leads them to the role "
    "that took its place; where none did, `gone` in site.yaml says that this is meant.",
)
RULES = (UPDATED, LOST_ADDRESS)


def wrong_dates(
    before: Mapping[str, WrittenRole], now: Mapping[str, WrittenRole], today: datetime.date
) -> Iterator[Problem]:
    """Compare the roles that are in both, as far as they were out before."""
    for slug in sorted(before.keys() & now.keys()):
        old, new = before[slug], now[slug]
        was, is_ = old.updated, new.updated
        if was is None or is_ is None or not (old.whole and new.whole):
            continue
        if _held_back(old, today) or _held_back(new, today):
            continue
        same = old.words == new.words
        if not same and is_ <= was and is_ != today:
            message = f"the text of {slug} has changed, but `updated` is still {is_}"
            yield _of_date(new, message, f"write `updated: {today}`")
        elif same and is_ != was:
            message = f"`updated` of {slug} has moved from {was} to {is_}, but its text is the same"
            hint = f"write `updated: {was}` again; a check of the facts moves `reviewed`"
            yield _of_date(new, message, hint)


def lost_addresses(before: Mapping[str, WrittenRole], known: Set[str]) -> Iterator[Problem]:
    """The addresses of roles that lead nowhere any more and are not said to be `gone`."""
    for old in before.values():
        for slug in () if old.record.get("status") == "draft" else sorted(old.addresses):
            url = f"/roles/{slug}/"
            if url not in known:
                message = f"{url} was an address of the role {old.slug}, and leads nowhere now"
                hint = (
                    f"add {slug} to the aliases of the role that took its place, "
                    f"or {url} to `gone` in content/site.yaml"
                )
                yield problem(LOST_ADDRESS, Place(old.place.path), message, hint)


def _held_back(role: WrittenRole, today: datetime.date) -> bool:
    """Whether nobody has seen the role yet."""
    return role.record.get("status") == "draft" or role.published >= today.isoformat()


def _of_date(role: WrittenRole, message: str, hint: str) -> Problem:
    key = "updated" if "updated" in role.record else "published"
    return problem(UPDATED, role.place.at(key), message, hint)
