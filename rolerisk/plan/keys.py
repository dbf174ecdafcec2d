"""An output's key: the digest of everything that it may depend on, part by part.

Keeping the parts apart is what lets `explain` say which of them changed.
"""

import hashlib
from collections.abc import Mapping
from functools import lru_cache

import msgspec

from rolerisk.model.article import ArticleRef
from rolerisk.model.output import DIGEST_SIZE, Family, Output, Parts
from rolerisk.model.site import RoleFacts

_MANY = 1000
_encoder = msgspec.msgpack.Encoder(order="deterministic")


class Keys:
    """Computes keys; a value that many outputs share is digested once."""

    def __init__(self, renderers: Mapping[str, str]) -> None:
        """`renderers` maps each renderer to the digest of its code and of all its templates."""
        self.renderers = renderers
        self._shared: dict[int, tuple[object, str]] = {}
        self._last: tuple[msgspec.Struct | None, bytes] = None, b""

    def __reduce__(self) -> tuple[type["Keys"], tuple[Mapping[str, str]]]:
        return Keys, (self.renderers,)  # what is known of this process's values stays here

    def family(self, family: Family) -> str:
        """The digest of all that a family's outputs may be made of."""
        renderers = (f"{path} {self.renderers[name]}" for path, name in family.members)
        return digest("\0".join([*renderers, *map(self._digest, family.of)]).encode())

    def parts(self, output: Output, family: str = "") -> Parts:
        """The digests of all that an output is made of; `family` is that of its family."""
        kind = type(output.context).__name__
        fields = self._fields(output.context)
        return Parts(self.renderers[output.renderer], kind, fields, family)

    def _fields(self, context: msgspec.Struct) -> bytes:
        """The digest of each field; data that come in two forms have one context."""
        if self._last[0] is not context:
            digests = (self._digest(getattr(context, n)) for n in context.__struct_fields__)
            self._last = context, bytes.fromhex("".join(digests))
        return self._last[1]

    def _digest(self, value: object) -> str:
        if isinstance(value, ArticleRef | RoleFacts):
            return value.digest  # what it says counts, not where it is kept
        if isinstance(value, str):
            return _digest_of_text(value)
        if isinstance(value, tuple) and len(value) > _MANY:
            return _digest_of_many(value)
        if not isinstance(value, msgspec.Struct):
            return digest(_encoder.encode(value))
        known = self._shared.get(id(value))
        if known is None:
            if len(self._shared) > _MANY:  # hardly any of them is asked for again
                self._shared.clear()
            known = (value, digest(_encoder.encode(value)))
            self._shared[id(value)] = known
        return known[1]


@lru_cache(maxsize=1024)
def _digest_of_text(text: str) -> str:
    """Names and addresses of the site are the same in thousands of contexts."""
    return digest(_encoder.encode(text))


def _digest_of_many(values: tuple[object, ...]) -> str:
    """One by one: encoded, the data of all roles would be in memory once more."""
    state = hashlib.blake2b(digest_size=DIGEST_SIZE)
    for value in values:
        state.update(_encoder.encode(value))
    return state.hexdigest()


def digest(data: bytes) -> str:
    """The digest of bytes, as the manifest and all keys use it."""
    return hashlib.blake2b(data, digest_size=DIGEST_SIZE).hexdigest()
