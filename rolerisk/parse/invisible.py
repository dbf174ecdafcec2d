"""Characters that cannot be seen but change what a text is: found in every value of a record."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from rolerisk.parse.rules import CONTROL_CHARACTER
from rolerisk.problem import Place, Problem, problem
from rolerisk.text.invisible import INVISIBLE, has_invisible


def invisible_characters(value: Any, place: Place) -> Iterator[Problem]:
    """A problem for every text of a value that holds such a character (joiners are fine)."""
    # Nearly always there is none: then no place has to be made.
    if has_invisible("".join(texts_of(value))):
        yield from _at_their_places(value, place)


def texts_of(value: Any) -> list[str]:
    """All texts of a plain value but its keys, those that are deeper in it behind the others."""
    found, values = list[str](), [value]
    for item in values:  # which grows meanwhile
        if isinstance(item, str):
            found.append(item)
        elif isinstance(item, dict):
            values += item.values()
        elif isinstance(item, list):
            values += item
    return found


def _at_their_places(value: Any, place: Place) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _at_their_places(item, place.at(str(key)))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _at_their_places(item, place.at(index))
    elif isinstance(value, str) and (match := INVISIBLE.search(value)):
        yield invisible_problem(match[0], place.at(needle=match[0]))


def invisible_in_text(path: str, text: str) -> Iterator[Problem]:
    """A problem for every line of a file of prose that holds such a character."""
    if has_invisible(text):
        for number, line in enumerate(text.split("\n"), 1):
            if match := INVISIBLE.search(line):
                yield invisible_problem(
                    match[0], Place(path, line=number, column=match.start() + 1)
                )


def invisible_problem(character: str, place: Place) -> Problem:
    """The problem of one invisible character."""
    name = unicodedata.name(character, "control character").lower()
    return problem(
        CONTROL_CHARACTER,
        place,
        f"an invisible character (U+{ord(character):04X}, {name})",
        "delete it; it may have come with text pasted from elsewhere",
    )
