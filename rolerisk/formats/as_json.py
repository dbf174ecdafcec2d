"""Problems as JSON: a list of records, in the order in which people are shown them."""

from collections.abc import Sequence

import msgspec

from rolerisk.problem import LocatedProblem


def as_json(problems: Sequence[LocatedProblem]) -> str:
    """One record a problem, with the keys of problem.LocatedProblem; lines and columns from 1."""
    return msgspec.json.format(msgspec.json.encode(problems), indent=2).decode()
