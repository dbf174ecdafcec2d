"""`fmt`: one form, nothing lost, twice the same as once; the files' own and what editors may write."""

import re

import hypothesis.strategies as st
import pytest
from hypothesis import given

from rolerisk.edit.canonical_markdown import canonical_markdown
from rolerisk.edit.canonical_yaml import LostError, canonical_yaml
from rolerisk.edit.comments import comments
from rolerisk.edit.files import write_texts
from rolerisk.edit.fmt import formatted
from rolerisk.load import load
from rolerisk.parse import yaml
from rolerisk.text.markdown import to_fragment
from tests.sites import PROJECT

MESSY = """\

---
# first
slug:   zoo-keeper   # the address


title: 'Zoo keeper''s "help"'
noun: 'zoo keeper'
also_called: [ Keeper,'Zookeeper',
   "Animal keeper" ]
score: 048
soc: 39-2021.00
status: ~
evidence:
  yes: 1_000
answer: Partly.
summary: a
   folded line
tools:
- tool:   True
  does: >
    One
    line.

    Another.
    # no comment
  # after the text
-   tool: No
    does: |+
      Kept. \\n #


    # before a key
    share: .5
sources:
    - {id: a,   url: "https://example.org/#a"}   # behind

# last
"""

CANONICAL = """\
# first
slug: zoo-keeper # the address

title: 'Zoo keeper''s "help"'
noun: "zoo keeper"
also_called: [Keeper, "Zookeeper", "Animal keeper"]
score: 048
soc: 39-2021.00
status: ~
evidence:
  yes: 1_000
answer: |
  Partly.
summary: a folded line
tools:
  - tool: True
    does: |
      One line.
      Another. # no comment
  # after the text
  - tool: No
    does: |
      Kept. \\n #
    # before a key
    share: .5
sources:
  - {id: a, url: "https://example.org/#a"} # behind

# last
"""


def test_a_messy_file_has_one_form():
    assert canonical_yaml(MESSY) == CANONICAL


def test_what_is_canonical_stays_as_it_is():
    assert canonical_yaml(CANONICAL) == CANONICAL


@pytest.mark.parametrize(
    "text",
    ["[]\n", "# nothing yet\n[]\n", "- a: 1\n\n# about b\n- b: 2\n  # in b\n"],
)
def test_files_without_much_in_them(text):
    assert canonical_yaml(text) == text


def test_a_comment_that_has_no_place_is_told_and_nothing_is_lost():
    with pytest.raises(LostError, match="# inside") as caught:
        canonical_yaml("a: 1\nb: {c: 1, # inside\n  d: 2}\n")
    assert caught.value.args[1] == 1


def test_a_comment_is_what_is_in_no_value():
    text = "a: 'x # no' # one\nb: | # two\n  # no\nc: a#no\n# three\n"
    assert comments(text) == [(0, "# one"), (1, "# two"), (4, "# three")]


# What editors may write: keys, values in every style, comments, blank lines, any indentation.

words = st.text(
    st.sampled_from("ab #:-'\"\\é[]{},&*!|>%@`?~\t\u2028\U0001f600"), min_size=1, max_size=12
)
keys = st.sampled_from(["slug", "title", "answer", "does", "why", "task", "tools"])
comment = st.sampled_from(["", "", "", " # note", "   #  far off", "\t# behind a tab"])
gap = st.sampled_from(["", "", "\n", "\n\n\n", "# alone\n", "\n# after a blank\n\n"])


@st.composite
def scalar(draw, indent: int) -> str:
    style = draw(st.sampled_from(["plain", "single", "double", "|", ">", "|-", "|+", "empty"]))
    text = draw(words)
    if style == "plain":
        return draw(st.sampled_from(["yes", "0x1F", "1_000", "2026-11-02", "ab  cd", "~", "048"]))
    if style == "single":
        return "'" + text.replace("'", "''") + "'"
    if style == "double":
        return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if style == "empty":
        return ""
    lines = draw(st.lists(words, min_size=1, max_size=3))
    pad = " " * (indent + 2)
    return style + "\n" + "\n".join(f"{pad}x{line.replace(chr(9), '')}" for line in lines)


@st.composite
def record(draw, depth: int, indent: int) -> str:
    parts = []
    for key in draw(st.lists(keys, min_size=1, max_size=4, unique=True)):
        pad = " " * indent
        kind = draw(st.sampled_from(["scalar", "scalar", "record", "list", "flow"]))
        before = draw(gap)
        if kind == "record" and depth:
            step = draw(st.integers(1, 4))
            body = draw(record(depth - 1, indent + step))
            parts.append(f"{before}{pad}{key}:{draw(comment)}\n{body}")
        elif kind == "list" and depth:
            step = draw(st.integers(0, 3))
            entries = draw(st.lists(record(depth - 1, indent + step + 2), min_size=1, max_size=2))
            body = "".join(as_entry(entry, indent + step) for entry in entries)
            parts.append(f"{before}{pad}{key}:{draw(comment)}\n{body}")
        elif kind == "flow":
            parts.append(f'{before}{pad}{key}:  [a,"b",  {{c: 1}}]{draw(comment)}\n')
        else:
            value = draw(scalar(indent))
            space = "" if not value else draw(st.sampled_from([" ", "   "]))
            behind = draw(comment) if "\n" not in value and value[-1:] != "b" else ""
            parts.append(f"{before}{pad}{key}:{space}{value}{behind}\n")
    return "".join(parts)


def as_entry(text: str, indent: int) -> str:
    """A record as an entry of a list: its first line of values gets the dash."""
    lines = text.split("\n")
    first = next(i for i, line in enumerate(lines) if line.strip() and line.lstrip()[0] != "#")
    pad, rest = lines[first][:indent], lines[first][indent + 1 :]
    lines[first] = f"{pad}-{rest}"
    return "\n".join(lines)


@pytest.mark.slow
@given(record(depth=3, indent=0))
def test_whatever_is_rewritten_says_the_same_and_twice_is_once(text):
    before = yaml.read(text)
    if before.slips:
        return
    try:
        once = canonical_yaml(text)
    except LostError:
        return
    assert yaml.read(once).value == before.value
    assert [words for _, words in comments(once)] == [words for _, words in comments(text)]
    assert canonical_yaml(once) == once


MESSY_PAGE = "\n\n##  Night   calls ##\nThey are  \nmost.   \n\n\n\n* one\n* two\n#### Why\n```\n## no\n\n\n  x  \n```\n\n    code  \n\n\n    more\n"
TIDY_PAGE = "## Night   calls\n\nThey are  \nmost.\n\n* one\n* two\n\n#### Why\n\n```\n## no\n\n\n  x  \n```\n\n    code  \n\n\n    more\n"


def test_markdown_has_one_form_and_code_is_left_alone():
    assert canonical_markdown(MESSY_PAGE) == TIDY_PAGE
    assert canonical_markdown(TIDY_PAGE) == TIDY_PAGE


def test_front_matter_is_yaml():
    text = "---\ntitle:   'About'\n\n\nsummary: x\n---\n\n\nText.\n"
    assert canonical_markdown(text, page=True) == '---\ntitle: "About"\n\nsummary: x\n---\nText.\n'


lines = st.sampled_from(
    "## A|##  B ##|a|b  |  c |- d|* e  |    f|\tg|```|||   |{% if x %}|# h|<div>|<!-- i -->|> j"
    "|1. k|---|===|### l  |+ m".split("|")
)


@pytest.mark.slow
@given(st.lists(lines, max_size=14).map("\n".join))
def test_markdown_says_the_same_and_twice_is_once(text):
    try:
        once = canonical_markdown(text)
    except LostError:
        return
    assert _shown(once) == _shown(text)
    assert canonical_markdown(once) == once


def _shown(text: str) -> str:
    """What a browser shows: spaces at the ends of lines are nothing."""
    return re.sub(r" +(?=\n|<)", "", to_fragment(text).html)


@pytest.mark.slow
def test_the_shipped_content_has_its_canonical_form():
    texts, problems = formatted(load(PROJECT)[0])
    assert (sorted(texts), problems) == ([], ())


def test_a_broken_file_is_told_and_the_others_are_rewritten(site):
    site.write("content/categories.yaml", "- id: [crafts\n")
    site.edit("content/tools.yaml", "- name: Alpha", "- name:   Alpha")
    sources, _ = load(site.root)
    found = formatted(sources, ["content/categories.yaml", "content/tools.yaml"])
    assert [(p.path, p.rule) for p in found.problems] == [
        ("content/categories.yaml", "yaml-syntax")
    ]
    assert list(found.texts) == ["content/tools.yaml"]
    write_texts(site.root, found.texts)
    assert site.read("content/categories.yaml") == "- id: [crafts\n"
    assert "\n- name: Alpha\n" in "\n" + site.read("content/tools.yaml")


def test_byte_order_mark_and_windows_line_ends_go(site):
    path = site.root / "roles.yaml"
    plain = formatted(load(site.root)[0], ["roles.yaml"]).texts.get("roles.yaml", path.read_text())
    path.write_bytes(b"\xef\xbb\xbf" + plain.encode().replace(b"\n", b"\r\n"))
    found = formatted(load(site.root)[0], ["roles.yaml"])
    assert found.texts == {"roles.yaml": plain}


def test_a_link_stays_a_link_and_a_mode_a_mode(site):
    real = site.root / "content/real.txt"
    real.write_text("old")
    real.chmod(0o640)
    (site.root / "content/link.txt").symlink_to("real.txt")
    write_texts(site.root, {"content/link.txt": "new\n"})
    assert (site.root / "content/link.txt").is_symlink()
    assert (real.read_text(), real.stat().st_mode & 0o777) == ("new\n", 0o640)
    assert not list(site.root.glob("content/.*"))
