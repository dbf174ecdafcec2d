"""Renders many outputs: in this process when they are few, in several when not.

Whoever renders hands the bytes on to `put` at once, so that no more than one output is in memory;
only what `put` says of them comes back.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice

import msgspec
from jinja2 import BytecodeCache

from rolerisk.collector import uncollected
from rolerisk.model.output import New, Output, Parts, Rendered, Stale
from rolerisk.render.renderers import Fetch, Renderers
from rolerisk.workers import Workers

FEW = 200  # outputs below which other processes cost more than they save
_BATCH = 32  # roles, or single outputs
_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(list[tuple[Rendered, Parts]])

Put = Callable[[str, bytes], Rendered]
Work = Stale | New
Unfold = Callable[[Work], Iterable[tuple[Output, Parts]]]


def render_all(
    items: Sequence[Work],
    unfold: Unfold,
    templates: Mapping[str, str],
    fetch: Fetch,
    put: Put,
    workers: Workers,
    advance: Callable[[int], None],
    kept: BytecodeCache | None = None,
) -> Iterator[tuple[Rendered, Parts]]:
    """Render what `unfold` makes of each item and put it where it belongs, with its parts.

    An item's outputs are made where they are rendered. `advance` is told how many more are done.
    `kept` is where the templates' code of earlier runs is.
    """
    render = _Render(unfold, templates, fetch, put, kept)
    if not workers.pay(sum(len(item.members) for item in items), FEW):
        for item in items:
            rendered = render([item])
            yield from rendered
            advance(len(rendered))
        return
    away = [item for item in items if _travels(item)]
    batches = (away[start : start + _BATCH] for start in range(0, len(away), _BATCH))
    with closing(workers.each(render.encoded, batches)) as made:
        here = [render([item]) for item in items if not _travels(item)]  # meanwhile
        advance(len(here))
        back, ready = _unpacked(made, advance), iter(here)
        for item in items:
            yield from islice(back, len(item.members)) if _travels(item) else next(ready)


def _travels(item: Work) -> bool:
    """Whether an item is one of many that are alike; what the others show, such as all roles, is large."""
    return isinstance(item, New) or bool(item.parts.family)


def _unpacked(
    batches: Iterable[bytes], advance: Callable[[int], None]
) -> Iterator[tuple[Rendered, Parts]]:
    for rendered in map(_decoder.decode, batches):
        yield from rendered
        advance(len(rendered))


class _Render:
    """Renders and puts; goes to another process without its templates' code."""

    def __init__(
        self,
        unfold: Unfold,
        templates: Mapping[str, str],
        fetch: Fetch,
        put: Put,
        kept: BytecodeCache | None,
    ) -> None:
        self._made_of = unfold, templates, fetch, put, kept
        self._renderers = Renderers(templates, fetch, kept)
        self._unfold, self._put = unfold, put

    def __call__(self, items: Sequence[Work]) -> list[tuple[Rendered, Parts]]:
        # Our templates leave no cycles; those of others are found between two calls.
        with uncollected():
            return [
                (self._put(output.path, self._renderers.render(output)), parts)
                for item in items
                for output, parts in self._unfold(item)
            ]

    def encoded(self, items: Sequence[Work]) -> bytes:
        """The same, encoded: pickled it would take several times as long."""
        return _encoder.encode(self(items))

    def __reduce__(self) -> tuple[type["_Render"], tuple[object, ...]]:
        return _Render, self._made_of
