"""The links inside the site that a text has: what neither names a host nor a scheme."""

import re

from rolerisk.model.fragment import Fragment
from rolerisk.model.site import Link
from rolerisk.problem import Place

_OUTSIDE = re.compile(r"\s*(?:[a-zA-Z][a-zA-Z0-9+.-]*:|//)")


def internal_links(place: Place, fragment: Fragment, source: str) -> tuple[Link, ...]:
    """The internal links of a text that begins at a place, each with its own place."""
    if not any(map(_is_internal, fragment.links)):
        return ()
    links = map(Link, fragment.links, place.of_each(fragment.links, source))
    return tuple(link for link in links if _is_internal(link.target))


def _is_internal(target: str) -> bool:
    return bool(target) and not _OUTSIDE.match(target)
