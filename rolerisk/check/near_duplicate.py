"""No role's page is another one's in a few other words."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.model.alike import Alike
from rolerisk.model.parsed import Prose
from rolerisk.problem import Place, Problem, Rule, Severity
from rolerisk.text.passages import Passage, Stretch, longest_passages

RULE = Rule(
    "near-duplicate",
    Severity.WARNING,
    "No two roles say much the same, word for word.",
    "Compared are the roles' own texts, in the record and in the narrative, without the shared "
    "narrative and the layout: every five words in a row, and how many of those of the shorter page "
    "are also in the other. `near_duplicates.warn_from` percent in site.yaml (25) is a warning, "
    "`near_duplicates.fail_from` (50) an error; the numbers are ours. Told is, for each role, the "
    "one that it is nearest to. Compared are only roles whose samples of such rows are near each "
    "other, which misses at most one in a hundred of the pairs that share just as much as is warned "
    "of. Texts of fewer than a hundred such rows are left to `thin-page`, and a text in which a TODO is left is not compared: nobody has written it yet.",
)
_PASSAGES = 3  # are told of a pair
_LOOKED_AT = 50  # pairs; of more, the nearest


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Tell of the pairs that were found, with the passages that stand in both."""
    limits = subject.site.config.near_duplicates
    if not subject.settled:
        return
    nearest = sorted(_read_whole(subject), key=lambda pair: -pair.share)
    for number, pair in enumerate(nearest):
        common = _common(pair, subject) if number < _LOOKED_AT else ()
        fails = 100 * pair.share >= limits.fail_from and not pair.second.draft
        first, second = pair.first, pair.second
        place = common[0][2] if common else second.place.at("slug")
        other = common[0][1] if common else first.place.at("slug")
        message = (
            f"{second.card.title} repeats {first.card.title} "
            f"({other.path}:{subject.line_of(other)}): {int(100 * pair.share)}% of the shorter "
            "one's own words stand in both"
        )
        hint = "write what only this job can say, or make one page of the two"
        lines = [
            f"\n    {words} words: {at.path}:{subject.line_of(at)} and "
            f"{there.path}:{subject.line_of(there)}: {text}"
            for words, there, at, text in common
        ]
        severity = Severity.ERROR if fails else Severity.WARNING
        yield Problem(RULE.id, severity, place, message, hint + "".join(lines))


def _read_whole(subject: SiteSubject) -> list[Alike]:
    """The pairs of which all is read: of less, more stands in both."""
    muted = subject.muted
    return [p for p in subject.alike if muted.isdisjoint((p.first.card.url, p.second.card.url))]


def _common(pair: Alike, subject: SiteSubject) -> tuple[tuple[int, Place, Place, str], ...]:
    """The longest passages: how many words, where in the one and in the other, how they begin."""
    first, second = subject.texts_of(pair.first), subject.texts_of(pair.second)
    passages = longest_passages(_written(first), _written(second), _PASSAGES)
    return tuple(_told(passage, first, second) for passage in passages)


def _written(texts: tuple[Prose, ...]) -> list[str]:
    return [source for _, _, source in texts]


def _told(
    passage: Passage, first: tuple[Prose, ...], second: tuple[Prose, ...]
) -> tuple[int, Place, Place, str]:
    begins = " ".join(_text(passage.second, second).split()[:9])
    there, at = _place(passage.first, first), _place(passage.second, second)
    return passage.words, there, at, f"“{begins} …”"


def _place(stretch: Stretch, texts: tuple[Prose, ...]) -> Place:
    """Where a stretch begins: found by its first words, as far as they are on one line."""
    place, _, source = texts[stretch.text]
    needle = " ".join(_text(stretch, texts).split("\n")[0].split(" ")[:3])
    return place.at(needle=needle, nth=source.count(needle, 0, stretch.start))


def _text(stretch: Stretch, texts: tuple[Prose, ...]) -> str:
    return texts[stretch.text][2][stretch.start : stretch.end]
