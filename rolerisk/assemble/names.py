"""Names made from other names: slugs, plurals, nouns inside a sentence."""

import re
import unicodedata
from functools import cache
from typing import Any


def slug_of(name: str) -> str:
    """The slug of a name: ASCII letters and digits in lower case, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def noun_of(title: str) -> str:
    """A title inside a sentence: lower case, except words with two capitals (UX designer)."""
    words = title.split(" ")
    return " ".join(w if sum(c.isupper() for c in w) > 1 else w.lower() for w in words)


@cache
def plural_of(title: str) -> str:
    """The English plural of a title; one that doesn't end in a Latin letter stays as it is."""
    if not unicodedata.name(title[-1:] or " ").startswith("LATIN"):
        return title
    # `inflect` takes capitals for names, so it sees none.
    return _with_capitals_of(title, str(_inflect().plural_noun(title.lower()) or title))


@cache
def singular_of(word: str) -> str:
    """The singular of an English noun; a word that is none, or is one already, stays as it is."""
    return _with_capitals_of(word, str(_inflect().singular_noun(word.lower()) or word.lower()))


def _with_capitals_of(title: str, plural: str) -> str:
    """A plural's words in the case that the title's words have."""
    words = zip(title.split(" "), plural.split(" "), strict=False)
    return " ".join(_cased(word, made) for word, made in words)


def _cased(word: str, made: str) -> str:
    same = next(
        (i for i, (a, b) in enumerate(zip(word.lower(), made, strict=False)) if a != b),
        min(len(word), len(made)),
    )
    return word[:same] + made[same:]


@cache
def _inflect() -> Any:
    """The plural engine, imported only by a site whose roles leave `plural` out.

    inflect has typeguard rewrite all its functions when it is imported: 2.5 s for checks of its
    own calls. Without them the import takes 0.1 s.
    """
    from unittest import mock

    with mock.patch("typeguard.typechecked", lambda function: function):
        import inflect
    return inflect.engine()
