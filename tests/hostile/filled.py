"""A site that is made from the model's types alone: every key of every record has a value.

A field that somebody adds to the model is in it the next day, with whatever text a test plants.
"""

import json
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from msgspec import inspect

from rolerisk.model import scalars
from rolerisk.model.config import Config
from rolerisk.model.content import Category, Measure, PageHead, Source, Tool
from rolerisk.model.role import Role
from rolerisk.model.scalars import Exposure
from rolerisk.parse import forms
from tests.sites import SMALL_SITE, split_files

Keys = tuple[str | int, ...]
# A field's keys, and "line", "prose" or "form" → its text; of a form, "" stands for a sound one.
Writer = Callable[[Keys, str], str]

LISTS = {
    "roles.yaml": Role,
    "content/categories.yaml": Category,
    "content/tools.yaml": Tool,
    "content/sources.yaml": Source,
    "content/measures.yaml": Measure,
}
SITE, PAGE = "content/site.yaml", "content/pages/about.md"
# What only pages show, as the methodology does.
_MEASURES = """{% for measure in measures %}
{{ measure.unit }} {{ measure.range }} {{ measure.licence }} {{ measure.source.publisher }}
{% endfor %}"""
_ENTRIES = {"roles.yaml": 2, "content/tools.yaml": 3}


def _pattern(kind: Any) -> str:
    return kind.__metadata__[0].pattern


_LINE = _pattern(scalars.Line)
# Values of other forms; where the form lets something through, it is the worst that it does.
_VALUES: dict[str, Callable[[str], str]] = {
    _pattern(scalars.Slug): lambda name: name,
    _pattern(scalars.Soc): lambda _: "47-2031.00",
    _pattern(scalars.Url): lambda name: f"https://example.org/{name}?q=javascript:alert(1)&x={{}}",
    _pattern(scalars.BaseUrl): lambda _: "https://test.example.org",
    _pattern(scalars.Path): lambda name: f"/{name}/",
    _pattern(scalars.Email): lambda _: "<script>alert(1)</script>\"onload='x'@test.example.org",
    _pattern(scalars.IndexNowKey): lambda _: "0123456789abcdef",
    _pattern(scalars.Contact): lambda _: 'mailto:"><script>alert(1)</script>@test.example.org',
    _pattern(scalars.Language): lambda _: "en-US",
    _pattern(scalars.Color): lambda _: "#17324d",
}


def text_fields(*wanted: str) -> list[tuple[str, Keys]]:
    """Every field of these kinds (line, prose, url, path or contact): its file and its keys.

    Those that name another record's field are left out: they say what that says.
    """
    kinds = {
        "line": _LINE,
        "prose": "",
        "url": _pattern(scalars.Url),
        "path": _pattern(scalars.Path),
        "contact": _pattern(scalars.Contact),
    }
    patterns = {kinds[name] for name in wanted}
    found = []
    for path, root in _roots():
        for keys, kind in _strings(root, (_stem(path), 0) if path in LISTS else (_stem(path),)):
            pattern = kind.pattern or ""
            if pattern in patterns and keys not in _NOT_FREE:
                found.append((path, keys))
    return found


_NOT_FREE: set[Keys] = {
    ("site", "titles", 0),  # a template: what it may hold is tested as one
    ("site", "publisher", "logo"),
    ("site", "moved", 0, "from"),
    ("site", "moved", 0, "to"),
    ("roles", 0, "reviewer"),
    ("roles", 0, "tools", 0, "tool"),
    ("roles", 0, "at_risk", 0, "sources", 0),
    ("roles", 0, "durable", 0, "sources", 0),
    ("roles", 0, "steps", 0, "task"),
}


_type_info = cache(inspect.type_info)  # which looks at all that is below a type, each time


def _stem(path: str) -> str:
    return path.rpartition("/")[2].partition(".")[0]


def _roots() -> Iterator[tuple[str, type]]:
    yield from LISTS.items()
    yield SITE, Config
    yield PAGE, PageHead


def _strings(kind: Any, keys: Keys) -> Iterator[tuple[Keys, inspect.StrType]]:
    kind = forms.bare(_type_info(kind) if isinstance(kind, type) else kind)
    match kind:
        case inspect.StrType():
            yield keys, kind
        case inspect.StructType():
            for field in kind.fields:
                yield from _strings(field.type, (*keys, field.encode_name))
        case inspect.VarTupleType():
            yield from _strings(kind.item_type, (*keys, 0))
        case inspect.UnionType():
            yield from _strings(_option(kind), keys)


def _option(kind: inspect.UnionType) -> inspect.Type:
    """The option that holds the most: a record rather than a text, a text rather than nothing."""
    options = [forms.bare(option) for option in kind.types]
    return max(
        options,
        key=lambda o: (isinstance(o, inspect.StructType), not isinstance(o, inspect.NoneType)),
    )


def filled_site(write: Writer) -> dict[str, str]:
    """The files of a site in which every record has every key, its texts as `write` has them."""
    values: dict[str, Any] = {}
    for path, root in _roots():
        count = _ENTRIES.get(path, 1)
        kind, stem = _type_info(root), _stem(path)
        entries = [_filled(kind, (stem, n), write) for n in range(count)]
        values[path] = entries if path in LISTS else _filled(kind, (stem,), write)
    _make_sound(values)
    head = values.pop(PAGE)
    files = {
        path: json.dumps(value, ensure_ascii=False, indent=1) for path, value in values.items()
    }
    files[PAGE] = f"---\n{_front_matter(head)}---\n{write(('page',), 'prose')}\n\n{_MEASURES}\n"
    slug = values["roles.yaml"][0]["slug"]
    files[f"content/roles/{slug}.md"] = "".join(
        f"## {heading}\n\n{write(('narrative', n), 'prose')}\n\n"
        for n, heading in enumerate(("Introduction", "The score", "Another & <b>one</b>"))
    )
    files["content/occupations.csv"] = "soc,title,{}\n47-2031.00,{},1\n".format(
        values["content/measures.yaml"][0]["id"],
        '"' + write(("occupation",), "line").replace('"', '""') + '"',
    )
    small = split_files(SMALL_SITE)
    return {
        path: small[path] for path in small if path.startswith(("content/a", "content/p"))
    } | files


def _filled(kind: inspect.Type, keys: Keys, write: Writer) -> Any:
    kind = forms.bare(kind)
    match kind:
        case inspect.StructType():
            return {
                f.encode_name: _filled(f.type, (*keys, f.encode_name), write) for f in kind.fields
            }
        case inspect.VarTupleType():
            count = max(kind.min_length or 0, 1)
            return [_filled(kind.item_type, (*keys, n), write) for n in range(count)]
        case inspect.UnionType():
            return _filled(_option(kind), keys, write)
        case inspect.DictType():
            return {}
        case inspect.StrType(pattern=pattern) if pattern in _VALUES:
            return write(keys, "form") or _VALUES[pattern](_name(keys))
        case inspect.StrType():
            return write(keys, "line" if kind.pattern else "prose")
        case inspect.IntType():
            return "15" if kind.le == 90 else str(kind.ge or 0)
        case inspect.DateType():
            return "2026-11-01"
        case inspect.LiteralType():
            return kind.values[0]
        case inspect.BoolType():
            return "false"
        case inspect.CustomType():
            return "60-80" if kind.cls is Exposure else "2025"
        case _:
            raise TypeError(f"no value for {kind}: say here what it looks like")


def _name(keys: Keys) -> str:
    return "-".join(str(key).replace("_", "-") for key in keys)


def _front_matter(head: dict[str, str]) -> str:
    return "".join(
        f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in head.items()
    )


def _make_sound(values: dict[str, Any]) -> None:
    """Let what names something else name it, and what has an order be in it."""
    config, tools = values[SITE], values["content/tools.yaml"]
    measure, category = values["content/measures.yaml"][0], values["content/categories.yaml"][0]
    shared = values["content/sources.yaml"][0]
    config["titles"] = ["{{ role.title }}", "{{ role.plural }}"]
    config["score"]["bands"][1]["from"] = "50"
    config["publisher"]["logo"] = "/icon-512.png"
    config["review"] = {"warn_after_days": "180", "fail_after_days": "545"}
    for tool in tools:
        tool["status"] = "renamed"
    config["features"] = {"cards": "true", "search": "false"}
    config["crawlers"] = "welcome"
    config["moved"] = [{"from": "/old/", "to": "/about/"}]
    for role in values["roles.yaml"]:
        role |= {
            "status": "published",
            "category": category["id"],
            "reviewer": config["people"][0]["name"],
            "related": [other["slug"] for other in values["roles.yaml"] if other is not role],
            "evidence": {measure["id"]: "1"},
        }
        del role["score"]
        role["history"][0]["date"] = "2026-10-01"
        role["sources"].append(shared["id"])
        for use, tool in zip(role["tools"], tools, strict=True):
            use["tool"] = tool["name"]
        for task in role["at_risk"] + role["durable"]:
            task["sources"] = [role["sources"][0]["id"], role["sources"][1]["id"], shared["id"]]
        for step in role["steps"]:
            step["task"] = role["durable"][0]["task"]
