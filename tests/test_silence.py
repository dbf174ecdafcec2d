"""Comments that allow a rule: what they cover, and that no page shows them."""

import pytest

from rolerisk.covered import END, in_markdown
from rolerisk.text.markdown import to_fragment
from rolerisk.text.silence import without_silences

CARPENTER = "content/roles/carpenter.yaml"
LOCKSMITH = "content/roles/locksmith.md"
STYLE = "phrases:\n  - {avoid: [delve], better: look at}\n"
ALLOW = "<!-- check: allow banned-phrase -->"


def found(site) -> list[tuple[str, int, str]]:
    return [(p.path, p.line, p.rule) for p in site.problems()]


@pytest.mark.parametrize(
    ("commented", "plain"),
    [
        (f"One. {ALLOW}", "One."),
        (f"One. {ALLOW} Two.", "One. Two."),
        (f"{ALLOW} One.", "One."),
        (f"One\n{ALLOW}\ntwo.", "One\ntwo."),
        (f"{ALLOW}\nOne.", "One."),
        (f"One.\n\n{ALLOW}\n\nTwo.", "One.\n\n\nTwo."),
        (f"One {ALLOW}two.", "One two."),
        (f"One{ALLOW} two.", "One two."),
        (f"- one {ALLOW}\n- two", "- one\n- two"),
        ("One <!--check:allow x--> two.", "One two."),
    ],
)
def test_a_text_is_what_it_is_without_the_comment(commented, plain):
    assert without_silences(commented) == plain
    assert to_fragment(commented) == to_fragment(plain)


def test_other_comments_are_left_to_the_sanitiser():
    assert without_silences("a <!-- note --> b") == "a <!-- note --> b"


@pytest.mark.slow
def test_the_site_is_the_same_with_and_without_comments(site):
    site.build()
    before = site.files()
    site.edit(CARPENTER, "Because of the filing papers.", f"Because of the filing papers. {ALLOW}")
    site.edit(CARPENTER, "It drafts. ", f"It drafts. {ALLOW}", count=1)
    site.edit(CARPENTER, "Partly. A", f"{ALLOW} Partly. A")
    site.edit(CARPENTER, "Try it on one job this week.", f"Try it on one job this week.{ALLOW}")
    site.edit("content/categories.yaml", "Hands, tools", f"{ALLOW} Hands, tools")
    site.edit(CARPENTER, "  - task: Fixing", "  # check: allow banned-phrase\n  - task: Fixing")
    site.edit(LOCKSMITH, "## Introduction\n", f"{ALLOW}\n\n## Introduction\n\n{ALLOW}\n")
    site.edit("content/pages/about.md", "This is", f"{ALLOW}\nThis is")
    site.edit("content/article/score.md", "The score", f"{ALLOW}\nThe score")
    site.edit("content/tools.yaml", "Alpha drafts. It", f"Alpha drafts. {ALLOW} It")
    assert site.build().sound
    assert site.files() == before


def test_a_comment_above_an_entry_of_roles_yaml_covers_the_role(site):
    site.write("content/style.yaml", STYLE)
    site.edit("roles.yaml", "Because of the filing papers.", "We delve.")
    lines = site.read("roles.yaml").split("\n")
    both = [n for n, line in enumerate(lines, 1) if "We delve." in line]
    assert found(site) == [("roles.yaml", n, "banned-phrase") for n in both]
    site.edit("roles.yaml", "- slug: baker", "# check: allow banned-phrase\n- slug: baker")
    assert found(site) == [("roles.yaml", both[0], "banned-phrase")]
    site.edit("roles.yaml", "- slug: lock", "# check: allow banned-phrase\n\n- slug: lock")
    assert found(site) == []


def test_a_comment_in_a_text_covers_that_text_alone(site):
    site.write("content/style.yaml", STYLE)
    site.edit("roles.yaml", "Because of the filing papers.", f"We delve. {ALLOW}", count=1)
    site.edit("roles.yaml", "Because of the fixing locks.", "We delve.", count=1)
    ((path, _, rule),) = found(site)
    assert (path, rule) == ("roles.yaml", "banned-phrase")


def test_what_was_remembered_is_silenced_too(site):
    site.write("content/style.yaml", STYLE)
    site.edit(CARPENTER, "Because of the filing papers.", f"We delve. {ALLOW}")
    assert found(site) == found(site) == []


def test_an_error_that_stands_cannot_be_allowed(site):
    site.edit(CARPENTER, "tool: Beta", "tool: Delta # check: allow unknown-tool")
    site.edit("content/site.yaml", "rules: {", "rules: {unknown-tool: off, ")
    assert "unknown-tool" in [rule for _, _, rule in found(site)]


def test_a_setting_makes_an_error_of_a_warning_but_not_for_drafts(site):
    site.write("content/style.yaml", STYLE)
    site.edit("content/site.yaml", "rules: {", "rules: {banned-phrase: error, ")
    site.edit(CARPENTER, "Because of the filing papers.", "We delve.")
    assert [p.severity for p in site.problems()] == ["error"]
    site.edit(CARPENTER, "title: Carpenter", "title: Carpenter\nstatus: draft")
    assert [p.severity for p in site.problems()] == ["warning"]


def test_in_a_file_that_is_broken_no_comment_is_called_idle(site):
    site.edit(CARPENTER, "Because of the filing papers.", f"File. {ALLOW}")
    site.edit(CARPENTER, "category: building", "category: bilding")
    assert [rule for _, _, rule in found(site)] == ["unknown-category"]


MARKDOWN = """\
above

one
two {here}
three

four
## Heading
five

### Lower

six
## Next
seven"""


@pytest.mark.parametrize(
    ("old", "new", "covered"),
    [
        ("two {here}", f"two {ALLOW}", (3, 5)),
        ("two {here}", ALLOW, (3, 5)),
        ("one\n", f"{ALLOW}\n\none\n", (5, 7)),
        ("## Heading", f"\n{ALLOW}\n\n## Heading", (11, 16)),
        ("## Heading", f"{ALLOW}\n## Heading", (9, 14)),
        ("### Lower", f"{ALLOW}\n### Lower", (12, 14)),
        ("above", ALLOW, (1, END)),
        ("seven", f"seven\n\n{ALLOW}", (17, 17)),
    ],
)
def test_what_a_comment_in_markdown_covers(old, new, covered):
    lines = MARKDOWN.replace(old, new).split("\n")
    number = next(n for n, line in enumerate(lines, 1) if ALLOW in line)
    assert in_markdown(lines, number, 1) == covered


def test_what_a_narrative_with_errors_leaves_open_is_not_unused(site):
    site.edit("roles.yaml", "  sources:", "  # check: allow uncited-source\n  sources:", count=1)
    site.edit(LOCKSMITH, "## Night calls", "## Introduction")
    assert {rule for _, _, rule in found(site)} == {"narrative"}
