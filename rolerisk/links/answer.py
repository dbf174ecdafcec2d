"""What comes of asking: a value that needs no network to be imported."""

from typing import Literal

from msgspec import Struct


class Answer(Struct, frozen=True):
    """What an address leads to: `to` is where it moved, `words` say what is wrong.

    refused: it is there, but lets no program in; failed: another time it may answer; lost: there is
    no such host, or no network.
    """

    kind: Literal["fine", "moved", "refused", "failed", "broken", "lost"]
    words: str = ""
    to: str = ""
