"""Which renderer makes which output: templates by name, functions for what is not text."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from msgspec import Struct

from rolerisk.model.output import Output
from rolerisk.render import data
from rolerisk.render.html import Templates
from rolerisk.render.json_ld import json_ld

_FUNCTIONS: Mapping[str, Callable[[Struct], bytes]] = {
    "role.json": data.role_json,  # type: ignore[dict-item]
    "roles.json": data.roles_json,  # type: ignore[dict-item]
    "roles.csv": data.roles_csv,  # type: ignore[dict-item]
    "manifest.json": data.web_manifest,  # type: ignore[dict-item]
    "verbatim": data.verbatim,  # type: ignore[dict-item]
}
_TEMPLATES = {
    **{
        f"{name}.html": f"layouts/{name}.html"
        for name in "home roles role hub tool tools ranking text data redirect".split()
    },
    **{name: f"feeds/{name}" for name in ("sitemap.xml", "feed.xml", "llms.txt", "lines.txt")},
}


class Renderers:
    """All renderers, ready for a given set of templates."""

    def __init__(self, templates: Mapping[str, str]) -> None:
        """`templates` maps names such as layouts/role.html to their texts."""
        self._templates = Templates(templates)

    def render(self, output: Output) -> bytes:
        """The bytes of an output. Raises jinja2.TemplateError for a template's mistake."""
        function = _FUNCTIONS.get(output.renderer)
        if function:
            return function(output.context)
        graph = json_ld(output.context)
        return self._templates.render(_TEMPLATES[output.renderer], output.context, graph)

    @cached_property
    def digests(self) -> dict[str, str]:
        """What each renderer is made of: the program and, for a template, all that it includes."""
        program = _program_digest()
        found = dict.fromkeys(_FUNCTIONS, program)
        for name, template in _TEMPLATES.items():
            closure = "".join(self._templates.closure(template))
            found[name] = hashlib.blake2b((program + closure).encode(), digest_size=16).hexdigest()
        return found


def _program_digest() -> str:
    """The digest of the package's own source: new code makes every output stale."""
    state = hashlib.blake2b(digest_size=16)
    for path in _sources():
        state.update(path.read_bytes())
    return state.hexdigest()


def _sources() -> Iterator[Path]:
    root = Path(__file__).resolve().parents[1]
    for part in ("model", "render", "text", "plan"):
        yield from sorted((root / part).rglob("*.py"))
