"""Renders many outputs: in this process when they are few, in several when not.

Whoever renders hands the bytes on to `put` at once, so that no more than one output is in memory;
only what `put` says of them comes back.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing

from jinja2 import BytecodeCache

from rolerisk.model.output import Output, Rendered
from rolerisk.render.renderers import Fetch, Renderers

FEW = 200  # below this other processes cost more than they save
_BATCH = 50

Put = Callable[[str, bytes], Rendered]


def render_all(
    outputs: Sequence[Output],
    templates: Mapping[str, str],
    fetch: Fetch,
    put: Put,
    jobs: int,
    advance: Callable[[int], None],
    kept: BytecodeCache | None = None,
) -> Iterator[Rendered]:
    """Render outputs and put each where it belongs; `advance` is told how many more are done.

    `kept` is where the templates' code of earlier runs is.
    """
    render = _Render(templates, fetch, put, kept)
    if jobs == 1 or len(outputs) < FEW:
        for output in outputs:
            yield from render([output])
            advance(1)
        return
    from rolerisk.workers import in_workers  # 20 ms of imports

    render.prepare(outputs)
    with closing(in_workers(render, outputs, _BATCH, jobs)) as batches:
        for rendered in batches:
            yield from rendered
            advance(len(rendered))


class _Render:
    """Renders and puts; goes to another process without its templates' code, if it has to travel."""

    def __init__(
        self, templates: Mapping[str, str], fetch: Fetch, put: Put, kept: BytecodeCache | None
    ) -> None:
        self._made_of = templates, fetch, put, kept
        self._renderers, self._put = Renderers(templates, fetch, kept), put

    def __call__(self, outputs: Sequence[Output]) -> list[Rendered]:
        return [self._put(output.path, self._renderers.render(output)) for output in outputs]

    def __reduce__(self) -> tuple[type["_Render"], tuple[object, ...]]:
        return _Render, self._made_of

    def prepare(self, outputs: Sequence[Output]) -> None:
        """Compile once, for all forks of this process, the templates that each of them will need."""
        for renderer, count in Counter(output.renderer for output in outputs).items():
            if count > _BATCH:
                self._renderers.prepare(renderer)
