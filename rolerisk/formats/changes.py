"""A difference between two revisions → text for the terminal, Markdown for a pull request."""

from collections.abc import Iterator

from rolerisk.revision.diff import Difference, PageChange, RoleChange

_NO_CHANGE = "nothing that readers see has changed"


def changes_text(found: Difference) -> str:
    """One line a page, roles first, for the terminal."""
    lines = [_heading(found)]
    lines += [f"  {what:8} {url:44} {detail}" for what, url, detail in _rows(found)]
    return "\n".join(line.rstrip() for line in lines)


def changes_markdown(found: Difference) -> str:
    """The same as a table, for a comment on a pull request."""
    lines = [f"### {_heading(found)}", ""]
    rows = list(_rows(found))
    if rows:
        lines += ["| | page | what |", "|---|---|---|"]
        lines += [f"| {what} | `{url}` | {_cell(detail)} |" for what, url, detail in rows]
    return "\n".join(lines).rstrip() + "\n"


def _heading(found: Difference) -> str:
    if not found.roles and not found.pages:
        return f"Since {found.base[:10]} {_NO_CHANGE}"
    roles, pages = len(found.roles), len(found.pages)
    return (
        f"Since {found.base[:10]}: {roles} role{'s' * (roles != 1)} "
        f"and {pages} other page{'s' * (pages != 1)} changed"
    )


def _rows(found: Difference) -> Iterator[tuple[str, str, str]]:
    for role in found.roles:
        yield (
            _what(role.before is not None, role.now is not None),
            f"/roles/{role.slug}/",
            (_role_detail(role)),
        )
    for page in found.pages:
        yield _what(page.was_there, page.is_there), page.url, _words(page)


def _what(before: bool, now: bool) -> str:
    if before and now:
        return "changed"
    return "added" if now else "removed"


def _role_detail(role: RoleChange) -> str:
    return ", ".join(filter(None, (*_seen(role), _words(role), *_where(role))))


def _seen(role: RoleChange) -> Iterator[str]:
    """The title and the score, each as it was and as it is where that differs."""
    shown = [seen for seen in (role.before, role.now) if seen]
    for key in ("title", "score"):
        values = list(dict.fromkeys(str(getattr(seen, key)) for seen in shown))
        if len(values) > 1 or len(shown) == 1:
            name = "score " if key == "score" else ""
            yield name + " → ".join(values)


def _where(role: RoleChange) -> Iterator[str]:
    """Where a role that is not there any more can be found."""
    if role.to:
        yield f"renamed to /roles/{role.to}/"
    if not role.leads:
        yield "ERROR: its address leads nowhere: add an alias, or a line to `gone` in site.yaml"


def _words(change: RoleChange | PageChange) -> str:
    counts = (f"+{change.came:,}" * bool(change.came), f"−{change.went:,}" * bool(change.went))
    told = " ".join(filter(None, counts))
    return f"{told} words" if told else ""


def _cell(text: str) -> str:
    return text.replace("<", "&lt;").replace("|", "\\|")
