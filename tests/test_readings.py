"""Readings and articles in the .cache folder: written as they come, whole or not at all."""

import pytest

from rolerisk.store.readings import Memory


def sizes(site) -> list[int]:
    return [path.stat().st_size for path in (site.root / ".cache").glob("articles*")]


def test_articles_are_written_before_the_next_one_is_read(site):
    """So that a hundred thousand of them are never in memory."""
    site.build()
    reading = next(iter(Memory(site.root / ".cache", remember=True)._before.values()))
    folder = site.root / "other"
    seen = []

    def found():
        for _ in range(40):
            yield reading, b"x" * 10_000
            seen.append(sum(path.stat().st_size for path in folder.iterdir()))

    kept = Memory(folder, remember=False).keep(found())
    assert seen[20] > 100_000
    assert [item.facts.article.offset for item in kept] == [10_000 * n for n in range(40)]
    assert [path.suffix for path in folder.iterdir()] == [".bin"]


def test_articles_of_an_interrupted_run_leave_nothing(site):
    site.build()
    before = sizes(site)

    def found():
        yield None
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Memory(site.root / ".cache", remember=True).keep(found())
    assert sizes(site) == before


def test_articles_of_a_killed_run_go_with_the_next_reading(site):
    site.write(".cache/articles.1.tmp", "half of it")
    site.build()
    assert list((site.root / ".cache").glob("*.tmp")) == []


@pytest.mark.slow
def test_what_is_left_of_many_edits_is_packed_into_one_file(site):
    site.build()
    for number in range(60):
        site.edit("roles.yaml", "hard part", f"hard part {number}", count=1)
        site.build()
    assert len(sizes(site)) <= 50
    assert site.files() == site.clean_build()


@pytest.mark.slow
def test_a_narrative_that_could_not_be_read_is_not_taken_for_one_that_is_not_there(site):
    """What is remembered of a role says which of the three it was: read, not read, not there."""
    path = "content/roles/locksmith.md"
    site.edit(
        "roles.yaml", "hard part.[^locksmith-a]", "hard part."
    )  # the narrative alone cites it
    readable = (site.root / path).read_bytes()
    reports = {
        readable: set(),
        readable.replace(b"night", b"n\xefght"): {"encoding"},
        None: {"uncited-source"},
    }
    for narrative in [*reports, *reports]:  # the second time all of them are remembered
        (site.root / path).unlink(missing_ok=True)
        if narrative is not None:
            (site.root / path).write_bytes(narrative)
        assert {found.rule for found in site.problems()} == reports[narrative]
