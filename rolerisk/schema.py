"""The model → JSON Schemas, for editors' YAML extensions: completion, checks, words on hover.

The schemas describe what YAML readers make of a file: where we take every scalar as text, they
may see a number (`date: 2025`, `exposure: 70`) or a boolean (`title: NO`), and that is fine, too.
"""

import json
from typing import Any

import msgspec

from rolerisk.model.config import Config
from rolerisk.model.content import Category, Measure, PageHead, Source, Tool
from rolerisk.model.role import Role
from rolerisk.model.scalars import Exposure, PartialDate
from rolerisk.model.style import Style

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FILES: dict[str, tuple[Any, str]] = {
    "roles.schema.json": (tuple[Role, ...], "The roles: roles.yaml"),
    "schemas/role.schema.json": (Role, "One role: content/roles/<slug>.yaml"),
    "schemas/site.schema.json": (Config, "The site: content/site.yaml"),
    "schemas/categories.schema.json": (tuple[Category, ...], "content/categories.yaml"),
    "schemas/tools.schema.json": (tuple[Tool, ...], "content/tools.yaml"),
    "schemas/sources.schema.json": (tuple[Source, ...], "content/sources.yaml"),
    "schemas/measures.schema.json": (tuple[Measure, ...], "content/measures.yaml"),
    "schemas/style.schema.json": (Style, "The house style: content/style.yaml"),
    "schemas/page.schema.json": (PageHead, "The front matter of content/pages/*.md"),
}


def schemas() -> dict[str, str]:
    """The text of every schema, by its path."""
    return {path: _schema(kind, title) for path, (kind, title) in _FILES.items()}


def _schema(kind: Any, title: str) -> str:
    schema = msgspec.json.schema(kind, schema_hook=_custom)
    body = _as_yaml_reads({"$schema": _DIALECT, "title": title, **schema})
    return json.dumps(body, indent=1, ensure_ascii=False) + "\n"


def _custom(kind: type) -> dict[str, Any]:
    if kind is Exposure:
        return {
            "type": "string",
            "pattern": "^[0-9]{1,3}(-[0-9]{1,3})?$",
            "minimum": 0,
            "maximum": 100,
        }
    if kind is PartialDate:
        return {"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}
    raise NotImplementedError(kind.__name__)


def _as_yaml_reads(node: Any) -> Any:
    """Loosen types where YAML guesses, and tell what msgspec does not."""
    if isinstance(node, list):
        return [_as_yaml_reads(item) for item in node]
    if not isinstance(node, dict):
        return node
    found = {key: _as_yaml_reads(value) for key, value in node.items()}
    if found.get("type") == "string" and "enum" not in found:
        found["type"] = ["string", "number", "boolean"]
        if found.get("format") == "date":  # a YAML reader may make a date of it: no pattern then
            found["type"] = "string"
    elif "off" in found.get("enum", ()):
        found["enum"] = [*found["enum"], False]  # what YAML 1.1 makes of it
    elif found.get("type") == "integer":
        found["type"] = ["integer", "string"]
    return found
