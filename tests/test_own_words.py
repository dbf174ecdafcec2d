"""What of a text is prose: every letter stays in its place, and others' words are blanks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rolerisk.text.own_words import own_words, paragraphs, prose, sentences, words_in

TEXTS = st.text(st.sampled_from('ab. \n"“”`<>!-[]^()#|{}%’é'), max_size=60)


@given(TEXTS)
def test_letters_keep_their_places(text):
    for plain in (prose(text), own_words(text)):
        assert len(plain) == len(text)
        assert all(b == a or (b == " " and a != "\n") for a, b in zip(text, plain, strict=True))


@given(TEXTS)
def test_paragraphs_and_sentences_hold_all_words(text):
    pieces = ["".join(text[a:b] for a, b in spans(text)) for spans in (paragraphs, sentences)]
    assert pieces[0].split() == text.split()
    assert pieces[1] == text


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("a `b` c", "a c"),
        ("a\n```\nb\n```\nc", "a c"),
        ('he said "b c" to d', "he said to d"),
        ("“a” b", "b"),
        ("> a\n\nb", "b"),
        ("[a](https://b.org) c[^d] https://e.org", "[a c"),
        ("a <b>c</b> <!-- d --> e", "a c e"),
        ("a {{ b }}{% if c %}d", "a d"),
    ],
)
def test_what_is_not_the_authors_is_left_out(text, own):
    assert own_words(text).split() == own.split()


def test_words_are_told_apart_by_letters_alone():
    assert words_in("Well-organised, naïve: “It’s”") == {
        *(b"well", b"organised", b"na", b"ve", b"it", b"s")
    }
