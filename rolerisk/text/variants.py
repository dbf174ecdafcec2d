"""British and American spellings, from the dictionary that comes with codespell.

Only the file is read: importing the program would take longer than a build with nothing to do.
"""

from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_FILE = "data/dictionary_en-GB_to_en-US.txt"

# The dictionary is for programs. In prose these are at home on both sides, in one sense or another.
_AMERICAN_TOO = frozenset(
    "dialogue dialogues doughnut doughnuts ochre ochreous saleable specialities".split()
)
_BRITISH_TOO = frozenset(
    "acknowledgment acknowledgments analog biased check dialog dialogs focused focuses focusing"
    " judgment judgments license licensed licenses licensing math meter meters miter overwritable"
    " practice practices program refocused refocuses refocusing routing specialties specialty"
    " stories story tidbit tidbits writable".split()
)


@cache
def british_words() -> dict[bytes, str]:
    """Words that only the British write so, as `words_in` gives them, each with the American form."""
    return {gb.encode(): us for gb, us in _pairs() if gb not in _AMERICAN_TOO}


@cache
def american_words() -> dict[bytes, str]:
    """Words that only Americans write so, each with the British form; -ize counts as American."""
    return {
        us.encode(): gb for gb, us in _pairs() if us not in _BRITISH_TOO and gb not in _AMERICAN_TOO
    }


def _pairs() -> Iterator[tuple[str, str]]:
    spec = find_spec("codespell_lib")
    assert spec is not None and spec.origin is not None, "codespell is in requirements.txt"
    for line in (Path(spec.origin).parent / _FILE).read_text(encoding="utf-8").splitlines():
        british, _, american = line.partition("->")
        if "," not in american:  # where there is a choice, nobody but the author can make it
            yield british, american.strip()
