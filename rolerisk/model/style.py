"""content/style.yaml: the house style, as far as a rule can hold it. Without the file there is none."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from rolerisk.model.scalars import Line, Positive, Wording


class Phrase(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Phrases that the house does not use, and what to write instead."""

    avoid: Annotated[
        tuple[Wording, ...],
        Meta(
            min_length=1,
            description="Whole words, ignoring case; # stands for a digit, … between two words for up to eight others.",
        ),
    ]
    better: Annotated[Line, Meta(description="What to write instead; the hint of the warning.")]


class Style(Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The house style; a key that is left out is not checked."""

    spelling: Annotated[
        Literal["american", "british"] | None,
        Meta(description="Which of the two spellings the articles are written in."),
    ] = None
    spelling_exceptions: Annotated[
        tuple[Line, ...], Meta(description="Words of the other spelling that are meant.")
    ] = ()
    longest_sentence: Annotated[
        Positive | None, Meta(description="A sentence of more words is a warning.")
    ] = None
    most_passives: Annotated[
        Positive | None, Meta(description="A paragraph with more passive verbs is a warning.")
    ] = None
    phrases: Annotated[
        tuple[Phrase, ...], Meta(description="What the house does not say, and what it says.")
    ] = ()
