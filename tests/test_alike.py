"""Near-duplicates: who is near whom, who is looked at at all, and what is remembered of it."""

import random
from itertools import combinations

import pytest

from rolerisk.alike.alike import alike
from rolerisk.model.alike import Compared, Said
from rolerisk.model.article import ArticleRef
from rolerisk.text.passages import longest_passages
from rolerisk.text.shingles import SIZE, row, sample, sampled, shingles, words

WORDS = [f"{a}{b}" for a in "bdfgklmnprst" for b in ("ain", "eck", "ill", "ode", "urn", "ash")]


def prose(length: int, seed: int) -> list[str]:
    """Words in a row that are like no other seed's."""
    chance = random.Random(seed)
    return [chance.choice(WORDS) for _ in range(length)]


class Corpus:
    """Pages by name, each a text, compared like a site's roles."""

    def __init__(self, **pages: list[str]) -> None:
        self.pages = pages
        self.compared = Compared()
        self.fetched: list[str] = []

    def fetch(self, said: Said) -> bytes:
        name = _name(said.digest)
        self.fetched.append(name)
        return self.row(name)

    def row(self, name: str) -> bytes:
        return row([" ".join(self.pages[name])])

    def pairs(self, floor: float = 0.25) -> dict[tuple[str, str], float]:
        said = [
            Said(f"{name} {hash(tuple(page))}", sample(self.row(name)), ArticleRef(name, "", 0, 0))
            for name, page in self.pages.items()
        ]
        found, self.compared = alike(said, self.fetch, self.compared, floor)
        return {(_name(pair.first), _name(pair.second)): pair.share for pair in found}


def _name(digest: str) -> str:
    return digest.rpartition(" ")[0]


def share(first: list[str], second: list[str]) -> float:
    """Containment, the plain way."""
    one, two = ({tuple(row[i : i + 5]) for i in range(len(row) - 4)} for row in (first, second))
    return len(one & two) / min(len(one), len(two))


def town() -> Corpus:
    own = {name: prose(600, seed) for seed, name in enumerate("abcdefgh")}
    own["c"] = own["a"][:300] + prose(300, 20)
    own["e"] = prose(400, 21) + own["b"][200:400]
    own["g"] = own["d"][100:350]
    return Corpus(**own)


def test_every_pair_is_found_with_its_share():
    corpus = town()
    expected = {
        (one, two): found
        for one, two in combinations(corpus.pages, 2)
        if (found := share(corpus.pages[one], corpus.pages[two])) >= 0.25
    }
    assert corpus.pairs() == pytest.approx(expected)
    assert expected.keys() == {("a", "c"), ("b", "e"), ("d", "g")}


def test_a_share_below_the_floor_is_no_pair():
    assert town().pairs(floor=0.6).keys() == {("d", "g")}


@pytest.mark.slow
def test_of_pairs_at_the_floor_hardly_any_is_missed():
    pages = {}
    for pair in range(300):
        length = 200 + 4 * pair
        one, common = prose(length, pair), length // 4 + 6
        pages[f"{pair} one"] = one
        pages[f"{pair} other"] = one[:common] + prose(length - common, 1000 + pair)
    assert len(Corpus(**pages).pairs()) >= 298


def test_of_pages_that_share_little_none_is_fetched():
    corpus = Corpus(a=prose(1000, 1), b=prose(900, 1)[:40] + prose(960, 2), c=prose(1000, 3))
    assert corpus.pairs() == {}
    assert corpus.fetched == []


def test_a_passage_that_many_pages_share_hides_no_pair():
    """Only the first eight are found by it."""
    common = prose(60, 0)
    corpus = Corpus(**{f"p{n:03}": common + prose(540, 1 + n) for n in range(70)})
    corpus.pages["p069"] = common + corpus.pages["p068"][60:300] + prose(300, 99)
    assert corpus.pairs().keys() == {("p068", "p069")}


def test_the_nearest_of_several_is_told():
    page = prose(600, 1)
    corpus = Corpus(a=page[:300] + prose(300, 2), b=page, c=page[:500] + prose(100, 3))
    assert corpus.pairs().keys() == {("a", "b"), ("b", "c")}


def test_a_text_too_short_is_left_to_another_rule():
    assert Corpus(a=prose(103, 1), b=prose(103, 1)).pairs() == {}
    assert Corpus(a=prose(104, 1), b=prose(104, 1)).pairs() == {("a", "b"): 1.0}


def test_nothing_is_compared_again_when_nothing_has_changed():
    corpus = town()
    before = corpus.pairs()
    corpus.fetched.clear()
    assert corpus.pairs() == before
    assert corpus.fetched == []


@pytest.mark.parametrize("seed", range(12))
def test_what_is_remembered_equals_a_clean_comparison(seed):
    chance, corpus = random.Random(seed), town()
    corpus.pairs()
    for step in range(6):
        name, other = chance.sample(sorted(corpus.pages), 2)
        if step % 3 == 2:
            del corpus.pages[name]
        else:
            at = chance.randrange(300)
            corpus.pages[name] = corpus.pages[other][at : at + 300] + prose(300, chance.random())
        clean = Corpus(**corpus.pages)
        assert corpus.pairs() == clean.pairs()


def test_a_new_threshold_compares_anew():
    corpus = town()
    assert corpus.pairs(floor=0.6).keys() == {("d", "g")}
    assert corpus.pairs(floor=0.25).keys() == {("a", "c"), ("b", "e"), ("d", "g")}


def test_a_damaged_memory_is_a_miss(site):
    site.build()
    kept = site.root / ".cache" / "alike.msgpack"
    whole = kept.read_bytes()
    kept.write_bytes(whole[:-20])
    assert site.problems() == ()
    assert kept.read_bytes() == whole


def test_without_caches_nothing_is_left(site):
    assert site.problems(use_cache=False) == ()
    assert [path.name for path in (site.root / ".cache").iterdir()] == ["lock"]


def test_a_damaged_article_is_read_again(site):
    """It is fetched because another role says the same."""
    said = f"## Introduction\n\n{' '.join(prose(200, 1))}.\n"
    site.write("content/roles/baker.md", said)
    before = {found.rule for found in site.problems()}
    assert "near-duplicate" not in before
    for articles in (site.root / ".cache").glob("articles-*.bin"):
        articles.write_bytes(b"x" * articles.stat().st_size)
    site.write("content/roles/carpenter.md", said)
    assert {found.rule for found in site.problems()} == before | {"near-duplicate"}


@pytest.mark.slow
def test_of_many_spun_pages_each_is_told_of_and_few_are_read():
    page = prose(600, 1)
    spun = {f"p{n:03}": page[: 400 + n] + prose(200 - n, 50 + n) for n in range(80)}
    corpus = Corpus(**spun)
    assert {name for pair in corpus.pairs() for name in pair} == spun.keys()
    assert len(corpus.fetched) <= 2 * len(spun)


def test_words_stand_where_they_are_found():
    text = "A *Bold* claim[^src-1], see [the “Tool’s” page](/tools/x-y/) — it’s <b>50%</b>."
    found = words(text)
    assert [w.word for w in found] == "a bold claim see the tool's page it's 50".split()
    for word in found:
        assert text[word.start : word.end].casefold().replace("’", "'") == word.word


def shingles_of(*texts: str) -> frozenset[tuple[int, ...]]:
    return shingles(row(texts))


def test_shingles_are_every_five_words_of_each_text():
    assert len(shingles_of("one two three four five six", "seven eight")) == 2
    assert shingles_of("One two, three four five") == shingles_of(
        "one  **two** [three](/tools/x/)[^a]\nfour <b>five</b>."
    )
    assert shingles_of("One man’s “trade” is four") == shingles_of("one man's 'trade' is four")
    assert shingles_of("one two three four", "five six", "") == frozenset()
    assert shingles_of("one two three four five") != shingles_of("five two three four one")


def test_shingles_are_those_of_the_words():
    row = prose(80, 5)
    singly = [shingles_of(" ".join(row[i : i + SIZE])) for i in range(len(row) - SIZE + 1)]
    assert shingles_of(" ".join(row)) == frozenset().union(*singly)


def test_a_sample_is_a_part_and_the_same_of_every_page():
    one, other, both = prose(4000, 1), prose(4000, 2), prose(900, 3)
    first, second, common = (
        set(sampled(sample(row([" ".join(page)])))) for page in (one + both, both + other, both)
    )
    assert 500 < len(first) < 800
    assert common <= first & second
    assert len(first & second) <= len(common) + 3


def test_the_longest_passages_come_first():
    common, other = " ".join(prose(30, 1)), " ".join(prose(9, 2))
    first = [f"Alpha {common} beta.", f"Gamma\n{other} delta."]
    second = [f"Zeta {other} eta.", f"{common} theta."]
    long, short = longest_passages(first, second, 3)
    assert (long.words, short.words) == (30, 9)
    assert first[long.first.text][long.first.start : long.first.end] == common
    assert second[short.second.text][short.second.start : short.second.end] == other
    assert longest_passages(first, second, 1) == (long,)
