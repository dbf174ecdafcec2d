"""Stage 1 with what earlier runs saw: of the many texts of roles, only those that changed are read."""

import time
from pathlib import Path

from rolerisk.load import load, load_but
from rolerisk.model.sources import InputFile, Seen, Sources, State
from rolerisk.problem import Problem
from rolerisk.store.seen import read_seen, write_seen

_DOUBTFUL = 2_000_000_000  # ns: clocks of file systems tick so rarely at most


def load_changed(root: Path, use_cache: bool) -> tuple[Sources, tuple[Problem, ...]]:
    """Load the input; who calls this holds the project's lock.

    A file that was written to right before it was read is not taken as seen: it may be written to
    again without its times telling.
    """
    if not use_cache:
        return load(root)
    began, seen = time.time_ns(), read_seen(root)
    sources, problems, states = load_but(root, seen)
    sure = {
        path: _seen(sources.files[path], state)
        for path, state in states.items()
        if max(state[2:]) < began - _DOUBTFUL
    }
    if sure != seen:
        write_seen(root, sure)
    return sources, problems


def _seen(file: InputFile, state: State) -> Seen:
    return Seen(file.digest, state, file.allows, file.slug)
