"""`serve`: the files of the build and nothing else, problems over the last good page, no way to die."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import watchfiles

from rolerisk.serve.app import App
from rolerisk.serve.rebuilder import Rebuilder
from tests.sites import SMALL_SITE, SiteFolder


def get(app: App, path: str, host: str = "127.0.0.1:8000", method: str = "GET"):
    answer = {}

    def start(status, headers):
        answer.update(status=status, headers=dict(headers))

    environ = {"REQUEST_METHOD": method, "PATH_INFO": path, "HTTP_HOST": host}
    body = b"".join(app(environ, start))
    return answer["status"], answer["headers"], body.decode("utf-8", "replace")


@pytest.fixture
def app(site):
    assert site.build().sound
    return App(site.out, "", lambda: "")


@pytest.fixture(scope="module")
def steady(tmp_path_factory):
    """The server of a site that no test changes."""
    site = SiteFolder(tmp_path_factory.mktemp("steady"), SMALL_SITE)
    assert site.build().sound
    return App(site.out, "", lambda: "")


def test_pages_are_what_build_wrote_but_for_the_policy_that_forbids_following(site, app):
    status, headers, body = get(app, "/roles/baker/")
    written = (site.out / "roles/baker/index.html").read_text(encoding="utf-8")
    policy = written[written.index("<meta http-equiv") :].partition(">")[0] + ">"
    assert (status, body) == ("200 OK", written.replace(policy, ""))
    assert headers["Content-Type"] == "text/html; charset=utf-8"


def test_other_files_are_what_build_wrote(site, app):
    assert get(app, "/data/roles.csv")[2].encode() == (site.out / "data/roles.csv").read_bytes()


def test_what_has_its_digest_in_its_name_is_asked_for_once(site, app):
    (script,) = (site.out / "assets").glob("role.*.js")
    headers = get(app, f"/assets/{script.name}")[1]
    assert headers["Cache-Control"] == "max-age=31536000, immutable"
    for path in ("/roles/baker/", "/data/roles.csv", "/favicon.svg"):
        assert get(app, path)[1]["Cache-Control"] == "no-store"


def test_a_folder_without_its_slash_leads_to_the_page(steady):
    status, headers, _ = get(steady, "/roles/baker")
    assert (status[:3], headers["Location"]) == ("301", "/roles/baker/")


def test_what_is_not_there_is_the_404_page(steady):
    status, _, body = get(steady, "/nothing/")
    assert status[:3] == "404" and "Page not found" in body


@pytest.mark.parametrize(
    "path", ["/../roles.yaml", "/roles/../../roles.yaml", "/..\\roles.yaml", "//etc/passwd", "/\0"]
)
def test_nothing_outside_the_output_is_served(steady, path):
    status, _, body = get(steady, path)
    assert status[:3] == "404" and "slug: locksmith" not in body and "root:" not in body


def test_a_link_out_of_the_output_is_not_followed(site, app):
    (site.out / "leak.txt").symlink_to(site.root / "roles.yaml")
    assert get(app, "/leak.txt")[0][:3] == "404"


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", ""]
)
def test_requests_for_other_hosts_are_refused(steady, host):
    assert get(steady, "/", host=host)[0][:3] == "403"


def test_only_reading_is_answered(steady):
    assert get(steady, "/", method="POST")[0][:3] == "405"


def test_a_site_below_a_path_is_served_there(site):
    assert site.build(base_url="https://x.example/sub").sound
    app = App(site.out, "/sub", lambda: "")
    assert get(app, "/sub/roles/baker/")[0] == "200 OK"
    assert get(app, "/")[1]["Location"] == "/sub/"
    assert get(app, "/sub/roles/baker")[1]["Location"] == "/sub/roles/baker/"


def test_problems_lie_over_the_last_good_page(site):
    told, reloads = [], []
    rebuilder = Rebuilder(site.root, site.build, told.append, lambda: reloads.append(1))
    rebuilder.rebuild()
    app = App(site.out, "", lambda: rebuilder.overlay)
    good = get(app, "/roles/baker/")[2]
    site.edit("roles.yaml", "exposure: 60-80", "exposure: 600", count=1)
    rebuilder.rebuild()
    page = get(app, "/roles/baker/")[2]
    assert "exposure 600 is above 100" in page and "Will AI replace Bakers?" in page
    site.edit("roles.yaml", "exposure: 600", "exposure: 60-80")
    rebuilder.rebuild()
    assert get(app, "/roles/baker/")[2] == good


def test_a_bug_becomes_a_sheet_and_the_server_lives(site):
    def broken():
        raise RuntimeError("a bug of ours")

    rebuilder = Rebuilder(site.root, broken, print, lambda: None)
    rebuilder.rebuild()
    assert "a bug of ours" in rebuilder.overlay


@pytest.mark.slow
def test_a_save_rebuilds_and_reloads(site):
    site.build()
    reloaded = threading.Event()
    rebuilder = Rebuilder(site.root, site.build, lambda done: None, reloaded.set)
    with started(rebuilder):
        site.edit("content/roles/locksmith.md", "Little of it", "Some of it")
        until = time.monotonic() + 60
        while not reloaded.wait(1):  # it may have been saved before anybody listened
            assert time.monotonic() < until
            os.utime(site.root / "content/roles/locksmith.md")
    assert "Some of it" in (site.out / "roles/locksmith/index.html").read_text(encoding="utf-8")


@contextmanager
def started(rebuilder: Rebuilder) -> Iterator[None]:
    """Watch and build until the end of the block."""
    rebuilder.start()
    try:
        yield
    finally:
        rebuilder.stop()


def saving_until(happened: threading.Event, save: Callable[[], None]) -> None:
    """Save again and again: the first time it may be that nobody listens yet."""
    until = time.monotonic() + 60
    save()
    while not happened.wait(1):
        assert time.monotonic() < until
        save()


@pytest.mark.slow
def test_a_save_is_shown_while_a_build_goes_on(site):
    building, shown, go_on = threading.Event(), threading.Event(), threading.Event()

    def build():
        building.set()
        assert go_on.wait(60)
        return site.build()

    def show(paths):
        return 1 if paths == {"content/roles/locksmith.md"} else None

    rebuilder = Rebuilder(site.root, build, lambda done: None, shown.set, show)
    with started(rebuilder):
        saving_until(building, lambda: os.utime(site.root / "content/site.yaml"))
        saving_until(shown, lambda: os.utime(site.root / "content/roles/locksmith.md"))
        go_on.set()


@pytest.mark.slow
def test_a_build_follows_what_was_shown_once_there_is_rest(site):
    done, kinds = threading.Event(), []

    def build():
        kinds.append("built")
        done.set()
        return site.build()

    def show(paths):
        kinds.append("shown")
        return 1

    rebuilder = Rebuilder(site.root, build, lambda done: None, lambda: None, show)
    with started(rebuilder):
        saving_until(done, lambda: os.utime(site.root / "roles.yaml"))
    assert kinds[0] == "shown"


@pytest.mark.parametrize(
    ("looks", "due"),
    [([None], [False, True]), ([1], [False] * 7 + [True]), ([None, 1], [False] * 8 + [True])],
)
def test_one_build_follows_even_a_file_that_is_emptied_and_then_written(
    site, monkeypatch, looks, due
):
    saved = {(watchfiles.Change.modified, str(site.root / "roles.yaml"))}
    seen, found = [], iter(looks)
    rebuilder = Rebuilder(
        site.root, site.build, lambda done: None, lambda: None, lambda paths: next(found)
    )

    def watch(*folders, **options):
        for changes in [*[saved] * len(looks), *[set()] * (len(due) - len(looks))]:
            yield changes
            seen.append(rebuilder._due.is_set())
        rebuilder._stop.set()

    monkeypatch.setattr(watchfiles, "watch", watch)
    rebuilder._watch()
    assert seen == due


@pytest.mark.slow
def test_a_bug_while_a_page_is_shown_leaves_it_to_the_build(site):
    built = threading.Event()

    def broken(paths):
        raise RuntimeError("a bug of ours")

    def build():
        built.set()
        return site.build()

    rebuilder = Rebuilder(site.root, build, lambda done: None, lambda: None, broken)
    with started(rebuilder):
        saving_until(built, lambda: os.utime(site.root / "roles.yaml"))


@pytest.mark.slow
def test_a_folder_that_comes_later_is_watched_as_well(site):
    seen, saved = threading.Event(), "content/notes/later.txt"
    rebuilder = Rebuilder(
        site.root,
        site.build,
        lambda done: None,
        lambda: None,
        lambda paths: seen.set() if saved in paths else None,
    )
    with started(rebuilder):
        saving_until(seen, lambda: site.write(saved, f"{time.monotonic()}"))


def test_only_folders_of_input_are_watched(site, monkeypatch):
    site.build()
    watched = []
    rebuilder = Rebuilder(site.root, site.build, lambda done: None, lambda: None)

    def watch(*folders, recursive, **options):
        watched.extend(folders)
        assert not recursive
        rebuilder.stop()
        return iter(())

    monkeypatch.setattr(watchfiles, "watch", watch)
    rebuilder._watch()
    assert watched[0] == site.root
    below = {path.relative_to(site.root).parts[0] for path in watched[1:]}
    assert below == {"content", "templates"}
    assert site.root / "content/roles" in watched
