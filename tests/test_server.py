"""Publishing by git push to a server of one's own: real git, real nginx, our hook and configuration."""

import fcntl
import gzip
import os
import re
import shutil
import subprocess
from collections.abc import Iterator

import brotli
import pytest

from tests.server import BROTLI, Server, eventually, missing_tools, small_site_of_today
from tests.sites import PROJECT

pytestmark = pytest.mark.slow
BAKER = "/roles/baker/"
ANSWER = "A baker keeps the hard part"
PAGE_HEADERS = (
    "Content-Security-Policy X-Content-Type-Options Referrer-Policy Permissions-Policy Cache-Control"
).split()
AS_IT_WAS = (
    "publish: nothing was published: the public site is as it was; correct it and push again"
)


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[Server]:
    """A server to which the small site has been pushed once."""
    missing = missing_tools()
    if missing and os.environ.get("CI") != "true":
        pytest.skip(f"no {', '.join(missing)}: see .ci/run for what Debian calls them")
    assert not missing
    made = Server(tmp_path_factory.mktemp("server"), small_site_of_today())
    made.start()
    try:
        said = made.push()
        assert "is public, as release 000001-" in said
        made.enable()
        yield made
    finally:
        made.stop()


def edit(server: Server, text: str) -> None:
    """Write something else into the baker's answer."""
    roles = server.clone.read("roles.yaml")
    server.clone.write(
        "roles.yaml", re.sub(r"Partly\. .*?\[\^baker-a]", f"Partly. {text}.[^baker-a]", roles)
    )


def built(server: Server, path: str) -> bytes:
    """A file of the public release."""
    return (server.folder / "current/release/site" / path).read_bytes()


def headers_file(server: Server) -> dict[str, str]:
    """The headers that _headers gives to every page."""
    lines = built(server, "_headers").decode().partition("/assets/*")[0].splitlines()[1:]
    return dict(line.strip().split(": ", 1) for line in lines)


# ---- what is public after a push


def test_a_page_is_live_with_the_headers_of_the_headers_file(server):
    answer = server.get(BAKER)
    assert (answer.status, answer.body) == (200, built(server, "roles/baker/index.html"))
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    expected = headers_file(server)
    assert list(expected) == PAGE_HEADERS
    assert {name: answer.headers[name] for name in PAGE_HEADERS} == expected


@pytest.mark.parametrize(
    ("asked", "sent", "unpack"),
    [
        ("gzip", "gzip", gzip.decompress),
        ("br, gzip", "br", brotli.decompress),
        ("identity", None, bytes),
    ],
)
def test_texts_are_sent_as_they_were_compressed(server, asked, sent, unpack):
    if sent == "br" and not BROTLI.exists():
        assert os.environ.get("CI") != "true"
        pytest.skip("no brotli for nginx: libnginx-mod-http-brotli-static")
    for path in (
        "roles/baker/index.html",
        "roles/baker/index.json",
        "sitemap.xml",
        "data/roles.csv",
    ):
        answer = server.get("/" + path.removesuffix("index.html"), Accept_Encoding=asked)
        assert answer.status == 200
        assert answer.headers.get("Content-Encoding") == sent
        assert unpack(answer.body) == built(server, path)
        assert answer.headers["Vary"] == "Accept-Encoding"
    if sent == "br":
        assert answer.body == built(server, path + ".br")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/roles/baker/index.md", "text/markdown; charset=utf-8"),
        ("/roles/baker/index.json", "application/json; charset=utf-8"),
        ("/roles/baker/badge.svg", "image/svg+xml; charset=utf-8"),
        ("/data/roles.csv", "text/csv; charset=utf-8"),
        ("/feed.xml", "text/xml; charset=utf-8"),
        ("/robots.txt", "text/plain; charset=utf-8"),
        ("/site.webmanifest", "application/manifest+json; charset=utf-8"),
        ("/icon-192.png", "image/png"),
    ],
)
def test_every_kind_of_file_has_its_type(server, path, kind):
    assert server.get(path).headers["Content-Type"] == kind


def test_an_unknown_address_answers_404_with_the_page_for_it(server):
    for path in (
        "/nothing/here/",
        "/roles/nobody",
        "/assets/gone.css",
        "/404.html",
        "/pagefind/x.pf_meta",
    ):
        answer = server.get(path)
        assert (path, answer.status) == (path, 404)
        assert answer.body == built(server, "404.html")
        assert {name: answer.headers[name] for name in PAGE_HEADERS} == headers_file(server)


@pytest.mark.parametrize(
    "path", ["/_headers", "/_redirects", "/_gone", "/.nojekyll", "/.gitignore", "/roles/.x"]
)
def test_what_is_meant_for_hosts_is_not_public(server, path):
    assert server.get(path).status == 404


def test_a_folder_without_its_slash_is_led_to_it(server):
    answer = server.get("/roles/baker")
    assert (answer.status, answer.headers["Location"]) == (301, BAKER)


def test_fingerprinted_files_are_kept_for_a_year_by_browsers(server):
    (sheet,) = re.findall(r"assets/find\.[0-9a-f]+\.css", server.get("/").body.decode())[:1]
    answer = server.get(f"/{sheet}")
    assert (answer.status, answer.body) == (200, built(server, sheet))
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_the_data_may_be_read_by_other_sites(server):
    answer = server.get("/data/roles.json")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "public, max-age=300"


def test_every_file_of_the_search_index_is_served(server):
    folder = server.folder / "current/release/site/pagefind"
    files = [p for p in folder.rglob("*") if p.is_file() and p.suffix not in (".br", ".gz")]
    assert len(files) > 5
    for path in files:
        answer = server.get(f"/pagefind/{path.relative_to(folder)}")
        assert (answer.status, answer.body) == (200, path.read_bytes())


# ---- pushes


def test_an_edit_is_live_after_its_push_and_nginx_is_not_even_told(server):
    workers = _workers(server)
    edit(server, "A baker keeps the sourdough")
    said = server.push()
    assert f"is public, as release {server.release()}" in said
    assert b"keeps the sourdough" in server.get(BAKER).body
    assert _workers(server) <= workers


def _workers(server: Server) -> set[str]:
    """The processes of nginx: a reload starts new ones."""
    master = (server.nginx / "pid").read_text().strip()
    ran = subprocess.run(["pgrep", "-P", master], capture_output=True, text=True, check=True)
    return set(ran.stdout.split())


def test_a_broken_push_shows_its_problems_and_leaves_the_public_site(server):
    before, release, releases = server.get(BAKER), server.release(), server.releases()
    text = server.clone.read("roles.yaml")
    edit(server, "This must not be seen")
    server.clone.edit("roles.yaml", "exposure: 60-80", "exposure: 60-800", count=1)
    commit = server.commit()
    said = server.push()
    assert "roles.yaml:22:17: exposure 60-800 is above 100 [exposure-range]\n" in said
    assert "\n  hint: exposure is 0-100, or a range such as 55-80\n" in said
    assert (
        f"\npublish: the content of {server.git('rev-parse', 'HEAD').stdout[:10]} has problems\n{AS_IT_WAS}\n"
        in said
    )
    assert commit
    after = server.get(BAKER)
    assert (after.status, after.body, after.headers["ETag"]) == (
        200,
        before.body,
        before.headers["ETag"],
    )
    assert (server.release(), server.releases()) == (release, releases)
    server.clone.write("roles.yaml", text)
    assert "changes nothing of the public site" in server.push()


def test_a_site_without_a_real_address_is_not_published(server):
    release = server.release()
    server.clone.edit(
        "content/site.yaml", "base_url: https://test.example.org", "base_url: https://test.example"
    )
    said = server.push()
    assert "[host-address]" in said
    assert AS_IT_WAS in said
    assert server.release() == release
    server.clone.edit(
        "content/site.yaml",
        "base_url: https://test.example\n",
        "base_url: https://test.example.org\n",
    )
    server.push()


def test_old_addresses_answer_301(server):
    workers = _workers(server)
    server.clone.edit(
        "content/site.yaml",
        "features:",
        "redirects: rules\nmoved: [{from: /old-method/, to: /methodology/}]\nfeatures:",
    )
    server.clone.edit(
        "content/roles/carpenter.yaml",
        "category: building",
        "category: building\naliases: [joiner]",
    )
    server.push()
    assert server.get("/old-method/").status == 301
    assert not _workers(server) & workers
    for old, new in (("/old-method", "/methodology/"), ("/roles/joiner", "/roles/carpenter/")):
        for address in (old, f"{old}/"):
            answer = server.get(address)
            assert (answer.status, answer.headers["Location"]) == (301, new)
    assert server.get("/old-method/?a=b").headers["Location"] == "/methodology/?a=b"


def test_what_is_gone_answers_410_with_the_page_for_unknown_addresses(server):
    server.clone.edit("content/site.yaml", "features:", "gone: [/roles/typist/]\nfeatures:")
    server.push()
    for path in ("/roles/typist/", "/roles/typist"):
        answer = server.get(path)
        assert (answer.status, answer.body) == (410, built(server, "404.html"))
        assert {name: answer.headers[name] for name in PAGE_HEADERS} == headers_file(server)
    assert server.get("/roles/nobody/").status == 404
    assert server.get("/_gone").status == 404
    assert built(server, "_gone") == b"/roles/typist/\n"


def test_pages_and_headers_change_at_the_same_moment(server):
    """A new style sheet has a new digest in both: an old page with a new header would be bare."""
    seen: list[tuple[str, str]] = []

    def look() -> bool:
        answer = server.get(BAKER)
        header, page = answer.headers["Content-Security-Policy"], answer.body.decode()
        (meta,) = re.findall(r'Security-Policy" content="([^"]+)"', page)
        seen.append((re.findall(r"sha256-\S+(?=')", meta)[0], header))
        return ".new{margin:0}" in page

    server.clone.write(
        "templates/assets/role.css",
        server.clone.read("templates/assets/role.css") + ".new{margin:0}",
    )
    server.commit()
    push = subprocess.Popen(
        ["git", "push", "-q", "origin", "main"], cwd=server.clone.root, stderr=subprocess.DEVNULL
    )
    eventually(look)
    assert push.wait() == 0
    assert {digest in header for digest, header in seen} == {True}
    assert len({digest for digest, _ in seen}) == 2


def test_a_page_that_was_loaded_before_still_finds_what_it_names(server):
    (old,) = re.findall(r"/assets/find\.[0-9a-f]+\.css", server.get("/").body.decode())[:1]
    fragments = {
        p.name for p in (server.folder / "current/release/site/pagefind/fragment").iterdir()
    }
    server.clone.write(
        "templates/assets/find.css",
        server.clone.read("templates/assets/find.css") + ".new{margin:0}",
    )
    server.clone.edit("roles.yaml", "title: Baker", "title: Bread Baker")
    server.push()
    assert old not in server.get("/").body.decode()
    assert server.get(old).status == 200
    gone = fragments - {
        p.name for p in (server.folder / "current/release/site/pagefind/fragment").iterdir()
    }
    assert gone
    assert {server.get(f"/pagefind/fragment/{name}").status for name in gone} == {200}
    server.configure("site.keep", "1")
    edit(server, "A baker keeps one release")
    server.push()
    assert server.releases() == [server.release()]
    assert server.get(old).status == 404
    assert server.get("/").status == 200
    server.configure("site.keep", "5")


def test_back_to_the_release_before_by_one_command(server):
    edit(server, "A baker keeps what was good")
    server.push()
    good = server.release()
    edit(server, "A baker keeps what was bad")
    server.push()
    bad = server.release()
    ran = server.hook("rollback")
    assert (ran.returncode, ran.stderr.splitlines()[0]) == (
        0,
        f"publish: release {good} is public again, in place of {bad}",
    )
    assert b"what was good" in server.get(BAKER).body
    marked = [
        line for line in server.hook("releases").stdout.splitlines() if line.endswith(" public")
    ]
    assert [line.split()[0] for line in marked] == [good]
    night = server.hook("publish")
    assert night.returncode == 0
    assert "still at the commit that was rolled back" in night.stderr
    assert server.release() == good
    assert server.hook("rollback", bad).returncode == 0
    assert b"what was bad" in server.get(BAKER).body
    edit(server, "A baker keeps on")
    server.push()
    assert b"keeps on" in server.get(BAKER).body
    assert server.hook("publish").stderr.count("changes nothing of the public site") == 1


def test_back_to_a_release_that_is_not_there_changes_nothing(server):
    release = server.release()
    ran = server.hook("rollback", "000000-nothing")
    assert (ran.returncode, ran.stderr.splitlines()[0]) == (
        1,
        "publish: there is no release 000000-nothing",
    )
    assert server.release() == release
    first = server.releases()[0]
    server.hook("rollback", first)
    ran = server.hook("rollback")
    assert (ran.returncode, "there is no release before" in ran.stderr) == (1, True)
    assert server.release() == first
    server.hook("rollback", release)


def test_rolling_back_over_new_headers_takes_them_back_too(server):
    old = server.get(BAKER).headers["Content-Security-Policy"]
    server.clone.write(
        "templates/assets/role.css", server.clone.read("templates/assets/role.css") + "b{margin:0}"
    )
    server.push()
    assert server.get(BAKER).headers["Content-Security-Policy"] != old
    server.hook("rollback")
    assert server.get(BAKER).headers["Content-Security-Policy"] == old
    assert b"b{margin:0}" not in server.get(BAKER).body


# ---- what goes wrong on the server


def test_of_two_publications_at_once_one_waits(server):
    edit(server, "A baker keeps waiting")
    server.commit()
    with (server.folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        push = subprocess.Popen(
            ["git", "push", "origin", "main"],
            cwd=server.clone.root,
            stderr=subprocess.PIPE,
            text=True,
        )
        said = ""
        while "another publication is on its way: waiting for it" not in said:
            assert push.stderr
            said = push.stderr.readline()
            assert said
        assert b"keeps waiting" not in server.get(BAKER).body
    _, rest = push.communicate()
    assert push.returncode == 0
    assert "is public, as release" in rest
    assert b"keeps waiting" in server.get(BAKER).body


def test_a_configuration_that_nginx_refuses_is_not_published(server):
    release, current = server.release(), os.readlink(server.folder / "current")
    reload = server.git("--git-dir", str(server.bare), "config", "site.reload").stdout.strip()
    server.configure("site.reload", "echo no reload today && false")
    sheet = server.clone.read("templates/assets/role.css")
    server.clone.write("templates/assets/role.css", sheet + "i{margin:0}")
    said = server.push()
    assert "no reload today\npublish: nginx does not take the configuration of" in said
    assert AS_IT_WAS in said
    assert (server.release(), os.readlink(server.folder / "current")) == (release, current)
    server.configure("site.reload", reload)
    assert "is public, as release" in server.hook("publish").stderr
    assert b"i{margin:0}" in server.get(BAKER).body


def test_what_a_killed_publication_leaves_stops_no_other(server):
    (server.folder / "index.lock").write_text("")
    shutil.copytree(server.folder / "current/release/site", server.folder / "releases/.new/site")
    edit(server, "A baker keeps calm")
    assert "is public, as release" in server.push()
    assert b"keeps calm" in server.get(BAKER).body
    assert not (server.folder / "releases/.new").exists()


def test_another_branch_is_not_published(server):
    release = server.release()
    said = server.push("origin", "HEAD:refs/heads/draft")
    assert "publish: only main is published, and it was not pushed" in said
    assert server.release() == release


def test_a_file_that_is_gone_from_the_branch_is_gone_from_the_site(server):
    server.clone.remove("content/pages/about.md")
    server.push()
    assert server.get("/about/").status == 404
    assert not (server.folder / "checkout/content/pages/about.md").exists()


def test_what_another_version_of_the_program_left_is_not_published(server):
    (server.folder / "checkout/site/stranger.html").write_text("left", encoding="utf-8")
    note = server.clone.read("rolerisk/__init__.py") + "# another version\n"
    server.clone.write("rolerisk/__init__.py", note)
    assert server.get("/stranger.html").status == 404
    assert "is public, as release" in server.push()
    assert not (server.folder / "current/release/site/stranger.html").exists()
    assert server.get(BAKER).status == 200


def test_the_hook_says_what_has_to_be_set(tmp_path, server):
    hook = tmp_path / "site.git/hooks/post-receive"
    hook.parent.mkdir(parents=True)
    shutil.copy(PROJECT / "deploy/post-receive", hook)
    server.git("init", "--bare", "--quiet", str(tmp_path / "site.git"))
    ran = subprocess.run([hook, "publish"], capture_output=True, text=True, check=False)
    assert ran.returncode == 1
    assert "publish: set the folder of the site: git config site.folder /srv/site\n" in ran.stderr


@pytest.mark.parametrize("name", ["post-receive", "build-on-host.sh"])
def test_shellcheck_finds_nothing(name):
    if not shutil.which("shellcheck") and os.environ.get("CI") != "true":
        pytest.skip("no shellcheck")
    ran = subprocess.run(
        ["shellcheck", f"deploy/{name}"], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert (ran.returncode, ran.stdout) == (0, "")
