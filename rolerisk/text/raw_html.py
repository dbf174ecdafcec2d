"""What raw HTML in a text brings with it, before the sanitiser has seen it.

Only for texts that hold a tag, which are few: Python-Markdown knows nothing of the links in them.
"""

import re
from collections.abc import Mapping, Set
from html.parser import HTMLParser

from rolerisk.text.invisible import INVISIBLE

HAS_TAG = re.compile(r"<[a-zA-Z]|&(?:#|\w+;)")  # or an entity, which may be part of an address


class RawHtml(HTMLParser):
    """The links and images of a piece of HTML, in order, and what the sanitiser takes out of it.

    `removed` names elements as <script>, attributes as onclick=.
    """

    def __init__(self, html: str, tags: Set[str], attributes: Mapping[str, Set[str]]) -> None:
        super().__init__()
        self._tags, self._attributes = tags, attributes
        self.links: list[str] = []
        self.images: list[tuple[str, str]] = []
        self.removed: list[str] = []
        self.feed(html.replace("<![", "&lt;!["))  # at some of these HTMLParser raises
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note one element."""
        given = {key: INVISIBLE.sub("", value or "") for key, value in attrs}
        if tag not in self._tags:
            self.removed.append(f"<{tag}>")
        elif unknown := given.keys() - self._attributes.get(tag, set()):
            self.removed += sorted(f"{key}=" for key in unknown)
        if "href" in given:
            self.links.append(given["href"])
        elif tag == "img":
            self.images.append((given.get("src", ""), given.get("alt", "")))
