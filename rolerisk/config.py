"""A base URL from the command line: the same rules as for site.yaml."""

import msgspec

from rolerisk.model.scalars import BaseUrl


def base_url_problem(base_url: str) -> str:
    """What is wrong with a base URL, or an empty text."""
    try:
        msgspec.convert(base_url, BaseUrl)
    except msgspec.ValidationError:
        return f"{base_url!r} is not a site's address: https://www.example.org, a path is allowed"
    return ""
