"""`check --changed` and `diff`, with real git: what a branch touched, dates that lie, addresses lost."""

import subprocess

import pytest

from rolerisk.errors import CommandError
from rolerisk.formats.changes import changes_markdown, changes_text
from rolerisk.revision.check import check_change
from rolerisk.revision.diff import Difference, PageChange, RoleChange, Seen, difference
from rolerisk.settings import UnsoundError
from tests.sites import SMALL_SITE, SiteFolder, as_entry, role_yaml

pytestmark = pytest.mark.slow


class Branch(SiteFolder):
    """A site in git, with everything committed on main."""

    def git(self, *words: str) -> str:
        who = ("-c", "user.name=T", "-c", "user.email=t@example.org", "-c", "commit.gpgsign=false")
        ran = subprocess.run(
            ["git", *who, *words], cwd=self.root, capture_output=True, text=True, check=True
        )
        return ran.stdout

    def commit(self) -> None:
        self.git("add", "-A")
        self.git("commit", "-q", "-m", "Edit")

    def check(self, revision: str = "main", **options: object) -> list[str]:
        found = check_change(self.settings(**options), revision).checked.problems
        return [f"{p.path}:{p.line}:{p.column}: {p.severity} {p.rule}" for p in found]

    def diff(self, revision: str = "main") -> Difference:
        return difference(self.settings(), revision)


@pytest.fixture
def site(tmp_path) -> Branch:
    folder = Branch(tmp_path / "project", SMALL_SITE)
    folder.write(".gitignore", ".cache/\n/site/\n")
    folder.git("init", "-q", "-b", "main")
    folder.commit()
    folder.git("switch", "-q", "-c", "edit")
    return folder


def test_nothing_touched_nothing_told(site):
    assert site.check() == []
    assert site.diff() == Difference(site.git("rev-parse", "main").strip(), (), ())


@pytest.mark.parametrize("committed", [False, True])
@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("roles.yaml", "Partly. A baker", "Hardly. A baker", ["roles.yaml:73:14"]),
        ("content/roles/locksmith.md", "Little of it", "Much of it", ["roles.yaml:4:14"]),
        (
            "content/roles/carpenter.yaml",
            "Partly.",
            "Hardly.",
            ["content/roles/carpenter.yaml:4:12"],
        ),
        ("content/tools.yaml", "does not check", "never checks", []),
        ("roles.yaml", "  reviewed: 2026-11-02", "  reviewed: 2026-11-03", []),
        ("roles.yaml", "    Partly. A baker", "    Partly.\n    A baker", []),
    ],
)
def test_a_changed_text_wants_a_new_date(site, path, old, new, told, committed):
    site.edit(path, old, new)
    if committed:
        site.commit()
    assert site.check() == [f"{place}: warning updated-date" for place in told]


def test_a_changed_text_with_today_s_date_is_right(site):
    site.edit("roles.yaml", "Partly. A baker", "Hardly. A baker")
    site.edit("roles.yaml", "title: Baker\n", "title: Baker\n  updated: 2026-11-22\n")
    assert site.check() == []


def test_a_narrative_that_cannot_be_read_has_not_changed_the_text(site):
    (site.root / "content/roles/locksmith.md").write_bytes(b"## Introduction\n\nA n\xefght.\n")
    assert site.check() == ["content/roles/locksmith.md:3:4: error encoding"]


def test_a_date_that_moved_alone_is_a_lie(site):
    site.edit("roles.yaml", "title: Baker\n", "title: Baker\n  updated: 2026-11-20\n")
    (found,) = check_change(site.settings(), "main").checked.problems
    assert (found.rule, found.line, found.severity) == ("updated-date", 72, "warning")
    assert found.message == (
        "`updated` of baker has moved from 2026-11-01 to 2026-11-20, but its text is the same"
    )
    assert found.hint == "write `updated: 2026-11-01` again; a check of the facts moves `reviewed`"
    assert site.check(strict=True) == ["roles.yaml:72:12: error updated-date"]


def test_a_role_that_nobody_has_seen_needs_no_date(site):
    site.edit("roles.yaml", "title: Baker\n", "title: Baker\n  status: draft\n")
    site.commit()
    site.git("branch", "-f", "main")
    site.edit("roles.yaml", "Partly. A baker", "Hardly. A baker")
    assert site.check() == []


@pytest.mark.parametrize(
    ("edit", "lost"),
    [
        (lambda site: site.remove("content/roles/carpenter.yaml"), ["carpenter"]),
        (lambda site: site.edit("roles.yaml", "slug: baker", "slug: pastry-cook"), ["baker"]),
        (
            lambda site: site.edit(
                "roles.yaml", "slug: baker\n", "slug: pastry-cook\n  aliases: [baker]\n"
            ),
            [],
        ),
        (
            lambda site: site.edit("roles.yaml", "title: Baker", "title: Baker\n  status: draft"),
            ["baker"],
        ),
    ],
)
def test_an_address_is_not_lost_in_silence(site, edit, lost):
    edit(site)
    told = [
        problem.message
        for problem in check_change(site.settings(), "main").checked.problems
        if problem.rule == "lost-address"
    ]
    assert told == [
        f"/roles/{slug}/ was an address of the role {slug}, and leads nowhere now" for slug in lost
    ]
    if lost:
        site.edit("content/site.yaml", "features:", f"gone: [/roles/{lost[0]}/]\nfeatures:")
        assert [line for line in site.check() if "lost-address" in line] == []


def test_an_alias_that_is_taken_away_is_lost_too(site):
    site.edit("roles.yaml", "title: Baker\n", "title: Baker\n  aliases: [bread-maker]\n")
    site.commit()
    site.git("branch", "-f", "main")
    site.edit("roles.yaml", "  aliases: [bread-maker]\n", "")
    assert site.check() == ["roles.yaml:1:1: error lost-address"]


def test_a_role_that_moves_into_a_file_of_its_own_is_not_lost(site):
    text = site.read("roles.yaml")
    site.write("roles.yaml", text[: text.index("- slug: baker")])
    site.write("content/roles/baker.yaml", role_yaml("baker", "Baker"))
    assert site.check() == []
    assert site.diff().roles == ()


def test_only_what_was_touched_is_told_and_errors_elsewhere_are_counted(site):
    site.edit("content/roles/carpenter.yaml", "exposure: 60-80", "exposure: 140", count=1)
    site.commit()
    site.git("branch", "-f", "main")
    assert site.check() == []
    assert check_change(site.settings(), "main").errors_elsewhere == 1
    site.edit("roles.yaml", "share: 15", "share: 500", count=1)
    told = site.check()
    assert [line for line in told if "carpenter" in line] == []
    assert "roles.yaml:21:14: error bad-value" in told


@pytest.mark.parametrize("revision", ["nosuch", "-x", "HEAD~99"])
def test_an_unknown_revision_is_said(site, revision):
    with pytest.raises(CommandError, match="git knows no revision"):
        site.check(revision)


def test_outside_git_it_is_said(tmp_path):
    folder = Branch(tmp_path / "project", SMALL_SITE)
    with pytest.raises(CommandError, match="not a git repository"):
        folder.check("")


@pytest.mark.parametrize("revision", ["", "HEAD"])
def test_before_the_first_commit_everything_is_new(tmp_path, revision):
    folder = Branch(tmp_path / "project", SMALL_SITE)
    folder.git("init", "-q")
    assert folder.check(revision) == []
    folder.edit("roles.yaml", "share: 15", "share: 500", count=1)
    assert "roles.yaml:21:14: error bad-value" in folder.check(revision)


def test_without_a_main_branch_a_revision_is_asked_for(site):
    site.git("branch", "-m", "main", "trunk")
    with pytest.raises(CommandError, match=r"none of origin/HEAD, .* is there: name a revision"):
        site.check("")


def test_histories_without_a_common_commit_are_said(site):
    site.git("switch", "-q", "--orphan", "other")
    site.git("commit", "-q", "--allow-empty", "-m", "Other")
    with pytest.raises(CommandError, match="no commit in common; a shallow clone"):
        site.check("main")


def test_diff_tells_what_readers_will_find_changed(site):
    site.edit("roles.yaml", "Partly. A baker keeps", "Partly. Every baker keeps")
    site.edit("roles.yaml", "title: Baker", "title: Bread Baker")
    site.edit("content/roles/carpenter.yaml", "exposure: 60-80", "exposure: 90", count=1)
    site.write("roles.yaml", site.read("roles.yaml") + as_entry(role_yaml("tailor", "Tailor")))
    site.edit("content/pages/about.md", "This is", "Here is")
    assert site.diff() == Difference(
        site.git("rev-parse", "main").strip(),
        (
            RoleChange("baker", Seen("Baker", 43), Seen("Bread Baker", 43), 2, 1),
            RoleChange("carpenter", Seen("Carpenter", 43), Seen("Carpenter", 46), 1, 1),
            RoleChange("tailor", None, Seen("Tailor", 43), 161, 0),
        ),
        (PageChange("/about/", True, True, 1, 1),),
    )


def test_diff_tells_a_renamed_role_and_fails_where_nothing_leads_on(site):
    site.edit("roles.yaml", "slug: baker", "slug: pastry-cook")
    gone, new = site.diff().roles
    assert (gone.slug, gone.to, gone.leads, gone.now) == ("baker", "pastry-cook", False, None)
    assert (new.slug, new.before) == ("pastry-cook", None)
    assert [role.slug for role in site.diff().lost] == ["baker"]
    assert "renamed to /roles/pastry-cook/, ERROR: its address leads nowhere" in changes_text(
        site.diff()
    )
    site.edit("roles.yaml", "slug: pastry-cook\n", "slug: pastry-cook\n  aliases: [baker]\n")
    assert site.diff().lost == ()


def test_diff_refuses_content_with_errors(site):
    site.edit("roles.yaml", "share: 15", "share: 500", count=1)
    with pytest.raises(UnsoundError):
        site.diff()


def test_diff_leaves_the_memory_of_today_s_roles_alone(site):
    assert site.build().sound
    site.edit("roles.yaml", "Partly. A baker", "Hardly. A baker")
    site.build()
    before = (site.root / ".cache/readings.msgpack").read_bytes()
    assert site.diff().roles
    assert (site.root / ".cache/readings.msgpack").read_bytes() == before


def test_markdown_of_a_difference_is_a_table_that_no_title_breaks_out_of():
    change = RoleChange("a", Seen("A|B <i>", 1), Seen("C", 2), 3, 0)
    found = Difference("0123456789abcdef", (change,), ())
    assert changes_markdown(found) == (
        "### Since 0123456789: 1 role and 0 other pages changed\n\n"
        "| | page | what |\n|---|---|---|\n"
        "| changed | `/roles/a/` | A\\|B &lt;i> → C, score 1 → 2, +3 words |\n"
    )
    nothing = changes_markdown(Difference("0123456789abcdef", (), ()))
    assert nothing == "### Since 0123456789 nothing that readers see has changed\n"
