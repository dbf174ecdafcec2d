"""A role's slug, guessed from its YAML: whoever reads the YAML has to compare."""

import re

_SLUG = re.compile(r"""^(?:- |  )?slug:[ \t]*["']?([a-z0-9-]+)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)


def likely_slug(text: str) -> str:
    """The slug that a record seems to have; empty when it seems to have none."""
    match = _SLUG.search(text)
    return match[1] if match else ""
