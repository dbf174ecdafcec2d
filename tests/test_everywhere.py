"""What is so in all of a site, whatever its texts and whoever builds it."""

import csv
import re
from xml.etree import ElementTree as ET

import pytest
from jinja2 import Environment, meta

from rolerisk.render.html import Templates
from tests.built import ATOM, Page, audit, copy_of_the_project
from tests.sites import PROJECT, SHIPPED_DAY


def test_titles_are_text_in_llms_txt_whatever_markup_they_look_like(site):
    site.edit("roles.yaml", "title: Baker", 'title: "Baker [night](x) *shift*"')
    site.build()
    text = (site.out / "llms.txt").read_text("utf-8")
    assert re.search(
        r"^- \[Will AI replace Baker \\\[night\\\]\(x\) \\\*shift\\\*", text, re.MULTILINE
    )


def test_texts_are_shown_as_they_were_written(site):
    """What is a comparison, an ampersand or an empty line in a text stays what it is."""
    site.edit("roles.yaml", "title: Baker", 'title: "R&D <Baker>"\n  plural: "R&D <Bakers>"')
    about = site.read("content/pages/about.md")
    site.write("content/pages/about.md", f"{about}\nCode:\n\n    one\n\n\n    two < 3 & more\n")
    site.build()
    files = site.files()
    page = Page("/roles/baker/", files["roles/baker/index.html"].decode())
    assert page.of("h1") == ["Will AI replace R&D <Bakers>?"]
    assert b"<Baker" not in files["roles/baker/index.html"].replace(b"\\u003c", b"")
    article = next(node for node in page.graph if node["@type"] == "Article")
    assert article["headline"] == "Will AI replace R&D <Bakers>?"
    assert any(
        "R&D <Bakers>" in e.text for e in ET.fromstring(files["feed.xml"]).iter(f"{ATOM}title")
    )
    code = Page("/about/", files["about/index.html"].decode()).raw("code")
    assert code == ["one\n\n\ntwo < 3 & more\n"]


def test_a_cell_is_never_a_formula(site):
    site.edit("roles.yaml", "title: Baker", 'title: "=1+1"\n  plural: Bakers')
    site.build()
    rows = csv.DictReader(site.files()["data/roles.csv"].decode().splitlines())
    assert "'=1+1" in [row["title"] for row in rows]


def test_only_the_commands_read_the_clock():
    """Today is an input: nothing in the package asks for it, except to measure how long it took."""
    for path in sorted((PROJECT / "rolerisk").rglob("*.py")):
        found = re.findall(
            r"\b(?:date\.today|datetime\.now|utcnow|time\.time)\(", path.read_text("utf-8")
        )
        assert found == [], path


def test_the_site_s_name_is_content():
    """Another site needs other files in content/, and no others."""
    name = re.search(
        r"^name: (.+)$", (PROJECT / "content/site.yaml").read_text("utf-8"), re.MULTILINE
    )
    files = [PROJECT / "build.py"]
    for folder in ("rolerisk", "templates", "tests"):
        files += [p for p in (PROJECT / folder).rglob("*") if p.is_file() and p.suffix != ".pyc"]
    named = [
        str(p) for p in files if name[1].strip("\"'").lower().encode() in p.read_bytes().lower()
    ]
    assert named == []


@pytest.mark.slow
def test_the_whole_site_is_the_same_bytes_from_one_worker_and_from_four(tmp_path):
    """With share images and the search index, in two folders."""
    first, second = (copy_of_the_project(tmp_path / name) for name in ("one", "four"))
    assert first.build(today=SHIPPED_DAY, jobs=1).sound
    assert second.build(today=SHIPPED_DAY, jobs=4).sound
    assert first.files().keys() == second.files().keys()
    assert [path for path, data in first.files().items() if second.files()[path] != data] == []
    assert audit(first, jobs=2) == []


@pytest.mark.slow
def test_a_renderer_is_made_of_all_templates_that_jinja_finds_behind_its_own():
    texts = {
        path.relative_to(PROJECT / "templates").as_posix(): path.read_text("utf-8")
        for path in sorted((PROJECT / "templates").rglob("*.*"))
        if "assets" not in path.parts
    }
    named = {
        name: set(meta.find_referenced_templates(Environment().parse(text)))
        for name, text in texts.items()
    }
    assert sum(map(len, named.values())) > 20
    for name in texts:
        behind = {name}
        while more := {other for found in behind for other in named[found]} - behind:
            behind |= more
        closure = Templates(texts).closure(name)
        assert {part.split("\0")[0] for part in closure} == behind
