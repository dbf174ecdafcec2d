"""The finished site against its content: what `check --site`, which reads the folder alone, cannot know."""

import csv
import json
import os
import re
import subprocess
import sys
from html import unescape
from xml.etree import ElementTree as ET

import pytest

from rolerisk.assemble.addresses import ROLE_ANCHORS
from rolerisk.content import check_content
from tests.built import ATOM, SITEMAP, TOWN, Built, audit, copy_of_the_project
from tests.sites import PROJECT, SHIPPED_DAY, SiteFolder

RECORD = """version slug title plural noun category soc also_called url summary answer score tools
at_risk durable steps sources measures history related published updated reviewed""".split()
COLUMNS = "slug title category soc score low high band confidence published updated url".split()


@pytest.fixture(scope="session")
def shipped_site(tmp_path_factory) -> Built:
    """The project's own site, without the two features that cost the most time (see test_everywhere.py)."""
    site = copy_of_the_project(tmp_path_factory.mktemp("shipped") / "site")
    for feature in ("cards", "search"):
        site.edit("content/site.yaml", f"{feature}: true", f"{feature}: false")
    report = site.build(today=SHIPPED_DAY, jobs=2)
    assert report.sound, [f"{p.path}:{p.line}: {p.message}" for p in report.problems]
    base_url = re.search(r"^base_url: (\S+)$", site.read("content/site.yaml"), re.MULTILINE)
    return Built(site, base_url[1])


@pytest.fixture(scope="session")
def town(tmp_path_factory) -> Built:
    site = SiteFolder(tmp_path_factory.mktemp("town") / "site", TOWN)
    assert site.build().sound
    return Built(site, "https://test.example.org")


@pytest.fixture(scope="session")
def town_below_a_path(tmp_path_factory) -> Built:
    site = SiteFolder(tmp_path_factory.mktemp("below") / "site", TOWN)
    site.edit(
        "content/site.yaml", "base_url: https://test.example.org", "base_url: https://x.example/sub"
    )
    assert site.build().sound
    return Built(site, "https://x.example/sub")


SHIPPED = pytest.param("shipped_site", marks=pytest.mark.slow)


@pytest.fixture(params=["town", "town_below_a_path", SHIPPED])
def built(request) -> Built:
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["town", SHIPPED])
def at_root(request) -> Built:
    return request.getfixturevalue(request.param)


# ---- links


def test_below_a_path_the_manifest_has_the_path(town_below_a_path):
    manifest = town_below_a_path.json("site.webmanifest")
    assert manifest["start_url"] == "/sub/"
    assert all(icon["src"].startswith("/sub/") for icon in manifest["icons"])


def test_no_page_is_deeper_than_three_clicks_and_none_an_orphan(built):
    depth = {"/": 0}
    queue = ["/"]
    for url in queue:
        for link in built.pages[url].links:
            target = built.target(built.pages[url], link).partition("#")[0].partition("?")[0]
            if target in built.pages and target not in depth:
                depth[target] = depth[url] + 1
                queue.append(target)
    assert built.framed.keys() - depth.keys() - {"/404.html"} == set()
    assert max(depth.values()) <= 3


def test_the_addresses_that_texts_may_link_to_are_those_of_the_files(built):
    urls = check_content(built.site.settings(base_url=built.base_url, today=SHIPPED_DAY)).site.urls
    later = {url for url in built.framed if re.search(r"/page-\d+/$", url)}
    assert built.framed.keys() - later - urls == set()
    assert {url for url in urls if not built.exists(url)} == set()


# ---- heads


def test_tools_of_few_roles_are_not_for_search_engines(at_root):
    few = [p for url, p in at_root.pages.items() if re.fullmatch(r"/tools/[^/]+/", url)]
    assert few
    for page in few:
        roles = {link for link in page.links if re.fullmatch(r"/roles/[^/]+/", link)}
        assert page.noindex == (len(roles) < 3), page.url


def test_a_stub_leads_to_the_new_address(town):
    stub = town.pages["/roles/frogman/"]
    assert stub.stub
    assert set(stub.links) == {"https://test.example.org/roles/diver/"}


# ---- structured data


def test_structured_data_is_one_graph_with_the_kinds_of_its_page(built):
    for url, page in built.indexable.items():
        kinds = {node["@type"] for node in page.graph}
        assert {"Organization", "WebSite"} <= kinds, url
        assert ("BreadcrumbList" in kinds) == (url != "/"), url
        assert ("Article" in kinds) == (url in built.roles), url
        assert ("Dataset" in kinds) == (url == "/data/"), url
        if url.startswith("/categories/"):
            assert "CollectionPage" in kinds, url


def test_a_hub_s_list_is_numbered(built):
    for url, page in built.indexable.items():
        if url.startswith("/categories/"):
            node = next(node for node in page.graph if node["@type"] == "CollectionPage")
            items = node["mainEntity"]["itemListElement"]
            assert items and node["mainEntity"]["@type"] == "ItemList"
            assert [item["position"] for item in items] == list(range(1, len(items) + 1))


def test_an_article_s_dates_are_those_of_its_role(built):
    for url, record in built.roles.items():
        article = next(n for n in built.pages[url].graph if n["@type"] == "Article")
        assert article["datePublished"][:10] == record["published"]
        assert article["dateModified"][:10] == record["updated"]


# ---- a role page


def test_a_role_page_has_its_sections_in_order(built):
    for url in built.roles:
        ids = built.pages[url].ids
        extra = [id_ for id_ in ids if id_.startswith("x-")]
        steps = ROLE_ANCHORS.index("steps") + 1
        wanted = [*ROLE_ANCHORS[:steps], *extra, *ROLE_ANCHORS[steps:]]
        assert [id_ for id_ in ids if id_ in wanted] == wanted, url


LOCKSMITH = [
    "All roles",
    "Crafts",
    "Will AI replace Locksmiths?",
    "Facts checked November 2, 2026",
    "A locksmith keeps the hard part.",
    "43",
    "isn't the likelihood of losing a job",
    "A door that does not open at night",
    "The current state of AI in locksmith work",
    "Little of it reaches the van.",
    "Alpha",
    "Tasks at risk",
    "Sorting orders",
    "What AI can't replace",
    "Fixing locks",
    "Your Test Score: 43/100",
    "What to do about it: 5 action steps",
    "Step 1 of locksmith",
    "Night calls",
    "They are most of the money.",
    "The path forward",
    "Learn one more lock.",
    "Set your week against it.",
    "Sources",
    "On locksmith a",
    "Related roles",
    "See what to automate.",
    "Continue exploring",
]


def test_a_role_page_reads_in_the_order_of_the_contract(town):
    """The whole article is in the HTML; a table of contents may name headings before they come."""
    text, position = town.pages["/roles/locksmith/"].of("body")[0], 0
    contents = town.pages["/roles/locksmith/"].of("nav")
    for toc in contents[2:]:
        text = text.replace(toc, "", 1) if "Sources" in toc else text
    for words in LOCKSMITH:
        assert words in text[position:], f"{words!r} is missing or out of order"
        position += text[position:].index(words) + len(words)


def test_a_role_page_has_all_tasks_and_the_five_steps(built):
    for url, record in built.roles.items():
        text = built.pages[url].text
        assert len(record["steps"]) == 5
        titles = [step["do"] for step in record["steps"]]
        titles += [task["task"] for task in record["at_risk"] + record["durable"]]
        assert [title for title in titles if " ".join(title.split()) not in text] == [], url


def test_a_role_page_shows_the_arithmetic_of_its_score(built):
    for url, record in built.roles.items():
        page, tasks = built.pages[url], record["at_risk"] + record["durable"]
        points = [task["share"] * sum(task["exposure"]) for task in tasks]
        week = sum(task["share"] for task in tasks)
        assert {f"{value:,}" for value in (*points, sum(points))} <= set(page.of("td")), url
        mean = re.search(rf"{sum(points):,} ÷ \(2 × {week}\) = (\d+\.\d)", page.text)
        assert mean, url
        assert abs(float(mean[1]) - sum(points) / (2 * week)) < 0.1, url
        assert (2 * sum(points) + 2 * week) // (4 * week) == record["score"]["value"], url


def test_a_role_page_says_nothing_of_all_roles(built):
    """No rank and no count of roles: an edit of one role must not touch every page."""
    count = len(built.roles)
    for url in built.roles:
        assert not re.search(rf"\b{count} roles\b|\brank(ed)? \d|#\d+ of", built.pages[url].text)


def test_what_notes_take_for_known_of_a_figure_is_said_where_the_role_has_it(site):
    rated = """- id: rated
  name: Rated by people
  kind: exposure
  measures: Exposed tasks.
  unit: share of tasks
  country: US
  year: 2023
  source: {title: A study, publisher: Press, url: "https://example.org/study"}
  licence: MIT
  attribution: Others, 2024.
  in_notes: The *raters* & others.
"""
    site.write("content/measures.yaml", rated)
    site.edit("roles.yaml", "\n  tools:", "\n  evidence: {rated: 0.2}\n  tools:", 1)
    assert site.build().sound
    files = site.files()
    for name, said in (
        (
            "index.html",
            '<p>The *raters* &amp; others. <a href="https://example.org/study">Source</a></p>',
        ),
        ("index.md", r"The \*raters\* & others. [Source](<https://example.org/study>)"),
    ):
        told = files[f"roles/locksmith/{name}"].decode()
        assert re.search(rf"Tasks at risk(</h2>)?\n+{re.escape(said)}\n(?s:.)*Sorting orders", told)
        assert "raters" not in files[f"roles/baker/{name}"].decode()


def test_links_to_lower_scores_are_marked_as_safer_moves(at_root):
    for url, record in at_root.roles.items():
        page = at_root.pages[url]
        lower = [
            s
            for s in record["related"]
            if at_root.roles[f"/roles/{s}/"]["score"]["value"] < record["score"]["value"]
        ]
        assert len(re.findall("safer move", page.text, re.IGNORECASE)) == len(lower), url


# ---- files for machines


def test_a_hub_is_as_new_as_its_newest_role(built):
    lastmod = {
        entry.findtext(f"{SITEMAP}loc"): entry.findtext(f"{SITEMAP}lastmod")
        for entry in ET.fromstring(built.files["sitemap.xml"])
    }
    for record in built.roles.values():
        hub = lastmod[f"{built.base_url}/categories/{record['category']}/"]
        assert lastmod[record["url"]] == record["updated"] <= hub
    assert lastmod[f"{built.base_url}/"] == max(r["updated"] for r in built.roles.values())


def test_the_feed_has_an_entry_a_role(built):
    entries = ET.fromstring(built.files["feed.xml"]).findall(f"{ATOM}entry")
    newest = sorted(built.roles.values(), key=lambda record: record["updated"], reverse=True)[:50]
    assert len(entries) == len(newest)
    assert {entry.findtext(f"{ATOM}id") for entry in entries} <= {
        record["url"] for record in built.roles.values()
    }
    shown = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert [date[:10] for date in shown] == [record["updated"] for record in newest]


def test_the_data_page_gives_the_licence_of_each_measure(built):
    content = check_content(built.site.settings(base_url=built.base_url, today=SHIPPED_DAY))
    meanings = built.pages["/data/"].of("dd")[len(COLUMNS) :]
    measures = content.site.tables.measures.values()
    assert all(
        text.endswith(f"License: {m.licence}.") for text, m in zip(meanings, measures, strict=True)
    )


def test_llms_txt_is_markdown_with_its_parts_apart(built):
    lines = built.text("llms.txt").splitlines()
    assert lines[0].startswith("# ") and lines[1] == "" and lines[2].startswith("> ")
    assert lines[3] == "", "without an empty line the next paragraph belongs to the quotation"
    for number, line in enumerate(lines):
        if line.startswith("## "):
            assert (lines[number - 1], lines[number + 1]) == ("", "")
    assert all(record["url"] in built.text("llms.txt") for record in built.roles.values())


def test_index_json_is_the_record_with_what_was_computed(built):
    for url, record in built.roles.items():
        assert list(record)[: len(RECORD)] == RECORD, url
        assert record["version"] == 1
        assert record["url"] == built.base_url + url
        assert set(record["score"]) == {"value", "low", "high", "band", "confidence"}
        for task in record["at_risk"] + record["durable"]:
            assert set(task) == {"task", "share", "exposure", "why", "sources"}
            low, high = task["exposure"]
            assert 0 <= low <= high <= 100
            assert task["why"].startswith("<p>")
        assert [source["number"] for source in record["sources"]] == list(
            range(1, len(record["sources"]) + 1)
        )


def test_roles_json_is_the_same_without_prose(built):
    listed = {record["slug"]: record for record in built.json("data/roles.json")}
    assert list(listed) == sorted(record["slug"] for record in built.roles.values())
    for record in built.roles.values():
        short = listed[record["slug"]]
        assert short.keys() >= RECORD_WITHOUT_PROSE
        same = short.keys() & record.keys() - {"tools", "at_risk", "durable", "steps"}
        assert {key: short[key] for key in same} == {key: record[key] for key in same}
        assert "<p>" not in json.dumps(short)
        for kind in ("at_risk", "durable"):
            assert short[kind] == [
                {key: task[key] for key in ("task", "share", "exposure")} for task in record[kind]
            ]


RECORD_WITHOUT_PROSE = set(RECORD) - {"answer"}


def test_roles_csv_has_a_row_a_role(built):
    rows = list(csv.DictReader(built.text("data/roles.csv").splitlines()))
    assert list(rows[0])[: len(COLUMNS)] == COLUMNS
    for row, record in zip(rows, built.json("data/roles.json"), strict=True):
        assert row["slug"] == record["slug"]
        assert int(row["score"]) == record["score"]["value"]
        assert row["url"] == record["url"]
        assert {k: float(v) for k, v in list(row.items())[len(COLUMNS) :] if v} == record[
            "measures"
        ]


def test_every_column_is_explained_on_the_data_page(built):
    header = built.text("data/roles.csv").splitlines()[0].split(",")
    assert [name for name in header if name not in built.pages["/data/"].of("dt")] == []


# ---- long lists


@pytest.mark.slow
def test_long_lists_are_paged(tmp_path, monkeypatch):
    monkeypatch.setattr("rolerisk.plan.shell.PAGE_SIZE", 2)
    site = SiteFolder(tmp_path, TOWN)
    site.build()
    paged = Built(site, "https://test.example.org")
    assert {"/roles/page-2/", "/categories/crafts/page-2/"} <= paged.framed.keys()
    assert audit(site) == []
    test_no_page_is_deeper_than_three_clicks_and_none_an_orphan(paged)
    test_the_addresses_that_texts_may_link_to_are_those_of_the_files(paged)


@pytest.mark.slow
def test_a_long_sitemap_becomes_an_index(tmp_path, monkeypatch):
    monkeypatch.setattr("rolerisk.plan.files.SITEMAP_MAX", 4)
    site = SiteFolder(tmp_path, TOWN)
    site.build()
    assert ET.fromstring(site.files()["sitemap.xml"]).tag == f"{SITEMAP}sitemapindex"
    assert site.files().keys() >= {"sitemap-1.xml", "sitemap-2.xml"}
    assert audit(site) == []


# ---- the same everywhere


@pytest.mark.slow
def test_nothing_depends_on_the_clock_the_locale_or_the_hash_seed(town, tmp_path):
    """A build by another process, in another time zone and language, has the same bytes."""
    environment = {
        **os.environ,
        "TZ": "Asia/Tokyo",
        "LC_ALL": "de_DE.UTF-8",
        "LANG": "de_DE.UTF-8",
        "PYTHONHASHSEED": "random",
    }
    site = SiteFolder(tmp_path / "elsewhere", TOWN)
    command = [sys.executable, str(PROJECT / "build.py"), "build", "--today", str(SHIPPED_DAY)]
    subprocess.run(
        [*command, "--jobs", "2"], cwd=site.root, env=environment, check=True, capture_output=True
    )
    assert site.files() == town.files


_INLINE = re.compile(r"</?(?:a|abbr|b|em|i|span|strong|sup|time)\b[^>]*>")
_UNREAD = re.compile(r"<(style|script|svg|option)\b.*?</\1>", re.DOTALL)


@pytest.mark.parametrize(
    ("name", "within"),
    [pytest.param("shipped_site", 0.03, marks=pytest.mark.slow), ("town", 0.06)],
)
def test_the_words_of_a_page_are_counted_without_rendering_it(request, name, within):
    site = request.getfixturevalue(name).site
    checked = check_content(site.settings())
    for role in checked.site.roles:
        html = site.read(f"site/roles/{role.slug}/index.html")
        article = html[html.index("<article") : html.index("</article>")]
        text = re.sub(r"<[^>]*>", " ", _INLINE.sub("", _UNREAD.sub("", article)))
        rendered = len(unescape(text).split())
        assert abs(role.words.page - rendered) < within * rendered, role.slug
        assert 0 < role.words.own < role.words.page
