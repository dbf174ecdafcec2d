"""The report: ranks, agreement with research, and the page for the team."""

import datetime
import re
from html.parser import HTMLParser

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from build import main
from rolerisk.survey.ranks import ranks, spearman
from tests.sites import SMALL_SITE, TODAY, SiteFolder, as_entry, role_yaml

MEASURES = """- id: rated
  name: Rated by <others>
  kind: exposure
  measures: Something else.
  unit: share of tasks
  range: "0-1"
  country: US
  year: 2025
  source: {title: A study, publisher: Press, url: "https://example.org/study"}
  licence: MIT
  attribution: Others, 2025.
"""
EXPOSED = {"potter": 10, "weaver": 20, "tanner": 30, "cooper": 40}


@pytest.fixture
def site(tmp_path, monkeypatch) -> SiteFolder:
    """Four roles with scores 10, 20, 30 and 40, of which research has the last one lowest."""
    folder = SiteFolder(tmp_path / "project", SMALL_SITE)
    folder.remove("content/roles/carpenter.yaml")
    folder.remove("content/roles/locksmith.md")
    folder.write("content/measures.yaml", MEASURES)
    folder.write("roles.yaml", "".join(map(_entry, EXPOSED, (0.2, 0.3, 0.4, 0.1))))
    monkeypatch.chdir(folder.root)
    return folder


def _entry(slug: str, figure: float) -> str:
    text = role_yaml(slug, slug.title(), evidence=f"evidence: {{rated: {figure}}}")
    return as_entry(re.sub(r"exposure: \S+", f"exposure: {EXPOSED[slug]}", text))


def run(*args: str):
    return CliRunner().invoke(main, ["report", "--today", str(TODAY), *args])


def test_values_that_are_equal_share_their_mean_rank():
    assert ranks([3, 1, 3, 2]) == [1.5, 4, 1.5, 3]
    assert ranks([]) == []


def test_rank_correlation():
    assert spearman([1, 2, 3], [10, 20, 300]) == pytest.approx(1)
    assert spearman([1, 2, 3], [3, 2, 1]) == pytest.approx(-1)
    assert spearman([106, 100, 86, 101, 99, 103, 97, 113, 112, 110],
                    [7, 27, 2, 50, 28, 29, 20, 12, 6, 17]) == pytest.approx(-29 / 165)  # fmt: skip
    assert spearman([1, 1, 1], [1, 2, 3]) is None
    assert spearman([1], [2]) is None


@pytest.mark.slow
@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=3, max_size=30))
def test_rank_correlation_is_that_of_scipy(pairs):
    from scipy.stats import spearmanr

    first, second = zip(*pairs, strict=True)
    ours = spearman(first, second)
    if len(set(first)) > 1 and len(set(second)) > 1:
        assert ours == pytest.approx(spearmanr(first, second).statistic)
    else:
        assert ours is None


@pytest.mark.slow
def test_the_text_tells_the_correlation_and_who_stands_furthest(site):
    ran = run()
    assert ran.exit_code == 0
    assert re.search(r"A Rated by <others> +4 +-0\.20\n", ran.stdout), "1 - 6 × 12 / 60"
    furthest = ran.stdout.partition("Furthest from A Rated")[2].split("\n")
    assert furthest[2].split() == ["Cooper", "40", "1", "of", "4", "0.1", "4"]
    together = ran.stdout.partition("Furthest from what they say together")[2].split("\n")
    assert together[2].split() == ["Cooper", "40", "+75", "0.1"]


class _Page(HTMLParser):
    """What a page holds and what it would load."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.loads: list[str | None] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.loads += [value for key, value in attrs if key in ("src", "srcset", "data", "poster")]
        if tag == "link":
            self.loads.append(dict(attrs).get("href"))


def test_the_page_is_one_file_without_scripts(site):
    ran = run()
    assert ran.stdout.endswith("\nwrote .cache/report.html\n")
    text = site.read(".cache/report.html")
    page = _Page(text)
    assert (page.loads, page.tags.count("script")) == ([], 0)
    assert not re.search(r"@import|url\(", text)
    assert '<meta name="robots" content="noindex">' in text
    assert "Rated by &lt;others&gt;" in text and "<others>" not in text
    for title in ("Potter", "Weaver", "Tanner", "Cooper"):
        assert text.count(f'<th scope="row">{title}</th>') >= 3, "ease, all standings, reviews"
    for section in ("scores", "calibration", "ease", "freshness", "coverage"):
        begin = text.index(f'<section id="{section}">')
        assert "<svg" in text[begin : text.index("</section>", begin)]


def test_the_same_day_gives_the_same_bytes(site):
    run()
    before = site.read(".cache/report.html")
    run("--html", "again.html")
    assert site.read("again.html") == before


def test_the_report_is_never_published_and_overwrites_nothing_else(site):
    for path in ("site/report.html", "site/x/y.html", "roles.yaml"):
        ran = run("--html", path)
        assert ran.exit_code == 2, path
    assert not site.out.exists() and site.read("roles.yaml").startswith("- slug: potter")
    assert run("--html", "team/report.html").exit_code == 0
    assert run("--html", "team/report.html").exit_code == 0, "a report may be replaced by a report"


def test_reviews_are_counted_by_the_month_they_fall_due_in(site):
    site.edit("roles.yaml", "reviewed: 2026-11-02", "reviewed: 2026-01-10", count=1)
    ran = run()
    assert "Reviews: 1 overdue after 180 days, 0 failing after 545" in ran.stdout
    assert re.search(r"Potter +2026-07-09 +2027-07-09", ran.stdout)
    text = site.read(".cache/report.html")
    assert "Reviews due in 2026: 1 in July (overdue)" in text
    assert "Reviews due in 2027: 3 in May" in text


def test_an_interval_beyond_the_calendar_is_no_crash(site):
    site.edit(
        "content/site.yaml", "thin_pages:", "review: {warn_after_days: 99999999}\nthin_pages:"
    )
    assert run().exit_code == 0
    assert str(datetime.date.max) in run().stdout


def test_drafts_and_waiting_roles_count_in_the_coverage(site):
    site.edit("roles.yaml", "slug: potter", "slug: potter\n  status: draft")
    site.edit("roles.yaml", "published: 2026-11-01", "published: 2027-01-01", count=1)
    site.edit("roles.yaml", "slug: weaver", "slug: weaver\n  status: draft")
    ran = run()
    assert re.search(r"Crafts +2 +35 +2 +0\n", ran.stdout)
    assert re.search(r"Building +0 +- +0 +0\n", ran.stdout), "a category without a role, too"
    assert re.search(r"Crafts +4 +25 +0 +0\n", run("--drafts").stdout)


def test_a_site_without_roles_or_measures_has_a_report(site):
    site.write("content/measures.yaml", "[]\n")
    site.edit("roles.yaml", "  evidence: {rated: 0.2}\n", "")
    for figure in ("0.3", "0.4", "0.1"):
        site.edit("roles.yaml", f"  evidence: {{rated: {figure}}}\n", "")
    assert run().exit_code == 0
    site.write("roles.yaml", "[]\n")
    ran = run()
    assert (ran.exit_code, ran.stdout.split("\n")[0]) == (0, f"0 roles, {TODAY}")
    assert "No role is out." in site.read(".cache/report.html")


def test_content_with_errors_has_a_report_that_says_so(site):
    site.edit("roles.yaml", "title: Potter", "titlo: Potter")
    ran = run()
    assert ran.exit_code == 0
    assert ran.stderr == "what has errors may be missing: python build.py check lists them\n"
    site.write("content/site.yaml", "name: [\n")
    ran = run()
    assert (ran.exit_code, ran.stdout) == (1, "")
    assert "content/site.yaml:" in ran.stderr


@pytest.mark.slow
def test_a_record_that_stands_for_itself_no_more_has_a_report(site):
    site.build()
    site.edit("roles.yaml", "  category: crafts\n", "  category: crafts\n  category: crafts\n", 1)
    ran = run()
    assert (ran.exit_code, "may be missing" in ran.stderr) == (0, True), ran.output


def test_damaged_articles_are_made_again(site):
    site.build()
    (articles,) = (site.root / ".cache").glob("articles-*.bin")
    articles.write_bytes(bytes(len(articles.read_bytes())))
    assert run().exit_code == 0
