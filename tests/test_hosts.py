"""`check --host`: every limit of every host, with a folder just inside it and one just outside."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from rolerisk.finished import Finished, finished
from rolerisk.hosts.limits import check_host
from rolerisk.hosts.table import HOSTS
from rolerisk.problem import Severity
from rolerisk.report import problem_text
from rolerisk.text.address import is_real
from tests.sites import PROJECT, SiteFolder

SITE = Finished(
    out="site",
    files={"index.html": 1, "404.html": 1},
    folders=0,
    links=(),
    base_url="https://test.example.org",
    preview=False,
    closed=False,
    redirects=None,
    headers=None,
    gone=None,
)
MIB, GIB = 1024**2, 1024**3
CLOUDFLARE = "Cloudflare Pages (free) takes at most"
GITLAB = "GitLab Pages (gitlab.com) takes at most"


def with_files(**files: int) -> dict[str, int]:
    return {**SITE.files, **{name.replace("__", "/"): size for name, size in files.items()}}


def many(count: int, folder: str = "") -> Callable[[], dict[str, int]]:
    """Files besides the home page and 404.html: `count` in all, or in one folder; made when asked for."""
    more = count - (0 if folder else 2)
    return lambda: {**SITE.files, **{f"{folder}{n}": 1 for n in range(more)}}


def static(count: int) -> tuple[str, ...]:
    return ("# a comment", *(f"/old-{n}/ /new/ 301" for n in range(count)))


def dynamic(count: int) -> tuple[str, ...]:
    return tuple(f"/old-{n}/* /new/:splat 301" for n in range(count))


def headers(count: int) -> tuple[str, ...]:
    return tuple(line for n in range(count) for line in (f"/{n}/*", "  X-A: b"))


# host, what fits, what does not, and the report of the second
LIMITS = {
    "github-size": (
        "github-pages",
        {"files": with_files(big=GIB - 2)},
        {"files": with_files(big=GIB - 1)},
        "site: 1,073,741,825 bytes in all: GitHub Pages takes at most 1 GiB",
    ),
    "github-links": (
        "github-pages",
        {"links": ()},
        {"links": ("a/b.html",)},
        "site/a/b.html: a link, and GitHub Pages publishes no links",
    ),
    "github-redirects": (
        "github-pages",
        {"redirects": ("# none",)},
        {"redirects": static(3)},
        "site/_redirects: GitHub Pages does not read _redirects: 3 old addresses answer 404",
    ),
    "gitlab-entries": (
        "gitlab-pages",
        {"files": many(150_000), "folders": 50_000},
        {"files": many(150_000), "folders": 50_001},
        f"site: 200,001 files and folders: {GITLAB} 200,000",
    ),
    "gitlab-size": (
        "gitlab-pages",
        {"files": with_files(big=GIB - 2)},
        {"files": with_files(big=GIB)},
        f"site: 1,073,741,826 bytes in all: {GITLAB} 1 GiB",
    ),
    "gitlab-redirects": (
        "gitlab-pages",
        {"redirects": (*static(999), *dynamic(1))},
        {"redirects": (*static(1000), *dynamic(1))},
        f"site/_redirects:1002:1: 1,001 redirects: {GITLAB} 1,000",
    ),
    "gitlab-redirects-size": (
        "gitlab-pages",
        {"redirects": static(1), "files": with_files(_redirects=65_536)},
        {"redirects": static(1), "files": with_files(_redirects=65_537)},
        f"site/_redirects: 65,537 bytes: {GITLAB} 64 KiB of redirects",
    ),
    "cloudflare-files": (
        "cloudflare-pages",
        {"files": many(20_000)},
        {"files": many(20_001)},
        f"site: 20,001 files: {CLOUDFLARE} 20,000",
    ),
    "cloudflare-file": (
        "cloudflare-pages",
        {"files": with_files(data__roles=25 * MIB)},
        {"files": with_files(data__roles=25 * MIB + 1)},
        f"site/data/roles: 26,214,401 bytes: {CLOUDFLARE} 25 MiB a file",
    ),
    "cloudflare-static": (
        "cloudflare-pages",
        {"redirects": (*static(2000), *dynamic(100))},
        {"redirects": (*static(2001), *dynamic(100))},
        f"site/_redirects:2002:1: 2,001 static redirects: {CLOUDFLARE} 2,000",
    ),
    "cloudflare-dynamic": (
        "cloudflare-pages",
        {"redirects": (*static(5), "/roles/:slug/print /roles/:slug/ 301", *dynamic(99))},
        {"redirects": (*static(5), "/roles/:slug/print /roles/:slug/ 301", *dynamic(100))},
        f"site/_redirects:107:1: 101 dynamic redirects: {CLOUDFLARE} 100",
    ),
    "cloudflare-redirect-length": (
        "cloudflare-pages",
        {"redirects": ("/old/ /" + "a" * 989 + " 301",)},
        {"redirects": ("/old/ /" + "a" * 990 + " 301",)},
        f"site/_redirects:1:1: 1,001 characters: {CLOUDFLARE} 1,000 a line",
    ),
    "cloudflare-headers": (
        "cloudflare-pages",
        {"headers": headers(100)},
        {"headers": headers(101)},
        f"site/_headers:201:1: 101 header rules: {CLOUDFLARE} 100",
    ),
    "cloudflare-header-length": (
        "cloudflare-pages",
        {"headers": ("/*", "  X-A: " + "a" * 1993)},
        {"headers": ("/*", "  X-A: " + "a" * 1994)},
        f"site/_headers:2:1: 2,001 characters: {CLOUDFLARE} 2,000 a line",
    ),
    "cloudflare-paid-files": (
        "cloudflare-pages-paid",
        {"files": many(100_000)},
        {"files": many(100_001)},
        "site: 100,001 files: Cloudflare Pages (paid) takes at most 100,000",
    ),
    "netlify-folder": (
        "netlify",
        {"files": many(54_000, "roles/")},
        {"files": many(54_001, "roles/")},
        "site/roles: 54,001 files: Netlify takes at most 54,000 a folder",
    ),
    "netlify-redirects": (
        "netlify",
        {"redirects": static(10_000)},
        {"redirects": static(10_001)},
        "site/_redirects:10002:1: 10,001 redirects: Netlify takes at most 10,000",
    ),
    "vercel-redirects": (
        "vercel",
        {"redirects": None},
        {"redirects": static(1)},
        "site/_redirects: Vercel does not read _redirects: 1 old addresses answer 404",
    ),
}


def report(site: Finished, host: str) -> list[str]:
    """The first lines of all problems, without their rules."""
    texts = [problem_text(found, colours=False) for found in check_host(site, HOSTS[host])]
    return [text.split("\n")[0].rpartition(" [")[0] for text in texts]


def changed(**values: object) -> Finished:
    """The site with some values of its own; what is many is made now."""
    made = {key: value() if callable(value) else value for key, value in values.items()}
    return msgspec.structs.replace(SITE, **made)


@pytest.mark.parametrize("case", LIMITS)
def test_a_limit_is_told_exactly_where_it_is_exceeded(case):
    host, fits, exceeds, message = LIMITS[case]
    assert report(changed(**fits), host) == []
    assert report(changed(**exceeds), host) == [message]


def test_every_figure_of_the_table_has_a_case():
    figures = {"files", "folder_files", "file_bytes", "site_bytes", "redirects", "static_redirects"}
    figures |= {"dynamic_redirects", "redirect_length", "redirects_bytes", "header_rules"}
    figures |= {"header_length"}
    stated = {
        (host.title.split(" (")[0], field, figure)
        for host in HOSTS.values()
        for field in figures
        if (figure := getattr(host, field)) is not None
    }
    of_figures = [case for case in LIMITS if not re.search(r"^(github-(links|red)|vercel)", case)]
    assert len(stated) == len(of_figures)


@pytest.mark.parametrize("host", HOSTS)
def test_what_keeps_a_site_off_every_host(host):
    unfit = msgspec.structs.replace(
        SITE, files={"index.html": 1}, base_url="https://www.site.example", preview=True
    )
    address, preview, missing = report(unfit, host)
    assert address == (
        "site/index.html: the site says that it is at https://www.site.example, which is nobody's"
    )
    assert preview == (
        "site/index.html: warning: this is a preview: search engines are told to leave it alone"
    )
    assert missing == f"site: there is no 404.html: {HOSTS[host].not_found}"


def test_where_the_public_site_is_deployed_a_preview_is_an_error():
    preview = msgspec.structs.replace(SITE, preview=True)
    for strict, severity in ((False, Severity.WARNING), (True, Severity.ERROR)):
        (found,) = check_host(preview, HOSTS["github-pages"], strict)
        assert (found.rule, found.severity) == ("host-preview", severity)


@pytest.mark.parametrize("host", HOSTS)
def test_how_to_publish_on_every_host_is_documented(host):
    text = (PROJECT / "docs/publishing.md").read_text("utf-8")
    assert f"check --host {host}`" in text


def test_a_line_of_a_file_is_quoted_and_the_source_of_the_limit_named():
    over = msgspec.structs.replace(SITE, headers=headers(101))
    assert [
        problem_text(found, colours=False) for found in check_host(over, HOSTS["cloudflare-pages"])
    ] == [
        "site/_headers:201:1: 101 header rules: Cloudflare Pages (free) takes at most 100 [host-limit]\n"
        "    /100/*\n"
        "    ^\n"
        f"  hint: the host's limits: {', '.join(HOSTS['cloudflare-pages'].sources)}"
    ]


@pytest.mark.parametrize(
    ("address", "real"),
    [
        ("https://www.rolerisk.com", True),
        ("https://team.github.io/roles", True),
        ("https://www.rolerisk.example", False),
        ("https://rolerisk.test/path", False),
        ("https://x.invalid", False),
        ("http://localhost:8000", False),
        ("https://example.com.de", True),
        ("", False),
    ],
)
def test_addresses_that_can_be_somebodys(address, real):
    assert is_real(address) is real


def test_a_folder_is_read_as_it_is(site):
    site.edit("content/site.yaml", "features:", "redirects: rules\nfeatures:")
    site.edit("roles.yaml", "title: Baker", "title: Baker\n  aliases: [cook]")
    assert site.build().sound
    os.symlink("index.html", site.out / "link.html")
    os.link(site.out / "robots.txt", site.out / "hard.txt")
    os.symlink("roles", site.out / "jobs")
    found = finished(site.out)
    assert found is not None
    assert found.links == ("hard.txt", "jobs", "link.html", "robots.txt")
    assert found.files["index.html"] == (site.out / "index.html").stat().st_size
    assert found.folders == sum(p.is_dir() for p in site.out.rglob("*"))
    assert (found.base_url, found.preview) == ("https://test.example.org", False)
    assert found.redirects == ("/roles/cook/ /roles/baker/ 301",)
    assert found.headers is not None
    assert found.headers[0] == "/*"


def test_a_preview_and_an_address_with_a_path_are_seen(site):
    assert site.build(base_url="https://pages.example.org/sub").sound
    found = finished(site.out)
    assert found is not None
    assert (found.base_url, found.preview) == ("https://pages.example.org/sub", True)


def test_a_folder_without_a_site_is_none(tmp_path: Path):
    assert finished(tmp_path / "site") is None


def test_a_small_site_fits_every_host(site: SiteFolder):
    assert site.build().sound
    found = finished(site.out)
    assert found is not None
    assert [report(found, host) for host in HOSTS] == [[]] * len(HOSTS)
