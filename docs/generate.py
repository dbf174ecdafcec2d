"""Writes the parts of docs/ that the code knows best: the rules and the keys of every file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec import NODEFAULT, inspect

from rolerisk.hosts.table import HOSTS, Host
from rolerisk.model.config import Config
from rolerisk.model.content import Category, Measure, PageHead, Source, Tool
from rolerisk.model.role import Role
from rolerisk.model.style import Style
from rolerisk.parse import forms
from rolerisk.problem import Rule
from rolerisk.rulebook import RULES

FOLDER = Path(__file__).parent
_FILES = (
    ("roles.yaml, content/roles/&lt;slug&gt;.yaml", "A list of roles, or one role a file.", Role),
    ("content/site.yaml", "One record.", Config),
    ("content/categories.yaml", "A list of records.", Category),
    ("content/tools.yaml", "A list of records.", Tool),
    ("content/sources.yaml", "A list of records.", Source),
    ("content/measures.yaml", "A list of records.", Measure),
    ("content/style.yaml", "One record; the file may be missing.", Style),
    ("content/pages/*.md", "Front matter between two lines of `---`.", PageHead),
)


def rules_page() -> str:
    """docs/rules.md: every rule with what it promises and why."""
    lines = [
        "# Rules of `check`",
        "",
        "Written by `make docs` from the rules themselves. An error stops a build; a warning does not,",
        "unless `--strict` is given (an overdue review stays a warning even then). Rules that begin with",
        "`site-` are about a built folder (`check --site`), those with `host-` about where it goes",
        "(`check --host NAME`).",
        "",
    ]
    for rule in sorted(RULES, key=lambda rule: rule.id):
        lines += [*_rule(rule), ""]
    return "\n".join(lines).rstrip() + "\n"


def reference_page() -> str:
    """docs/reference.md: every key of every file that editors write."""
    lines = [
        "# Reference: the files that editors write",
        "",
        "Written by `make docs` from the data model; the JSON Schemas say the same to your editor.",
        "A key without a default is required.",
        "",
    ]
    for name, form, kind in _FILES:
        lines += [
            f"## {name}",
            "",
            form,
            "",
            "| key | value | default | meaning |",
            "|---|---|---|---|",
        ]
        lines += [*_rows(inspect.type_info(kind), ""), ""]
    return "\n".join(lines).rstrip() + "\n"


def hosts_page() -> str:
    """docs/hosts.md: what each host allows, and where it says so."""
    lines = [
        "# Hosts and their limits",
        "",
        "Written by `make docs` from rolerisk/hosts/table.py. `python build.py check --host NAME`",
        "compares a built site with them. How to publish: [publishing.md](publishing.md).",
        "",
    ]
    for name, host in HOSTS.items():
        lines += [f"## {host.title}", "", f"`check --host {name}`", ""]
        lines += [f"- {fact}" for fact in _facts(host)]
        lines += [f"- Without a top-level 404.html, {host.not_found}."]
        lines += ["", f"Sources: {', '.join(f'<{source}>' for source in host.sources)}", ""]
    return "\n".join(lines).rstrip() + "\n"


def _facts(host: Host) -> Iterator[str]:
    """The record of a host in words."""
    limits = [
        (host.files, "{:,} files" + (" and folders" if host.counts_folders else "")),
        (host.folder_files, "{:,} files in one folder"),
        (host.file_bytes, "{:,} bytes a file"),
        (host.site_bytes, "{:,} bytes in all"),
        (host.redirects, "{:,} redirects"),
        (host.static_redirects, "{:,} static redirects"),
        (host.dynamic_redirects, "{:,} dynamic redirects (with `*` or `:name`)"),
        (host.redirect_length, "{:,} characters a redirect"),
        (host.redirects_bytes, "{:,} bytes of redirects"),
        (host.header_rules, "{:,} header rules"),
        (host.header_length, "{:,} characters a line of headers"),
    ]
    stated = [words.format(figure) for figure, words in limits if figure is not None]
    yield (
        f"At most {', '.join(stated)}."
        if stated
        else "No limit of files or sizes is known, and none checked."
    )
    if not host.links:
        yield "No symbolic or hard links."
    reads = [
        *(["_redirects"] if host.reads_redirects else []),
        *(["_headers"] if host.reads_headers else []),
    ]
    unread = [n for n in ("_redirects", "_headers") if n not in reads]
    if reads:
        yield f"Reads {' and '.join(f'`{n}`' for n in reads)}."
    if unread:
        yield f"Does not read {' or '.join(f'`{n}`' for n in unread)}."
    if not host.reads_redirects:
        yield "Needs `redirects: stubs` in content/site.yaml."
    yield f"Addresses under `gone` in content/site.yaml answer {410 if host.reads_gone else 404}."


def _rule(rule: Rule) -> list[str]:
    kind = f"{rule.severity}{', also with --strict' if rule.lenient else ''}"
    kind += ", and its errors stand" if rule.firm else ""
    return [f"## {rule.id}", "", f"*{kind}.* {rule.summary}", "", rule.details]


def _rows(kind: Any, prefix: str) -> list[str]:
    rows = []
    for field in forms.bare(kind).fields:
        bare, name = forms.bare(field.type), f"{prefix}{field.encode_name}"
        rows.append(f"| `{name}` | {_kind(bare)} | {_default(field)} | {_meaning(field)} |")
        inner = _record_in(bare)
        if inner is not None:
            rows += _rows(inner, f"{name}{'[]' if isinstance(bare, inspect.VarTupleType) else ''}.")
    return rows


def _record_in(kind: Any) -> Any:
    if isinstance(kind, inspect.VarTupleType):
        return _record_in(forms.bare(kind.item_type))
    if isinstance(kind, inspect.UnionType):
        return next(filter(None, (_record_in(forms.bare(t)) for t in kind.types)), None)
    return kind if isinstance(kind, inspect.StructType) else None


def _kind(kind: Any) -> str:
    if isinstance(kind, inspect.VarTupleType):
        least, most = kind.min_length, kind.max_length
        many = "" if least is None else f", {least}" if least == most else f", {least}-{most or ''}"
        return f"list of {_kind(forms.bare(kind.item_type))}{many}"
    if isinstance(kind, inspect.UnionType):
        options = [forms.bare(t) for t in kind.types if not isinstance(t, inspect.NoneType)]
        return " or ".join(map(_kind, options))
    if isinstance(kind, inspect.StructType):
        return "record"
    if isinstance(kind, inspect.DictType):
        value = forms.bare(kind.value_type)
        return (
            "figures by measure id"
            if isinstance(value, inspect.FloatType)
            else f"{_kind(value)}, by name"
        )
    return forms.noun(kind)


def _default(field: Any) -> str:
    if field.required:
        return ""
    default = field.default if field.default is not NODEFAULT else "none"
    if default in (None, (), "none"):
        return "none"
    return (
        "as below"
        if hasattr(default, "__struct_fields__")
        else f"`{str(default).lower() if isinstance(default, bool) else default}`"
    )


def _meaning(field: Any) -> str:
    kind = field.type
    while isinstance(kind, inspect.Metadata):
        text = (kind.extra_json_schema or {}).get("description")
        if text:
            return str(text).replace("|", "\\|").replace("<", "&lt;")
        kind = kind.type
    return ""


if __name__ == "__main__":
    (FOLDER / "rules.md").write_text(rules_page(), encoding="utf-8")
    (FOLDER / "hosts.md").write_text(hosts_page(), encoding="utf-8")
    (FOLDER / "reference.md").write_text(reference_page(), encoding="utf-8")
