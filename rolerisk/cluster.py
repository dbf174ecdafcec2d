"""Rendering on other machines: their workers are given contexts and give bytes back.

Reached through Dask, as a standard `concurrent.futures.Executor`; nothing here but `cluster` knows
of it. The workers share no files with this process, so what they need travels with each batch,
and only a few batches at a time: a build of any size holds no more than those in memory.
"""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from functools import lru_cache
from itertools import islice

from rolerisk.errors import ClusterError
from rolerisk.model.article import Article, ArticleRef
from rolerisk.model.output import Output, Parts, Rendered
from rolerisk.program import program_digest
from rolerisk.render.pool import Put
from rolerisk.render.renderers import Fetch, Renderers, with_article

_BATCH = 40
_ON_THE_WAY = 32  # batches: enough for every worker to have one while the next one travels
_SECONDS = 10  # how long to wait for a scheduler that does not answer


@contextmanager
def cluster(address: str) -> Iterator[Executor]:
    """The workers of a Dask scheduler such as tcp://host:8786, as an executor.

    Raises errors.ClusterError when Dask is not installed, nobody answers, or nobody works there.
    """
    try:
        from distributed import Client
    except ImportError:
        raise ClusterError("--cluster needs Dask: make cluster") from None
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(f"no scheduler answers at {address}: {error}") from None
    with client:
        if not client.scheduler_info(n_workers=1)["workers"]:
            raise ClusterError(f"the scheduler at {address} has no workers")
        yield client.get_executor(pure=False)


def render_on(
    executor: Executor,
    outputs: Iterable[tuple[Output, Parts]],
    templates: Mapping[str, str],
    fetch: Fetch,
    put: Put,
    advance: Callable[[int], None],
) -> Iterator[tuple[Rendered, Parts]]:
    """Render outputs on an executor and put each where it belongs, in their order, with its parts.

    Raises errors.ClusterError when a worker runs another version of this program.
    """
    texts, program = tuple(sorted(templates.items())), program_digest()
    left = iter(outputs)
    waiting: deque[tuple[list[tuple[str, Parts]], Future[list[bytes]]]] = deque()
    while True:
        while len(waiting) < _ON_THE_WAY and (batch := list(islice(left, _BATCH))):
            whole = [with_article(output, fetch) for output, _ in batch]
            future = executor.submit(_render_batch, program, texts, whole)
            waiting.append(([(output.path, parts) for output, parts in batch], future))
        if not waiting:
            return
        named, future = waiting.popleft()
        for (path, parts), data in zip(named, future.result(), strict=True):
            yield put(path, data), parts
        advance(len(named))


def _render_batch(
    program: str, templates: tuple[tuple[str, str], ...], outputs: Sequence[Output]
) -> list[bytes]:
    """What a worker does; it compiles its templates once."""
    if program != program_digest():
        raise ClusterError("a worker runs another version of this program: update it")
    renderers = _renderers(templates)
    return [renderers.render(output) for output in outputs]


@lru_cache(maxsize=2)
def _renderers(templates: tuple[tuple[str, str], ...]) -> Renderers:
    return Renderers(dict(templates), _travels_along)


def _travels_along(_: ArticleRef) -> Article:
    raise LookupError("an article travels with its output")
