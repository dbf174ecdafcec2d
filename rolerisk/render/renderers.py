"""Which renderer makes which output: templates by name, functions for what is not text."""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from jinja2 import BytecodeCache
from msgspec import Struct

from rolerisk.model.article import Article, ArticleRef
from rolerisk.model.output import Output
from rolerisk.render import card, data
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
        for name in "home roles role hub tool tools ranking compare text data redirect".split()
    },
    **{
        name: f"feeds/{name}"
        for name in ("sitemap.xml", "feed.xml", "llms.txt", "lines.txt", "role.md")
    },
    "card.png": "drawings/card.svg",
    "share.png": "drawings/share.svg",
    "badge.svg": "drawings/badge.svg",
}
# What is made of a context before its template sees it, and of the text that the template gives.
_BEFORE: Mapping[str, Callable[[Any], Struct]] = {
    "card.png": card.lay_out_card,
    "share.png": card.lay_out_share,
}
_AFTER: Mapping[str, Callable[[bytes], bytes]] = {
    "card.png": card.to_png,
    "share.png": card.to_png,
}


Fetch = Callable[[ArticleRef], Article]


class Renderers:
    """All renderers, ready for a given set of templates."""

    def __init__(
        self, templates: Mapping[str, str], fetch: Fetch, kept: BytecodeCache | None = None
    ) -> None:
        """`templates` maps names such as layouts/role.html to their texts; `fetch` brings articles.

        `kept` is where the templates' code of earlier runs is.
        """
        self._templates = Templates(templates, kept)
        self._fetch = fetch

    def render(self, output: Output) -> bytes:
        """The bytes of an output. Raises what Python raises for a template's mistake."""
        context = with_article(output, self._fetch).context
        function = _FUNCTIONS.get(output.renderer)
        if function:
            return function(context)
        name = output.renderer
        seen = _BEFORE[name](context) if name in _BEFORE else context
        text = self._templates.render(_TEMPLATES[name], seen, json_ld(context))
        return _AFTER[name](text) if name in _AFTER else text

    def prepare(self, renderer: str) -> None:
        """Compile a renderer's templates now, so that the first page does not wait for it."""
        if renderer in _TEMPLATES:
            self._templates.prepare(_TEMPLATES[renderer])

    def digests(self, program: str) -> dict[str, str]:
        """What each renderer is made of: the program and, for a template, all that it includes."""
        found = dict.fromkeys(_FUNCTIONS, program)
        for name, template in _TEMPLATES.items():
            closure = "".join(self._templates.closure(template))
            found[name] = hashlib.blake2b((program + closure).encode(), digest_size=16).hexdigest()
        return found


def with_article(output: Output, fetch: Fetch) -> Output:
    """An output whose context holds the article that it had only a reference to, if it had one."""
    article = getattr(output.context, "article", None)
    if not isinstance(article, ArticleRef):
        return output
    context = msgspec.structs.replace(output.context, article=fetch(article))
    return msgspec.structs.replace(output, context=context)
