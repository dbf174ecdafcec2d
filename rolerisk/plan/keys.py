"""An output's key: the digest of everything that it may depend on, part by part.

Keeping the parts apart is what lets `explain` say which of them changed.
"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from rolerisk.model.article import ArticleRef
from rolerisk.model.output import Output, Parts

_encoder = msgspec.msgpack.Encoder(order="deterministic")


class Keys:
    """Computes keys; a value that many outputs share is digested once."""

    def __init__(self, renderers: Mapping[str, str]) -> None:
        """`renderers` maps each renderer to the digest of its code and of all its templates."""
        self.renderers = renderers
        self._shared: dict[int, tuple[object, str]] = {}

    def parts(self, output: Output) -> Parts:
        """The digests of all that an output is made of."""
        renderer = self.renderers[output.renderer]
        context = output.context
        digests = {name: self._digest(getattr(context, name)) for name in context.__struct_fields__}
        joined = "\0".join([output.renderer, renderer, type(context).__name__, *digests.values()])
        return Parts(renderer, digests, digest(joined.encode()))

    def _digest(self, value: object) -> str:
        if isinstance(value, ArticleRef):
            return value.digest  # what it says counts, not where it is kept
        if isinstance(value, str):
            return _digest_of_text(value)
        if not isinstance(value, msgspec.Struct):
            return digest(_encoder.encode(value))
        known = self._shared.get(id(value))
        if known is None:
            known = (value, digest(_encoder.encode(value)))
            self._shared[id(value)] = known
        return known[1]


@lru_cache(maxsize=1024)
def _digest_of_text(text: str) -> str:
    """Names and addresses of the site are the same in thousands of contexts."""
    return digest(_encoder.encode(text))


def digest(data: bytes) -> str:
    """The digest of bytes, as the manifest and all keys use it."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
