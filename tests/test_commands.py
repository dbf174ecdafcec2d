"""The commands: exit codes 0 fine, 1 content, 2 usage, 3 a bug of ours; results to stdout, problems to stderr."""

import json
import re
import shutil
import subprocess
import sys
from typing import NamedTuple

import click
import pytest
from click.testing import CliRunner

import build
from tests.sites import PROJECT, SMALL_SITE, SiteFolder, role_yaml

TODAY = ("--today", "2026-11-22")


class Ran(NamedTuple):
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


@pytest.fixture
def site(tmp_path, monkeypatch) -> SiteFolder:
    """A small site in the folder that the commands run in."""
    folder = SiteFolder(tmp_path / "project", SMALL_SITE)
    monkeypatch.chdir(folder.root)
    return folder


@pytest.fixture
def run(site, monkeypatch, capsys):
    """Run `python build.py …` in the site's folder, without the price of a process."""

    def command(*args: str) -> Ran:
        monkeypatch.setattr(sys, "argv", ["build.py", *args])
        capsys.readouterr()
        try:
            build.run()
            code = 0
        except SystemExit as exit_:
            code = exit_.code if isinstance(exit_.code, int) else int(exit_.code is not None)
        return Ran(code, *capsys.readouterr())

    return command


SUMMARY = r"\d+ files: (\d+) written, (\d+) removed, \d+\.\d\d s\n"


def test_build_ends_with_one_line_of_summary(run, site):
    ran = run("build", *TODAY)
    written = re.fullmatch(SUMMARY, ran.out)
    assert written and int(written[1]) == len(site.files())
    assert (ran.code, ran.err) == (0, "")


def test_without_a_command_it_builds(run, site):
    assert run(*TODAY).code == 0
    assert (site.out / "index.html").exists()
    again = re.fullmatch(SUMMARY, run().out)
    assert again and again[1] == "0"


@pytest.mark.slow
def test_as_a_process_from_another_folder(site):
    command = [sys.executable, str(PROJECT / "build.py"), "build", *TODAY]
    ran = subprocess.run(command, cwd=site.root, capture_output=True, text=True, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert re.fullmatch(SUMMARY, ran.stdout)


def test_problems_go_to_stderr_with_exit_code_1(run, site):
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 60-800", count=1)
    ran = run("build", *TODAY)
    assert (ran.code, ran.out) == (1, "")
    assert re.search(r"^roles\.yaml:\d+:\d+: .+ \[exposure-range\]$", ran.err, re.MULTILINE)
    assert "    exposure: 60-800\n" in ran.err.replace("      ", "    ")
    assert "hint: " in ran.err
    assert "1 error in 1 file" in ran.err
    assert "the site is as it was" in ran.err
    assert not site.out.exists()


def test_check_writes_nothing_and_says_the_same(run, site):
    assert run("check", *TODAY).code == 0
    assert not site.out.exists()
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 60-800", count=1)
    ran = run("check", *TODAY)
    assert (ran.code, ran.out) == (1, "")
    assert "[exposure-range]" in ran.err


def test_warnings_stop_a_build_only_when_strict(run, site):
    site.edit("roles.yaml", "share: 15", "share: 5")
    assert run("build", *TODAY).code == 0
    assert "warning: " in run("check", *TODAY).err
    assert run("check", "--strict", *TODAY).code == 1
    assert run("build", "--strict", *TODAY).code == 1


def test_an_overdue_review_stops_nothing_even_when_strict(run):
    ran = run("check", "--strict", "--today", "2027-07-01")
    assert ran.code == 0
    assert "overdue-review" in ran.err


def test_a_build_lists_few_warnings_of_a_kind_and_counts_the_others(run, site, monkeypatch):
    monkeypatch.setattr("rolerisk.pipeline.FEW_WARNINGS", 2)
    site.edit("roles.yaml", "share: 15", "share: 5")  # a warning of another kind in two roles
    late = ("--today", "2027-07-01")
    for _ in range(2):  # the second finds nothing to do, and says the same
        told = run("build", *late).err
        assert told.count("[overdue-review]\n") == 2
        assert "1 more warning [overdue-review]: python build.py check lists all\n" in told
        assert told.count("[shares]\n") == 2
    assert run("check", *late).err.count("[overdue-review]\n") == 3
    site.edit("roles.yaml", "share: 5", "share: 500")
    assert run("build", *late).err.count("[bad-value]") == 12


def test_messages_have_no_colours_when_nobody_sees_them(run, site):
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 60-800", count=1)
    assert "\x1b" not in run("build", *TODAY).err


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (["rebuild"], "did you mean build?"),
        (["check-it"], "did you mean check?"),
        (["frobnicate"], "commands: "),
        (["build", "--today", "tomorrow"], "'tomorrow' is not a day as YYYY-MM-DD"),
        (["build", "--today", "2026-02-30"], "'2026-02-30' is not a day"),
        (["build", "--base-url", "http://x.example"], "--base-url"),
        (["build", "--base-url", "x"], "--base-url"),
        (["build", "--jobs", "0"], "--jobs"),
        (["build", "--otu", "x"], "--out"),
        (["explain"], "PATH"),
        (["build", "extra"], "extra"),
    ],
)
def test_wrong_usage_has_exit_code_2_and_a_hint(run, site, args, words):
    ran = run(*args)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    assert not site.out.exists()


@pytest.mark.parametrize("out", [".", "/", "..", "content", "templates/x", "roles.yaml"])
def test_output_folders_that_would_overwrite_something_are_refused(run, site, out):
    before = sorted(site.root.rglob("*"))
    ran = run("build", "--out", out, *TODAY)
    assert (ran.code, ran.out) == (2, "")
    assert "error: " in ran.err
    assert sorted(site.root.rglob("*")) == before


def test_another_output_folder_keeps_its_foreign_files(run, site):
    site.write("public/notes.txt", "mine")
    assert run("build", "--out", "public", *TODAY).code == 0
    site.remove("content/roles/carpenter.yaml")
    assert run("build", "--out", "public", *TODAY).code == 0
    assert site.read("public/notes.txt") == "mine"
    assert (site.root / "public/index.html").exists()
    assert not site.out.exists()


@pytest.mark.slow
def test_base_url_may_end_with_a_slash(run, site):
    ran = run("build", "--base-url", "https://x.example/sub/", *TODAY)
    assert ran.code == 0
    assert "https://x.example/sub/roles/baker/" in site.files()["feed.xml"].decode()
    assert ran.out.startswith(
        "a preview: search engines are told to leave it alone; "
        "--base-url is not the base_url of content/site.yaml\n"
    )
    asked = run("build", "--preview", *TODAY)
    assert asked.out.startswith("a preview: search engines are told to leave it alone\n")


def test_the_build_says_how_many_roles_wait(run, site):
    for slug, day in (("potter", "2027-01-05"), ("diver", "2026-12-24")):
        record = role_yaml(slug, slug.title(), published=f"published: {day}")
        site.write(f"content/roles/{slug}.yaml", record)
    assert run("build", *TODAY).out.startswith("2 roles wait; the next on 2026-12-24\n")
    assert run("build", *TODAY).out.startswith("2 roles wait; the next on 2026-12-24\n")


@pytest.mark.slow
def test_files_that_nobody_planned_are_listed_and_left(run, site):
    """What is ours is known from the cache; when that is lost, nothing is deleted on suspicion."""
    run("build", *TODAY)
    site.remove("content/roles/carpenter.yaml")
    shutil.rmtree(site.root / ".cache")
    ran = run("build", *TODAY)
    assert ran.code == 0
    assert "roles/carpenter/index.html" in site.files()
    assert "roles/carpenter/index.html" in ran.out + ran.err


def test_files_that_count_at_a_host_s_root_only_are_warned_of_below_a_path(run):
    below = run("build", "--base-url", "https://x.example/sub", *TODAY)
    assert below.code == 0
    assert "warning: " in below.err and "robots.txt" in below.err


def test_a_bug_of_ours_has_exit_code_3_and_says_so(run, site, monkeypatch):
    def raising(*_: object) -> None:
        raise ZeroDivisionError("nobody foresaw this")

    monkeypatch.setattr("rolerisk.content.assemble_site", raising)
    ran = run("build", *TODAY)
    assert (ran.code, ran.out) == (3, "")
    assert "nobody foresaw this" in ran.err
    assert "bug" in ran.err


def test_a_template_that_fails_is_not_the_content_s_fault(run, site):
    site.write("templates/feeds/llms.txt", "{{ nobody_gives_this }}")
    assert run("build", *TODAY).code == 3
    assert not (site.out / "index.html").exists()


def test_a_full_disk_is_told_in_one_sentence(run, monkeypatch):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", "site/index.html")

    monkeypatch.setattr("rolerisk.write.put", full)
    ran = run("build", *TODAY)
    assert ran.code == 1
    assert "site/index.html: No space left on device" in ran.err
    assert "Traceback" not in ran.err


def test_ctrl_c_leaves_the_site_as_it_was(run, site, monkeypatch):
    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("rolerisk.write.put", stopped)
    assert run("build", *TODAY).code == 130
    assert site.files() == {}
    assert list(site.root.glob(".*-stage-*")) == []


def test_explain_says_what_a_file_is_made_of(run):
    run("build", *TODAY)
    ran = run("explain", "/roles/baker/", *TODAY)
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith("roles/baker/index.html\n")
    assert "article" in ran.out and "fresh" in ran.out
    for path in ("roles/baker/index.html", "site/roles/baker/", "roles/baker"):
        assert run("explain", path, *TODAY) == ran


def test_explain_says_why_a_file_would_be_rendered(run, site):
    assert "it is new" in run("explain", "/", *TODAY).out
    run("build", *TODAY)
    site.edit("roles.yaml", "A baker keeps the hard part", "A baker keeps most of it")
    assert "stale: changed: article" in run("explain", "/roles/baker/", *TODAY).out
    (site.out / "feed.xml").write_text("by hand")
    assert "changed after it was written" in run("explain", "/feed.xml", *TODAY).out


def test_explain_of_a_path_that_is_no_output(run):
    ran = run("explain", "/nowhere/", *TODAY)
    assert (ran.code, ran.out) == (2, "")
    assert "/nowhere/" in ran.err


def test_explain_does_not_break_on_broken_content(run, site):
    site.edit("content/roles/carpenter.yaml", "category: building", "category: nosuch")
    assert run("explain", "/roles/", *TODAY).code in (0, 1, 2)
    site.write("content/site.yaml", "name: [\n")
    assert run("explain", "/roles/", *TODAY).code in (1, 2)


def test_schemas_are_written_and_checked(run, site):
    missing = run("schema", "--check")
    assert (missing.code, missing.out) == (1, "")
    assert "roles.schema.json" in missing.err
    assert not (site.root / "roles.schema.json").exists()
    assert "written" in run("schema").out
    assert run("schema", "--check") == Ran(0, "all schemas are current\n", "")
    site.write("roles.schema.json", "{}")
    assert run("schema", "--check").code == 1


def test_the_project_s_own_schemas_are_current(run, monkeypatch):
    monkeypatch.chdir(PROJECT)
    assert run("schema", "--check") == Ran(0, "all schemas are current\n", "")


def test_clean_removes_what_builds_wrote_and_nothing_else(run, site):
    run("build", *TODAY)
    count = len(site.files())
    site.write("site/notes.txt", "mine")
    assert run("clean") == Ran(0, f"{count} files removed\n", "")
    assert list(site.files()) == ["notes.txt"]
    assert not any((site.root / ".cache").glob("*"))
    assert run("clean") == Ran(0, "0 files removed\n", "")


@pytest.mark.slow
def test_clean_of_one_folder_forgets_no_other(run, site):
    """What a build wrote into site/ is still known as ours after another folder was cleaned."""
    run("build", *TODAY)
    run("build", "--out", "preview", *TODAY)
    run("clean", "--out", "preview")
    site.remove("content/roles/carpenter.yaml")
    run("build", *TODAY)
    assert "roles/carpenter/index.html" not in site.files()


def clean_all(answer: str) -> Ran:
    result = CliRunner().invoke(build.main, ["clean", "--all"], input=answer)
    return Ran(result.exit_code, result.stdout, result.stderr)


def test_clean_all_asks_before_it_removes_foreign_files(run, site):
    run("build", *TODAY)
    site.write("site/notes.txt", "mine")
    assert "site/notes.txt" in clean_all("n\n").out
    assert list(site.files()) == ["notes.txt"]
    assert clean_all("y\n").code == 0
    assert site.files() == {}


def test_clean_all_keeps_the_file_that_keeps_the_folder_out_of_git(run, site):
    run("build", *TODAY)
    site.write("site/.gitignore", "*")
    site.write("site/notes.txt", "mine")
    assert run("clean", "--all", "--yes").code == 0
    assert list(site.files()) == [".gitignore"]


def test_clean_refuses_what_a_build_refuses(run, site):
    assert run("clean", "--all", "--yes", "--out", ".").code == 2
    assert (site.root / "roles.yaml").exists()


def test_new_writes_a_draft_that_checks_with_warnings_only(run, site):
    ran = run("new", "Data Analyst", *TODAY)
    assert (ran.code, ran.err) == (0, "")
    assert "content/roles/data-analyst.yaml" in ran.out
    assert "TODO" in site.read("content/roles/data-analyst.md")
    assert run("check", *TODAY).code == 0
    assert run("build", *TODAY).code == 0
    assert not [path for path in site.files() if "data-analyst" in path]


def test_new_never_overwrites(run, site):
    for title in ("Baker", "Carpenter", "Locksmith"):
        before = {p: p.read_bytes() for p in site.root.rglob("*") if p.is_file()}
        ran = run("new", title, *TODAY)
        assert (ran.code, ran.out) == (2, "")
        assert {p: p.read_bytes() for p in site.root.rglob("*") if p.is_file()} == before


@pytest.mark.parametrize("title", ["配管工", "", "?!", "x" * 61])
def test_new_needs_a_title_that_makes_a_slug(run, site, title):
    assert run("new", title, *TODAY).code == 2
    assert len(list((site.root / "content/roles").iterdir())) == 2


def test_help_names_every_command(run):
    ran = run("--help")
    assert ran.code == 0
    assert [
        name for name in build.main.commands if not re.search(rf"^  {name} ", ran.out, re.M)
    ] == []


def test_every_command_and_option_has_a_help_text():
    for name, command in build.main.commands.items():
        assert command.help, name
        options = (param for param in command.params if isinstance(param, click.Option))
        assert [option.name for option in options if not option.help] == [], name


@pytest.mark.parametrize("form", ["github", "sarif", "json"])
def test_check_gives_programs_their_form_on_stdout(run, site, form, monkeypatch):
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    site.edit("roles.yaml", "share: 15", "share: 500", count=1)
    ran = run("check", *TODAY, "--format", form)
    assert ran.code == 1
    assert "bad-value" in ran.out
    assert ran.err == ("" if form != "github" else "1 error in 1 file\n")


def test_check_adds_everything_to_github_s_job_summary(run, site, tmp_path, monkeypatch):
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    site.edit("roles.yaml", "share: 15", "share: 500", count=1)
    run("check", *TODAY, "--format", "github")
    assert "### Check: 1 error in 1 file" in (tmp_path / "summary.md").read_text("utf-8")
    assert "roles.yaml:21:14" in (tmp_path / "summary.md").read_text("utf-8")


@pytest.mark.slow
def test_check_changed_and_diff_outside_git_say_so(run):
    for words in (("check", "--changed"), ("diff",)):
        ran = run(*words, *TODAY)
        assert (ran.code, ran.out) == (2, "")
        assert "not a git repository" in ran.err


@pytest.mark.parametrize(
    "option", [("--host", "nginx"), ("--site",), ("--site", "--host", "nginx")]
)
def test_what_looks_at_the_output_folder_does_not_go_with_changed(run, option):
    ran = run("check", "--changed", *option)
    assert ran.code == 2
    assert f"{option[0]} looks at the output folder, --changed at the content" in ran.err


@pytest.mark.slow
def test_check_site_reads_the_output_folder_alone(run, site):
    ran = run("check", "--site")
    assert (ran.code, "site holds no site: build first" in ran.err) == (2, True)
    run("build", "--out", "public", *TODAY)
    for path in ("content", "templates", "roles.yaml", ".cache"):
        (site.root / path).rename(site.root / f"no-{path}")
    assert run("check", "--site", "--out", "public") == (0, "", "")
    (site.root / "public/robots.txt").unlink()
    ran = run("check", "--site", "--out", "public")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err == (
        "public/robots.txt: there is no robots.txt [site-robots]\n1 error in 1 file\n"
    )


@pytest.mark.slow
def test_check_site_and_host_say_both(run, site):
    run("build", "--base-url", "https://x.example", *TODAY)
    (site.out / "robots.txt").unlink()
    ran = run("check", "--site", "--host", "vercel")
    assert ran.code == 1
    assert re.findall(r"\[(.*)\]\n", ran.err) == [
        *("host-address", "host-preview"),
        *("site-noindex", "site-robots"),
    ]


@pytest.mark.slow
def test_check_site_knows_every_form_and_strict(run, site, monkeypatch):
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    run("build", *TODAY)
    site.edit("site/about/index.html", "</main>", '<img src="/icon-192.png" alt="">\n</main>')
    assert run("check", "--site").code == 0
    assert run("check", "--site", "--strict").code == 1
    line = site.read("site/about/index.html").split("\n").index('<img src="/icon-192.png" alt="">')
    ran = run("check", "--site", "--format", "github")
    where = f"file=site/about/index.html,title=site-image,line={line + 1},col=1"
    assert ran.out.startswith(f"::warning {where}::the image /icon-192.png has no width and height")
    (found,) = json.loads(run("check", "--site", "--format", "json").out)
    assert (found["path"], found["line"]) == ("site/about/index.html", line + 1)
    log = json.loads(run("check", "--site", "--format", "sarif").out)
    assert [r["ruleId"] for r in log["runs"][0]["results"]] == ["site-image"]
    assert [r["id"] for r in log["runs"][0]["tool"]["driver"]["rules"]] == ["site-image"]
