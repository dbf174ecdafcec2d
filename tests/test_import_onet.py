"""`import-onet`: drafts from the O*NET database; all of an occupation's work, and nobody's words lost."""

import re

import pytest
from click.testing import CliRunner

import build
from rolerisk.commands import import_onet
from rolerisk.draft.credit import version_of
from rolerisk.draft.grouping import grouped
from rolerisk.draft.import_onet import import_drafts
from rolerisk.draft.onet import Task, read_release
from rolerisk.draft.tables import TableError
from rolerisk.draft.titles import codes_of, plural_of_name, slug_of_title, title_of
from rolerisk.edit.fmt import formatted
from rolerisk.load import load
from rolerisk.parse import yaml
from tests.onet import ratings, synthetic, write_release, write_table, write_workbook
from tests.sites import TODAY

KEEPER, DRAKE, LATE = "39-2021.00", "45-2093.01", "51-9199.00"
STATEMENTS = [
    ("1", "Feed animals, following the diet sheets.", 4.5, 100, 7, "E0", "E0"),
    ("2", "Clean cages, enclosures, and feeding places.", 4.2, 90, 6, "E0", "E0"),
    ("3", 'Write records of "health", feeding, and births.', 4.0, 80, 5, "E1", "E2"),
    ("4", "Answer written questions of visitors.", 3.1, 70, 4, "E1", "E1"),
    ("5", "Write labels for enclosures.", 2.0, 60, 2, "E2", "E1"),
    ("6", "Watch animals for signs of illness.", 4.6, 95, 7, "E0", "E2"),
    ("7", "Order feed and bedding.", 3.0, 50, 3, "E2", "E1"),
    ("8", "Write reports of feeding to curators.", 2.9, 50, 3, "E1", "E1"),
    ("9", "Catch animals that have escaped.", 3.9, 20, 1, "E0", "E0"),
]
TABLES = {
    "Occupation Data": [
        (KEEPER, "Animal Caretakers", "Care for animals."),
        (DRAKE, "Breeders of Ducks and Drakes", "Breed them."),
        (LATE, "Production Workers, All Other", "Everything else."),
    ],
    "Task Statements": [
        *((KEEPER, id_, text, "Core", "30", "08/2023", "Incumbent") for id_, text, *_ in STATEMENTS),
        (KEEPER, "10", "Talk to children about animals.", "n/a", "n/a", "07/2014", "Analyst"),
        (DRAKE, "20", "Choose drakes.", "Core", "9", "07/2019", "Incumbent"),
        (DRAKE, "21", "Hatch eggs.", "Core", "9", "07/2019", "Incumbent"),
    ],
    "Task Ratings": [
        row for id_, _, im, rt, ft, *_ in STATEMENTS for row in ratings(KEEPER, id_, im, rt, ft)
    ],
    "Technology Skills": [
        (KEEPER, "Microsoft Excel", "1", "Spreadsheets", "Y", "N"),
        (KEEPER, "Beta", "1", "Records", "Y", "Y"),
        (KEEPER, "A ledger", "1", "Records", "N", "N"),
    ],
    "Alternate Titles": [
        (KEEPER, "Zoo Keeper", "n/a", "02"),
        (KEEPER, "Keeper", "n/a", "02"),
        (DRAKE, "Keeper", "n/a", "02"),
        (DRAKE, "Drake Farmer (DF)", "DF", "02"),
    ],
    "Related Occupations": [
        (KEEPER, LATE, "Primary-Short", "1"),
        (KEEPER, DRAKE, "Primary-Short", "2"),
        (KEEPER, "11-1011.00", "Supplemental", "11"),
    ],
}  # fmt: skip
LABELS = [
    ("", "O*NET-SOC Code", "Task ID", "human_exposure_agg", "gpt4_exposure"),
    *(("0", KEEPER, f"{row[0]}.0", row[5], row[6]) for row in STATEMENTS),
]


@pytest.fixture
def folder(tmp_path):
    return write_release(tmp_path / "db_30_1_text", TABLES)


@pytest.fixture
def labels(tmp_path):
    write_table(tmp_path / "full_labelset.tsv", LABELS)
    return tmp_path / "full_labelset.tsv"


def do_import(site, folder, *codes, exposure=None, called=""):
    release = read_release(folder, exposure)
    wanted = codes or tuple(release.occupations)
    return import_drafts(site.root, release, version_of(folder), wanted, TODAY, called)


def record(site, slug):
    return yaml.read(site.read(f"content/roles/{slug}.yaml")).value


def test_the_excel_release_says_the_same(folder, labels, tmp_path):
    excel = write_release(tmp_path / "db_30_1_excel", TABLES, excel=True)
    write_workbook(tmp_path / "labels.xlsx", LABELS)
    assert read_release(excel, tmp_path / "labels.xlsx") == read_release(folder, labels)


@pytest.mark.slow
def test_every_draft_passes_but_for_its_todos(site, folder, labels):
    found = do_import(site, folder, exposure=labels)
    assert [len(found.paths), found.there, found.without_tasks] == [4, (), (LATE,)]
    assert {(p.rule, p.severity) for p in site.problems(drafts=True)} == {("todo", "warning")}
    assert site.build(drafts=True).sound
    assert formatted(load(site.root)[0], found.paths) == ({}, ())


def test_the_draft_says_what_the_database_says(site, folder, labels):
    do_import(site, folder, exposure=labels)
    role = record(site, "animal-caretaker")
    assert (role["title"], role["plural"]) == ("Animal Caretaker", "Animal Caretakers")
    assert (role["soc"], role["status"]) == (KEEPER, "draft")
    assert role["also_called"] == ["Zoo Keeper", "Keeper"]
    assert role["related"] == ["breeder-of-ducks-and-drakes"]
    assert [tool["tool"] for tool in role["tools"]] == ["Beta", "Alpha", "Gamma"]
    onet, labelled = role["sources"]
    assert onet["title"] == "O*NET 30.1 Database: Animal Caretakers"
    assert (onet["date"], labelled["id"]) == ("2023-08", "gpts-are-gpts")
    text = site.read("content/roles/animal-caretaker.yaml")
    assert "hot technologies here: Beta; Microsoft Excel\n" in text
    assert "related occupations without a role: Production Workers, All Other\n" in text


def test_every_task_is_in_a_group_and_the_shares_are_the_whole_week(site, folder, labels):
    do_import(site, folder, exposure=labels)
    text = site.read("content/roles/animal-caretaker.yaml")
    noted = re.findall(r"# O\*NET: (.*) \[people (.*), GPT-4 (.*)\]", text)
    assert sorted(noted) == sorted(
        [(row[1], row[5], row[6]) for row in STATEMENTS]
        + [("Talk to children about animals.", "-", "-")]
    )
    role = record(site, "animal-caretaker")
    tasks = role["at_risk"] + role["durable"]
    assert 6 <= len(tasks) <= 10
    assert sum(int(task["share"]) for task in tasks) == 100
    before_durable = text.partition("\ndurable:")[0]
    assert "Write reports of feeding" in before_durable
    assert "Clean cages" not in before_durable


def test_the_page_says_what_the_licence_asks(site, folder):
    do_import(site, folder, KEEPER)
    site.build(drafts=True)
    page = (site.out / "roles/animal-caretaker/index.html").read_text("utf-8")
    for text in (
        "O*NET 30.1 Database",
        "USDOL/ETA",
        "CC BY 4.0",
        "Tester has modified",
        "endorsed",
    ):
        assert text in page


def test_importing_again_overwrites_nothing(site, folder):
    do_import(site, folder, KEEPER)
    site.edit("content/roles/animal-caretaker.md", "TODO: 150-250 words.", "My words.")
    site.edit("content/roles/animal-caretaker.yaml", "TODO: yes, no or partly", "Mine: partly")
    before = {p: p.read_bytes() for p in (site.root / "content").rglob("*") if p.is_file()}
    found = do_import(site, folder, KEEPER)
    assert (found.paths, found.there) == ((), (KEEPER,))
    assert {p: p.read_bytes() for p in (site.root / "content").rglob("*") if p.is_file()} == before


@pytest.mark.parametrize(
    ("path", "text"),
    [("content/roles/animal-caretaker.md", "Mine."), ("content/roles/animal-caretaker.yaml", "#")],
)
def test_a_file_that_is_there_is_left_alone(site, folder, path, text):
    site.write(path, text)
    assert do_import(site, folder, KEEPER).there == (KEEPER,)
    assert site.read(path) == text


def test_a_renamed_draft_does_not_come_back(site, folder):
    site.edit("content/roles/carpenter.yaml", "title: C", "aliases: [animal-caretaker]\ntitle: C")
    assert do_import(site, folder, KEEPER).there == (KEEPER,)


def test_without_ratings_and_labels_there_is_a_draft_all_the_same(site, tmp_path):
    folder = write_release(tmp_path / "onet", {**TABLES, "Task Ratings": None})
    do_import(site, folder, KEEPER)
    tasks = (
        record(site, "animal-caretaker")["at_risk"] + record(site, "animal-caretaker")["durable"]
    )
    assert {task["exposure"] for task in tasks} == {"10-90"}
    assert {p.rule for p in site.problems(drafts=True)} == {"todo"}


def test_a_table_of_importance_alone_gives_the_weights(tmp_path):
    folder = write_release(tmp_path / "onet", {**TABLES, "Task Ratings": None})
    rows = [("O*NET-SOC Code", "Task ID", "Importance"), (KEEPER, "5", "4.9"), (KEEPER, "1", "n/a")]
    write_table(folder / "Task Importance.txt", rows)
    tasks = read_release(folder, None).occupations[KEEPER].tasks
    assert {task.weight for task in tasks} == {4.9}, "the others have the mean"


def test_weights_are_importance_times_frequency_times_relevance(folder):
    tasks = {t.id: t.weight for t in read_release(folder, None).occupations[KEEPER].tasks}
    assert tasks["1"] == pytest.approx(4.5 * 7 * 1.0)
    assert tasks["9"] == pytest.approx(3.9 * 1 * 0.2)
    assert tasks["10"] == pytest.approx(sum(tasks[row[0]] for row in STATEMENTS) / 9)


def test_ranges_span_both_raters_and_a_margin():
    tasks = [
        Task(str(n), f"Task {word}", 1.0, labels)
        for n, (word, labels) in enumerate(
            [("aaa", ("E1", "E2")), ("bbb", ("E1", "E1")), ("ccc", ("E2", "E2"))]
            + [(word, ("E0", "E0")) for word in ("ddd", "eee", "fff")]
        )
    ]
    at_risk, durable = grouped(tasks)
    assert [group.exposure for group in at_risk] == ["45-100", "95-100", "45-55"]
    assert [group.exposure for group in durable] == ["0-5"] * 3
    assert [group.share for group in at_risk + durable] == [17, 17, 17, 17, 16, 16]


@pytest.mark.parametrize("count", [1, 2, 3, 5, 6, 7, 12, 40])
@pytest.mark.parametrize("labels", [("E0", "E0"), ("E1", "E1"), ("", ""), ("E3", "E1")])
def test_any_number_of_tasks_gives_three_to_five_groups_a_side(count, labels):
    tasks = [Task(str(n), f"Do thing {n % 4}", n % 5, labels) for n in range(count)]
    at_risk, durable = grouped(tasks)
    assert 3 <= len(at_risk) <= 5 and 3 <= len(durable) <= 5
    assert sum(group.share for group in at_risk + durable) == 100
    assert all(1 <= group.share <= 90 for group in at_risk + durable)
    assert sorted(t.id for g in at_risk + durable for t in g.tasks) == sorted(t.id for t in tasks)
    assert count < 6 or all(group.tasks for group in at_risk + durable)
    assert grouped(tasks[::-1]) == (at_risk, durable)


@pytest.mark.parametrize(
    ("name", "title", "plural"),
    [
        ("Accountants and Auditors", "Accountant and Auditor", "Accountants and Auditors"),
        ("Chief Executives", "Chief Executive", "Chief Executives"),
        ("Judges, Magistrate Judges, and Magistrates", "Judge, Magistrate Judge, and Magistrate", "Judges"),
        ("Sales Representatives, Wholesale and Manufacturing, Except Technical and Scientific Products",
         "Sales Representative, Wholesale and Manufacturing, Except Technical and Scientific Products", "Sales Representatives"),
        ("First-Line Supervisors of Production and Operating Workers", "First-Line Supervisor of Production and Operating Workers", "First-Line Supervisors of Production"),
        ("Teachers and Instructors, All Other", "Teacher and Instructor, All Other", "Teachers and Instructors, All Other"),
        ("Bookkeeping, Accounting, and Auditing Clerks", "Bookkeeping, Accounting, and Auditing Clerk", "Auditing Clerks"),
        ("Executive Secretaries and Executive Administrative Assistants", "Executive Secretary and Executive Administrative Assistant", "Executive Secretaries"),
        ("Laborers and Freight, Stock, and Material Movers, Hand", "Laborer and Freight, Stock, and Material Mover, Hand", "Material Movers"),
        ("Physics Teachers, Postsecondary", "Physics Teacher, Postsecondary", "Physics Teachers, Postsecondary"),
    ],
)  # fmt: skip
def test_names_of_occupations_become_titles(name, title, plural):
    assert (title_of(name), plural_of_name(name)) == (title, plural)
    assert len(slug_of_title(title)) <= 60


def test_a_title_finds_every_occupation_that_is_called_so(folder):
    release = read_release(folder, None)
    assert codes_of("keeper", release) == (KEEPER, DRAKE)
    assert codes_of("Animal Caretaker", release) == codes_of("zoo keeper", release) == (KEEPER,)
    assert codes_of("DF", release) == (DRAKE,)
    assert codes_of("Astronaut", release) == ()


def test_a_draft_may_have_another_title_than_its_occupation(site, folder):
    assert (
        do_import(site, folder, KEEPER, called="Zoo Keeper").paths[0]
        == "content/roles/zoo-keeper.yaml"
    )
    assert record(site, "zoo-keeper")["title"] == "Zoo Keeper"
    assert "plural" not in record(site, "zoo-keeper")


def test_what_is_no_release_is_said(tmp_path):
    with pytest.raises(TableError, match=r"has no Occupation Data\.txt"):
        read_release(tmp_path, None)
    folder = write_release(tmp_path / "onet", TABLES)
    write_table(folder / "Task Statements.txt", [("O*NET-SOC Code", "Task"), (KEEPER, "Feed.")])
    with pytest.raises(TableError, match="no column 'Task ID'; it has O"):
        read_release(folder, None)
    (folder / "Task Statements.txt").write_bytes(b"O*NET-SOC Code\tTask ID\tTask\tDate\r\nx\t1\r\n")
    with pytest.raises(TableError, match=r"Statements\.txt:2: 2 cells, not 4"):
        read_release(folder, None)
    (folder / "Task Statements.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(TableError, match="not UTF-8"):
        read_release(folder, None)
    (folder / "Task Statements.txt").unlink()
    (folder / "Task Statements.xlsx").write_bytes(b"PK no")
    with pytest.raises(TableError, match="is no workbook"):
        read_release(folder, None)


def test_a_workbook_may_have_a_row_of_nothing(tmp_path):
    folder = write_release(tmp_path / "onet", TABLES)
    (folder / "Occupation Data.txt").unlink()
    rows = [("O*NET-SOC Code", "Title", "Description"), ("", "", ""), (KEEPER, "Keepers", "x")]
    write_workbook(folder / "Occupation Data.xlsx", rows)
    assert list(read_release(folder, None).occupations) == [KEEPER]


@pytest.fixture
def run(site, monkeypatch):
    """Run the command in the site's folder."""
    monkeypatch.chdir(site.root)

    def command(*args, answer=None):
        monkeypatch.setattr(import_onet, "_somebody_answers", lambda: answer is not None)
        words = ["import-onet", *map(str, args), "--today", "2026-11-22"]
        return CliRunner().invoke(build.main, words, input=answer, catch_exceptions=False)

    return command


def test_of_several_occupations_one_is_asked_for(run, site, folder):
    ran = run(folder, "Keeper", answer="2\n")
    assert "  1  39-2021.00  Animal Caretakers\n  2  45-2093.01  Breeders of" in ran.output
    assert (ran.exit_code, record(site, "keeper")["soc"]) == (0, DRAKE)


def test_without_a_terminal_the_choices_are_an_error(run, site, folder):
    ran = run(folder, "Keeper")
    assert ran.exit_code == 2 and not (site.root / "content/roles/keeper.yaml").exists()
    assert "2 occupations are called 'Keeper'; choose one:" in ran.output
    assert "--soc 39-2021.00  Animal Caretakers" in ran.output
    assert run(folder, "Keeper", "--soc", KEEPER).exit_code == 0
    assert record(site, "keeper")["soc"] == KEEPER


def test_the_command_says_what_it_wrote_skipped_and_left_alone(run, folder, labels):
    ran = run(folder, "--all", "--exposure", labels)
    assert ran.output.splitlines() == [
        "wrote content/roles/animal-caretaker.yaml",
        "wrote content/roles/animal-caretaker.md",
        "wrote content/roles/breeder-of-ducks-and-drakes.yaml",
        "wrote content/roles/breeder-of-ducks-and-drakes.md",
        "skipped, the database has no tasks: 51-9199.00  Production Workers, All Other",
        "fill in the TODOs; look at the drafts with: python build.py serve --drafts",
    ]
    again = run(folder, "--soc", KEEPER).output
    assert again == "left alone, there is such a role: 39-2021.00  Animal Caretakers\n"


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ([], "give a TITLE"),
        (["Keeper", "--all"], "give a TITLE"),
        (["--soc", KEEPER, "--all"], "give a TITLE"),
        (["Animal Caretkers"], "did you mean animal caretakers?"),
        (["--soc", "39-2021.0"], "did you mean 39-2021.00?"),
    ],
)
def test_wrong_words_are_wrong_usage(run, folder, words, why):
    ran = run(folder, *words)
    assert ran.exit_code == 2 and why in ran.output


@pytest.mark.slow
def test_all_occupations_at_once(site, tmp_path):
    tables, labels = synthetic(923, tasks=8, without=93)
    folder = write_release(tmp_path / "db_30_1_text", tables)
    write_table(tmp_path / "labels.tsv", labels)
    found = do_import(site, folder, exposure=tmp_path / "labels.tsv")
    assert (len(found.paths), len(found.without_tasks)) == (2 * 830, 93)
    problems = site.problems(drafts=True)
    assert {(p.rule, p.severity) for p in problems} == {("todo", "warning")}
    assert len(problems) == 830
    again = do_import(site, folder, exposure=tmp_path / "labels.tsv")
    assert (again.paths, len(again.there)) == ((), 830)
