"""What rules skip at a glance would not have been reported by the long look either."""

import sys

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from rolerisk.check import long_sentence, passive_pile
from rolerisk.text.invisible import INVISIBLE, has_invisible
from rolerisk.text.own_words import own_words, paragraphs, prose, sentences

MOST = 4
WORDS = "a|it|this|is|are|seen|was|been|be|made|Stop.|Why?|[^cited]|[^not cited]|[a link](https://e.org/x),"
JOINTS = " | | |\n|\n\n|\n- |.|, |.[^cited] |.[^not cited] |! "
TEXTS = st.lists(st.sampled_from([*WORDS.split("|"), *JOINTS.split("|")]), max_size=40).map("".join)


@pytest.mark.fuzz
@given(TEXTS)
@example("one two three.[^not cited] four")
@example("one two [three](https://e.org/), four")
@example("one\ntwo\nthree\nfour\nfive")
def test_texts_with_a_long_sentence_are_measured(text):
    plain = prose(text)
    longest = max(len(plain[begin:end].split()) for begin, end in sentences(plain))
    if longest > MOST:
        assert long_sentence._may_have_one(text, MOST)


def test_texts_without_a_long_sentence_are_not_measured():
    text = (
        "One two three.[^cited] Four five six.\n\nSeven eight nine. Ten [eleven](https://e.org/)."
    )
    assert not long_sentence._may_have_one(text, MOST)


@pytest.mark.fuzz
@given(TEXTS)
@example("is made is made\nis made is made is made")
def test_texts_with_many_passives_are_counted(text):
    plain = own_words(text)
    most = (
        max(
            len(passive_pile._PASSIVE.findall(plain, begin, end))
            for begin, end in paragraphs(plain)
        )
        if plain.strip()
        else 0
    )
    if most > 1:
        assert passive_pile._may_have_one(text, most - 1)


def test_texts_with_few_forms_of_be_are_not_counted():
    assert not passive_pile._may_have_one(
        "This is his thesis.\n\nIt was said, it has been done.", 2
    )


@pytest.mark.slow
def test_every_character_is_told_from_those_that_cannot_be_seen():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    hidden, seen = INVISIBLE.findall(every), INVISIBLE.sub("", every)
    assert len(hidden) + len(seen) == len(every)
    assert [hex(ord(one)) for one in hidden if not has_invisible(f"a{one}b")] == []
    assert not has_invisible("".join(filter(str.isascii, seen)))
    assert not has_invisible(seen)
