"""Renders many outputs: in this process when they are few, in a pool of processes when not.

Whoever renders hands the bytes on to `put` at once, so that no more than one output is in memory;
only what `put` says of them comes back.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor

from rolerisk.model.output import Output, Rendered
from rolerisk.render.renderers import Fetch, Renderers
from rolerisk.signals import be_worker

FEW = 200  # below this a pool costs more than it saves
_BATCH = 50

Put = Callable[[str, bytes], Rendered]

_worker: Renderers | None = None


def render_all(
    outputs: Sequence[Output],
    templates: Mapping[str, str],
    fetch: Fetch,
    put: Put,
    jobs: int,
    advance: Callable[[int], None],
) -> Iterator[Rendered]:
    """Render outputs and put each where it belongs; `advance` is told how many more are done."""
    if jobs == 1 or len(outputs) < FEW:
        renderers = Renderers(templates, fetch)
        for output in outputs:
            yield put(output.path, renderers.render(output))
            advance(1)
        return
    with ProcessPoolExecutor(jobs, initializer=_start_worker, initargs=(templates, fetch)) as pool:
        yield from _render_in(pool, outputs, put, advance)


def _render_in(
    pool: Executor, outputs: Sequence[Output], put: Put, advance: Callable[[int], None]
) -> Iterator[Rendered]:
    batches = [outputs[i : i + _BATCH] for i in range(0, len(outputs), _BATCH)]
    for rendered in pool.map(_render_batch, batches, [put] * len(batches)):
        yield from rendered
        advance(len(rendered))


def _start_worker(templates: Mapping[str, str], fetch: Fetch) -> None:
    be_worker()
    global _worker  # noqa: PLW0603  a worker process compiles its templates once
    _worker = Renderers(templates, fetch)


def _render_batch(outputs: Sequence[Output], put: Put) -> list[Rendered]:
    assert _worker is not None
    return [put(output.path, _worker.render(output)) for output in outputs]
