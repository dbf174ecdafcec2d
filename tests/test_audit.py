"""`check --site`: one planted case a rule, each found and nothing else, and silence on sound sites."""

import functools
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from rolerisk.audit.check import check_site
from rolerisk.audit.rules import RULES
from rolerisk.finished import finished
from rolerisk.problem import LocatedProblem, Severity
from rolerisk.report import in_order
from tests.sites import SMALL_SITE, SiteFolder, as_entry, bytes_below, put_files, role_yaml

DIVER_RECORD = role_yaml(
    "diver", "Diver", aliases="aliases: [frogman]", updated="updated: 2026-11-20"
)
BELOW = "https://x.example/sub"
DIVER, BAKER = "roles/diver/index.html", "roles/baker/index.html"


class Out:
    """An output folder that a test damages."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def read(self, path: str) -> str:
        return (self.root / path).read_text("utf-8")

    def write(self, path: str, text: str) -> None:
        (self.root / path).write_text(text, "utf-8")

    def edit(self, path: str, old: str, new: str) -> None:
        """Replace the first occurrence of a text that must be there."""
        text = self.read(path)
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new, 1))

    def add(self, path: str, html: str) -> None:
        """Add something at the end of a page's main part."""
        self.edit(path, "</main>", f"{html}\n</main>")

    def remove(self, path: str) -> None:
        (self.root / path).unlink()

    def problems(self, jobs: int = 1) -> list[LocatedProblem]:
        site = finished(self.root)
        assert site is not None
        return in_order(check_site(site, jobs))

    def report(self) -> list[str]:
        """All problems without their lines, with paths from the folder on."""
        problems = self.problems()
        for found in problems:
            self._assert_place(found)
        texts = (f"{p.path}: {p.message} [{p.rule}]" for p in problems)
        return [text.replace(f"{self.root}/", "").replace(str(self.root), ".") for text in texts]

    def _assert_place(self, found: LocatedProblem) -> None:
        """A line that is told is one of the file, and quoted; in a page an element begins there."""
        if found.line and found.rule != "site-page":
            line = Path(found.path).read_text("utf-8").split("\n")[found.line - 1]
            assert line.startswith(found.quote)
            assert not found.path.endswith(".html") or line[found.column - 1] == "<"


def built(root: Path, old: str = "", new: str = "", **options: object) -> Path:
    """The output folder of a town of two roles, with something changed in its site.yaml."""
    site = SiteFolder(root / "project", SMALL_SITE)
    site.write("roles.yaml", as_entry(role_yaml("baker", "Baker")) + as_entry(DIVER_RECORD))
    for path in ("content/roles/carpenter.yaml", "content/roles/locksmith.md"):
        site.remove(path)
    site.edit("content/site.yaml", old, new)
    assert site.build(**options).sound
    return site.out


@pytest.fixture(scope="session")
def town_folder(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("town"))


@pytest.fixture(scope="session")
def rules_folder(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("rules"), "features:", "redirects: rules\nfeatures:")


@pytest.fixture(scope="session")
def preview_folder(tmp_path_factory) -> Path:
    return built(tmp_path_factory.mktemp("preview"), preview=True)


@pytest.fixture(scope="session")
def below_folder(tmp_path_factory) -> Path:
    return built(
        tmp_path_factory.mktemp("below"), "base_url: https://test.example.org", f"base_url: {BELOW}"
    )


FOLDERS = ("town_folder", "rules_folder", "preview_folder", "below_folder")


@pytest.mark.parametrize("folder", FOLDERS)
def test_a_sound_site_has_no_problems(folder, request):
    assert Out(request.getfixturevalue(folder)).report() == []


Damage = Callable[[Out], object]


def edit(path: str, old: str, new: str) -> Damage:
    return lambda out: out.edit(path, old, new)


def add(html: str, path: str = DIVER) -> Damage:
    return lambda out: out.add(path, html)


def gone(path: str) -> Damage:
    return lambda out: out.remove(path)


def without(path: str, pattern: str) -> Damage:
    """Take out all that a pattern matches, which must be something."""

    def damage(out: Out) -> None:
        text, count = re.subn(pattern, "", out.read(path), flags=re.DOTALL)
        assert count
        out.write(path, text)

    return damage


def same(pattern: str) -> Damage:
    """The diver's page says what the baker's says."""

    def damage(out: Out) -> None:
        diver, baker = (re.search(pattern, out.read(path)) for path in (DIVER, BAKER))
        assert diver and baker
        out.edit(DIVER, diver[0], baker[0])

    return damage


def noise(size: int) -> str:
    """Letters that no compression makes much shorter, the same ones every time."""
    return random.Random(1).randbytes(size).hex()


HOME = "https://test.example.org"
SUMMARY = "What of the work of a {} today's tools can do, task by task, and what stays."
SITEMAPS = "urlset of http://www.sitemaps.org/schemas/sitemap/0.9"
STUB = "roles/frogman/index.html"
CANONICAL = f'<link rel="canonical" href="{HOME}/roles/diver/">'
CASES: dict[str, tuple[Damage, list[str]]] = {
    "a page cut off": (
        lambda out: out.write(DIVER, out.read(DIVER)[:-30]),
        [f"{DIVER}: the page does not end with </html> [site-page]"],
    ),
    "a page in another encoding": (
        lambda out: (out.root / DIVER).write_text(out.read(DIVER) + "\xe9", "latin-1", "replace"),
        [f"{DIVER}: this is not UTF-8 [site-page]"],
    ),
    "a link to nothing in place of a file": (
        lambda out: (out.remove("robots.txt"), (out.root / "robots.txt").symlink_to("none")),
        [
            "robots.txt: a link that leads to nothing [site-page]",
            "robots.txt: there is no robots.txt [site-robots]",
        ],
    ),
    "a title twice": (
        same("<title>.*?</title>"),
        [
            f"{DIVER}: the same title as {BAKER}: Will AI Replace Bakers? The 2026 Score [site-title]",
        ],
    ),
    "no title": (
        without(DIVER, "<title>.*?</title>"),
        [f"{DIVER}: the page has no title [site-title]"],
    ),
    "a description twice": (
        same('<meta name="description" content=".*?"'),
        [
            f"{DIVER}: the same description as {BAKER}: {SUMMARY.format('baker')} [site-description]",
            f"{DIVER}: description is not on the page: {SUMMARY.format('diver')} [site-json-ld-unseen]",
        ],
    ),
    "an empty description": (
        lambda out: out.write(
            "about/index.html",
            re.sub('(name="description" content=)".*?"', r'\1""', out.read("about/index.html")),
        ),
        ["about/index.html: the page has no description [site-description]"],
    ),
    "no h1": (
        without("about/index.html", "</?h1.*?>"),
        ["about/index.html: the page has no h1 [site-heading]"],
    ),
    "an empty h1": (
        without("about/index.html", "(?<=<h1>).*?(?=</h1>)"),
        ["about/index.html: the h1 is empty [site-heading]"],
    ),
    "two h1": (add("<h1>Again</h1>"), [f"{DIVER}: a second h1: Again [site-heading]"]),
    "canonical to another page": (
        edit(DIVER, CANONICAL, CANONICAL.replace("diver", "baker")),
        [
            f"{DIVER}: canonical is {HOME}/roles/baker/, the page is {HOME}/roles/diver/ [site-canonical]"
        ],
    ),
    "no canonical": (
        edit(DIVER, CANONICAL, ""),
        [f"{DIVER}: the page has no canonical address: {HOME}/roles/diver/ [site-canonical]"],
    ),
    "canonical beside noindex": (
        edit("404.html", "</title>", f'</title><link rel="canonical" href="{HOME}/404.html">'),
        ["404.html: canonical on a page that says noindex [site-canonical]"],
    ),
    "another address in og": (
        edit(DIVER, f'og:url" content="{HOME}/roles/diver/', f'og:url" content="{HOME}/diver/'),
        [f"{DIVER}: og:url is {HOME}/diver/, the page is {HOME}/roles/diver/ [site-canonical]"],
    ),
    "a home page that does not say where it is": (
        edit("index.html", f'<meta property="og:url" content="{HOME}/">', ""),
        [
            "index.html: the home page has no og:url, so nobody knows where the site is [site-canonical]"
        ],
    ),
    "no language": (
        without(DIVER, '(?<=<html) lang=".*?"'),
        [f"{DIVER}: html has no lang [site-language]"],
    ),
    "hreflang": (
        edit(
            DIVER, "</title>", '</title><link rel="alternate" hreflang="de" href="/roles/diver/">'
        ),
        [f"{DIVER}: hreflang de: there are no translations [site-language]"],
    ),
    "an id twice": (
        add('<p id="score"></p>'),
        [f"{DIVER}: a second element with the id score [site-id]"],
    ),
    "a dead link": (
        add('<a href="/roles/drivers/">x</a>'),
        [f"{DIVER}: /roles/drivers/ leads nowhere [site-link]"],
    ),
    "a dead relative link": (
        add('<a href="../bakers/">x</a> <a href="../baker/?a=1#score">fine</a>'),
        [f"{DIVER}: ../bakers/ leads nowhere [site-link]"],
    ),
    "a dead whole address, beside that of another program": (
        add(f'<a href="{HOME}/roles/drivers/">x</a> <a href="{HOME}/audit">fine</a>'),
        [f"{DIVER}: {HOME}/roles/drivers/ leads nowhere [site-link]"],
    ),
    "a link without its slash": (
        add('<a href="/roles/baker">x</a>'),
        [f"{DIVER}: /roles/baker has no slash at its end [site-link]"],
    ),
    "a link to index.html": (
        add('<a href="/roles/baker/index.html">x</a>'),
        [f"{DIVER}: /roles/baker/index.html is not the page's own address [site-link]"],
    ),
    "an empty link": (
        add('<a href="">x</a>'),
        [f"{DIVER}: a link without an address [site-link]"],
    ),
    "a relative link on the page for unknown addresses": (
        add('<a href="roles/">x</a>', "404.html"),
        ["404.html: roles/ is relative to an address that nobody knows [site-link]"],
    ),
    "below: a link out of the path": (
        add('<a href="/roles/baker/">x</a>'),
        [f"{DIVER}: /roles/baker/ leads out of the site, which is below /sub/ [site-link]"],
    ),
    "a script that is not there": (
        add('<script src="/assets/none.js"></script>'),
        [f"{DIVER}: /assets/none.js leads nowhere [site-link]"],
    ),
    "an address for a script that is not there": (
        add('<p data-index="/pagefind/pagefind.js"></p>'),
        [f"{DIVER}: /pagefind/pagefind.js leads nowhere [site-link]"],
    ),
    "a sharper image that is not there": (
        add(
            '<img src="/icon-192.png" srcset="/icon-384.png 2x, /icon-512.png 3x" width="192" height="192">'
        ),
        [f"{DIVER}: /icon-384.png leads nowhere [site-link]"],
    ),
    "a feed that is not there": (
        gone("feed.xml"),
        [
            ".: 29 more of this: /feed.xml leads nowhere [site-link]",
            *["404.html: /feed.xml leads nowhere [site-link]"] * 2,
            "about/index.html: /feed.xml leads nowhere [site-link]",
            "feed.xml: there is no feed.xml [site-feed]",
        ],
    ),
    "an anchor on the page": (
        add('<a href="#nowhere">x</a> <a href="#score">fine</a>'),
        [f"{DIVER}: there is no #nowhere on this page [site-anchor]"],
    ),
    "an anchor on another page": (
        add('<a href="/roles/baker/#nowhere">x</a> <a href="/roles/baker/#score">fine</a>'),
        [f"{DIVER}: /roles/baker/#nowhere: there is no #nowhere on that page [site-anchor]"],
    ),
    "an image of another size, and a sharper one": (
        add(
            '<img src="/icon-192.png" width="190" height="192">'
            '<img src="/icon-192.png" width="96" height="96">'
        ),
        [f"{DIVER}: icon-192.png is 192x192, not 190x192 [site-image]"],
    ),
    "a drawing of another size": (
        add('<img src="/roles/baker/badge.svg" width="240" height="60">'),
        [f"{DIVER}: roles/baker/badge.svg is 240x64, not 240x60 [site-image]"],
    ),
    "an image without its size": (
        add('<img src="/icon-192.png" alt="">'),
        [f"{DIVER}: the image /icon-192.png has no width and height [site-image]"],
    ),
    "a share image of another size": (
        edit(DIVER, 'og:image:width" content="1200"', 'og:image:width" content="1000"'),
        [f"{DIVER}: share.png is 1200x630, not 1000x630 [site-image]"],
    ),
    "a share image that is none": (
        lambda out: (
            out.write("roles/card.png", "x"),
            out.edit(DIVER, "/share.png", "/roles/card.png"),
        ),
        [f"{DIVER}: roles/card.png is no image whose size can be read [site-image]"],
    ),
    "a share image that is not there": (
        edit(DIVER, f'og:image" content="{HOME}/share.png', f'og:image" content="{HOME}/none.png'),
        [f"{DIVER}: og:image {HOME}/none.png?v=VERSION leads nowhere [site-image]"],
    ),
    "an icon of another size": (
        edit("site.webmanifest", "192x192", "193x193"),
        ["site.webmanifest: the icon /icon-192.png is 192x192, not 193x193 [site-image]"],
    ),
    "an icon that is not there": (
        edit("site.webmanifest", "icon-192.png", "icon-193.png"),
        ["site.webmanifest: the icon /icon-193.png leads nowhere [site-image]"],
    ),
    "a script over http": (
        add('<script src="http://x.org/a.js"></script> <a href="http://x.org/">fine</a>'),
        [f"{DIVER}: http://x.org/a.js comes over http [site-mixed-content]"],
    ),
    "a style sheet over http, in a style": (
        edit(DIVER, "<style>", '<style>@import "http://x.org/a.css";'),
        [
            f"{DIVER}: http://x.org/a.css comes over http [site-mixed-content]",
            f"{DIVER}: the policy forbids this style [site-policy]",
        ],
    ),
    "inline code": (
        add('<p style="color:red" onclick="x()">x</p><script>x()</script>'),
        [
            f"{DIVER}: the policy forbids the attribute onclick [site-policy]",
            f"{DIVER}: the policy forbids the attribute style [site-policy]",
            f"{DIVER}: the policy forbids inline scripts [site-policy]",
        ],
    ),
    "structured data that is no JSON": (
        edit(DIVER, '"@graph":', '"@graph"'),
        [
            f"{DIVER}: the structured data is no JSON: Expecting ':' delimiter: line 1 column 42 "
            "(char 41) [site-json-ld]"
        ],
    ),
    "structured data that is a number": (
        lambda out: out.write(
            DIVER, re.sub('(?<=ld.json">).*?(?=</script>)', "7", out.read(DIVER), flags=re.DOTALL)
        ),
        [f"{DIVER}: the structured data has no @context of schema.org [site-json-ld]"],
    ),
    "no structured data": (
        without(DIVER, '<script type="application/ld.json">.*?</script>'),
        [f"{DIVER}: the page has no structured data [site-json-ld]"],
    ),
    "structured data of no vocabulary": (
        edit(DIVER, '"@context":"https://schema.org",', ""),
        [f"{DIVER}: the structured data has no @context of schema.org [site-json-ld]"],
    ),
    "a node without its type": (
        edit(DIVER, '"@type":"Occupation",', ""),
        [f"{DIVER}: a node without @type: name [site-json-ld]"],
    ),
    "a relative address in structured data": (
        edit(DIVER, f'"mainEntityOfPage":"{HOME}', '"mainEntityOfPage":"'),
        [f"{DIVER}: mainEntityOfPage is no absolute address: /roles/diver/ [site-json-ld]"],
    ),
    "a dead address in structured data": (
        edit(DIVER, f'"mainEntityOfPage":"{HOME}', f'"mainEntityOfPage":"{HOME}/x'),
        [f"{DIVER}: mainEntityOfPage leads nowhere: {HOME}/x/roles/diver/ [site-json-ld]"],
    ),
    "a headline that nobody sees": (
        edit(DIVER, '"headline":"Will AI', '"headline":"Wow: Will AI'),
        [
            f"{DIVER}: headline is not on the page: Wow: Will AI replace Divers? [site-json-ld-unseen]"
        ],
    ),
    "a date that nobody sees": (
        edit(DIVER, '"dateModified":"2026-11-20', '"dateModified":"2026-11-25'),
        [
            f"{DIVER}: dateModified is not on the page: 2026-11-25T00:00:00+00:00 [site-json-ld-unseen]"
        ],
    ),
    "a list that is not the page's": (
        edit("categories/crafts/index.html", f'"url":"{HOME}/roles/diver/"', f'"url":"{HOME}/x"'),
        [
            f"categories/crafts/index.html: url leads nowhere: {HOME}/x [site-json-ld]",
            f"categories/crafts/index.html: ListItem: the page has no link to {HOME}/x "
            "[site-json-ld-unseen]",
        ],
    ),
    "a heavy page": (
        add(f"<p>{noise(16_000)}</p>"),
        [f"{DIVER}: WEIGHT bytes compressed, of 14,600 [site-weight]"],
    ),
    "heavy scripts": (
        lambda out: out.write("assets/big.js", noise(16_000)),
        ["assets: the scripts weigh WEIGHT bytes, of 12,000 [site-weight]"],
    ),
    "an open page for unknown addresses": (
        edit("404.html", 'content="noindex"', 'content="all"'),
        ["404.html: the page does not say noindex [site-noindex]"],
    ),
    "a stub that may be listed": (
        edit(STUB, 'content="noindex"', 'content="all"'),
        [f"{STUB}: the page does not say noindex [site-noindex]"],
    ),
    "preview: an open page": (
        edit(DIVER, 'content="noindex"', 'content="all"'),
        [f"{DIVER}: the page does not say noindex [site-noindex]"],
    ),
    "preview: an open robots.txt": (
        lambda out: out.write(
            "robots.txt", f"User-agent: *\nAllow: /\nSitemap: {HOME}/sitemap.xml\n"
        ),
        ["robots.txt: robots.txt does not close a preview [site-noindex]"],
    ),
    "preview: open headers": (
        edit("_headers", "  X-Robots-Tag: noindex\n", ""),
        ["_headers: _headers does not close a preview [site-noindex]"],
    ),
    "preview: a sitemap with a page in it": (
        edit("sitemap.xml", "</urlset>", f"<url><loc>{HOME}/</loc></url></urlset>"),
        [
            f"sitemap.xml: {HOME}/ is in the sitemap, and is no page for search engines [site-sitemap]"
        ],
    ),
    "closed headers": (
        edit("_headers", "/assets/*", "  X-Robots-Tag: noindex\n/assets/*"),
        ["_headers: X-Robots-Tag takes a public site out of search [site-noindex]"],
    ),
    "no robots.txt": (gone("robots.txt"), ["robots.txt: there is no robots.txt [site-robots]"]),
    "a robots.txt without the sitemap": (
        edit("robots.txt", "Sitemap: ", "# "),
        [f"robots.txt: robots.txt does not name the sitemap {HOME}/sitemap.xml [site-robots]"],
    ),
    "a robots.txt with another sitemap": (
        edit("robots.txt", "Sitemap: ", f"Sitemap: {HOME}/sitemap-1.xml\nSitemap: "),
        [f"robots.txt: the sitemap {HOME}/sitemap-1.xml leads nowhere [site-robots]"],
    ),
    "a robots.txt that closes a page": (
        edit("robots.txt", "Allow: /", "Disallow: /roles/diver/"),
        [
            f"robots.txt: {HOME}/roles/diver/ may be listed, and is closed to *, Googlebot, Bingbot "
            "[site-robots]"
        ],
    ),
    "no page for unknown addresses": (
        gone("404.html"),
        [".: there is no 404.html [site-not-found]"],
    ),
    "no sitemap": (
        gone("sitemap.xml"),
        [
            f"robots.txt: the sitemap {HOME}/sitemap.xml leads nowhere [site-robots]",
            "sitemap.xml: there is no sitemap.xml [site-sitemap]",
        ],
    ),
    "a sitemap that is no XML": (
        edit("sitemap.xml", "</urlset>", "\n</url>"),
        ["sitemap.xml: no XML: mismatched tag, column 3 [site-sitemap]"],
    ),
    "a sitemap in no namespace": (
        without("sitemap.xml", " xmlns=.*?(?=>)"),
        [f"sitemap.xml: the root is urlset of no namespace, not {SITEMAPS} [site-sitemap]"],
    ),
    "a page that the sitemap lacks": (
        without("sitemap.xml", f"<url><loc>{HOME}/roles/diver/</loc>.*?</url>"),
        [f"sitemap.xml: {DIVER} may be listed, and is not in the sitemap [site-sitemap]"],
    ),
    "addresses that do not belong in a sitemap": (
        edit(
            "sitemap.xml",
            "</urlset>",
            "".join(
                f"<url><loc>{url}</loc></url>\n"
                for url in (
                    f"{HOME}/x/",
                    f"{HOME}/404.html",
                    f"{HOME}/roles/frogman/",
                    f"{HOME}/about/",
                    "/about/",
                )
            )
            + "</urlset>",
        ),
        [
            f"sitemap.xml: {HOME}/about/ is listed twice [site-sitemap]",
            f"sitemap.xml: {HOME}/x/ is in the sitemap, and leads nowhere [site-sitemap]",
            f"sitemap.xml: {HOME}/404.html is in the sitemap, and is no page for search engines [site-sitemap]",
            f"sitemap.xml: {HOME}/roles/frogman/ is in the sitemap, and is no page for search engines [site-sitemap]",
            "sitemap.xml: loc is no address of this site: /about/ [site-sitemap]",
        ],
    ),
    "a lastmod that is no date": (
        edit("sitemap.xml", "2026-11-20", "20.11.2026"),
        ["sitemap.xml: lastmod is no date: 20.11.2026 [site-sitemap]"],
    ),
    "an index of sitemaps, one of them missing": (
        lambda out: (
            out.write("sitemap-1.xml", out.read("sitemap.xml")),
            out.write(
                "sitemap.xml",
                '<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
                + "".join(f"<sitemap><loc>{HOME}/sitemap-{n}.xml</loc></sitemap>" for n in (1, 2))
                + "</sitemapindex>",
            ),
        ),
        [f"sitemap.xml: the sitemap {HOME}/sitemap-2.xml leads nowhere [site-sitemap]"],
    ),
    "a feed that is no Atom": (
        lambda out: out.write("feed.xml", "<rss/>"),
        [
            "feed.xml: the root is rss of no namespace, not feed of http://www.w3.org/2005/Atom "
            "[site-feed]"
        ],
    ),
    "an id of two entries": (
        edit("feed.xml", f"<id>{HOME}/roles/diver/</id>", f"<id>{HOME}/roles/baker/</id>"),
        [f"feed.xml: two entries have the id {HOME}/roles/baker/ [site-feed]"],
    ),
    "an entry without title and link": (
        without("feed.xml", r"(?<=<entry>\n)<title>Will AI Replace Divers.*?/>\n"),
        [
            f"feed.xml: the entry {HOME}/roles/diver/ has no link [site-feed]",
            f"feed.xml: the entry {HOME}/roles/diver/ has no title [site-feed]",
        ],
    ),
    "a date of the feed without its zone": (
        edit("feed.xml", "<published>2026-11-01T00:00:00+00:00", "<published>2026-11-01"),
        [
            f"feed.xml: the entry {HOME}/roles/diver/: published is no time with its zone: 2026-11-01 "
            "[site-feed]"
        ],
    ),
    "a relative link of the feed": (
        edit("feed.xml", f'<link href="{HOME}/roles/diver/"', '<link href="/roles/diver/"'),
        [
            f"feed.xml: the entry {HOME}/roles/diver/: no absolute address: /roles/diver/ [site-feed]"
        ],
    ),
    "a dead link of the feed": (
        edit("feed.xml", f'<link href="{HOME}/roles/diver/"', f'<link href="{HOME}/diver/"'),
        [f"feed.xml: the entry {HOME}/roles/diver/: {HOME}/diver/ leads nowhere [site-feed]"],
    ),
    "a feed newer than its entries": (
        edit("feed.xml", "<updated>2026-11-20", "<updated>2026-11-21"),
        [
            "feed.xml: the feed was updated 2026-11-21T00:00:00+00:00, its newest entry "
            "2026-11-20T00:00:00+00:00 [site-feed]"
        ],
    ),
    "a feed without an author and a link to itself": (
        lambda out: (
            without("feed.xml", "<author>.*?</author>")(out),
            edit("feed.xml", 'rel="self"', 'rel="alternate"')(out),
        ),
        [
            f"feed.xml: the feed has no link to itself: {HOME}/feed.xml [site-feed]",
            *(
                f"feed.xml: nobody is author of the entry {HOME}/roles/{slug}/ [site-feed]"
                for slug in ("diver", "baker")
            ),
        ],
    ),
    "a page that no link leads to": (
        lambda out: [
            page.write_text(page.read_text("utf-8").replace('href="/about/"', 'href="/"'), "utf-8")
            for page in out.root.rglob("*.html")
        ],
        ["about/index.html: no link leads here from the home page [site-orphan]"],
    ),
    "a stub that leads nowhere": (
        edit(STUB, f"0; url={HOME}/roles/diver/", f"0; url={HOME}/roles/dive/"),
        [f"{STUB}: {HOME}/roles/dive/ leads nowhere [site-redirect]"],
    ),
    "a stub with a relative address": (
        edit(STUB, f"0; url={HOME}/roles/diver/", "0; url=/roles/diver/"),
        [f"{STUB}: the refresh is no absolute address: 0; url=/roles/diver/ [site-redirect]"],
    ),
    "a stub that leads in a circle": (
        lambda out: out.write(STUB, out.read(STUB).replace("/diver/", "/frogman/")),
        [f"{STUB}: {HOME}/roles/frogman/ only leads on [site-redirect]"],
    ),
    "a stub that is canonical to another page": (
        edit(STUB, CANONICAL, CANONICAL.replace("diver", "baker")),
        [
            f"{STUB}: it leads to {HOME}/roles/diver/, and its canonical address is "
            f"{HOME}/roles/baker/ [site-redirect]"
        ],
    ),
    "stubs beside rules": (
        lambda out: out.write("_redirects", "/roles/x/ /roles/baker/ 301\n"),
        [f"{STUB}: a page that only leads on, beside _redirects [site-redirect]"],
    ),
    "rules: every kind of wrong line": (
        lambda out: out.write(
            "_redirects",
            "# fine\n/roles/a/ /roles/baker/ 301\n/x/* /roles/:splat 301\n/g/ https://x.org/\n"
            "/roles/b/ /roles/bake/ 301\n/roles/c/ /roles/a/ 301\n/roles/a/ /roles/diver/ 301\n"
            "/roles/diver/ /roles/baker/ 301\n/roles/e/ /roles/baker/ 999\n/h/\n"
            "roles/f/ /roles/baker/ 301\n",
        ),
        [
            "_redirects: /roles/bake/ leads nowhere [site-redirect]",
            "_redirects: /roles/a/ only leads on [site-redirect]",
            "_redirects: /roles/a/ has a line above [site-redirect]",
            "_redirects: there is a file at /roles/diver/, which the line hides or never answers for "
            "[site-redirect]",
            *["_redirects: no line of the form `from to status` [site-redirect]"] * 2,
            "_redirects: `from` is no address of this site: roles/f/ [site-redirect]",
        ],
    ),
    "data that is no JSON": (
        edit("data/roles.json", "[", "[["),
        [
            "data/roles.json: it cannot be read: Expecting ',' delimiter: PLACE [site-data]",
        ],
    ),
    "data without an end": (
        lambda out: out.write("data/roles.json", "[" * 100_000),
        [
            "data/roles.json: it cannot be read: maximum recursion depth exceeded while decoding a "
            "JSON array from a unicode string [site-data]"
        ],
    ),
    "a dead address in the data": (
        edit("roles/diver/index.json", f"{HOME}/roles/diver/", f"{HOME}/roles/dive/"),
        [f"roles/diver/index.json: {HOME}/roles/dive/ leads nowhere [site-data]"],
    ),
    "a dead address at the end of a sentence": (
        edit("llms.txt", "## About", f"See {HOME}/roles/dive/.\n\n## About"),
        [f"llms.txt: {HOME}/roles/dive/ leads nowhere [site-data]"],
    ),
    "a row with a column too many": (
        edit("data/roles.csv", "baker,Baker", "baker,Ba,ker"),
        ["data/roles.csv: 13 columns, the header has 12 [site-data]"],
    ),
}


_files_of = functools.cache(bytes_below)


@pytest.mark.parametrize("name", CASES)
def test_a_planted_problem_is_found_and_nothing_else(name, request, tmp_path):
    damage, expected = CASES[name]
    kind = name.partition(":")[0] if ":" in name else "town"
    put_files(tmp_path / "site", _files_of(request.getfixturevalue(f"{kind}_folder")))
    out = Out(tmp_path / "site")
    damage(out)
    changing = {
        r"v=\w+": "v=VERSION",
        r"[\d,]+(?= bytes)": "WEIGHT",
        r"line \d+ .*\)(?= \[site-data)": "PLACE",
    }
    report = out.report()
    for pattern, word in changing.items():
        report = [re.sub(pattern, word, line) for line in report]
    assert report == expected


def test_every_rule_has_a_case():
    found = {line.rpartition("[")[2].rstrip("]") for _, lines in CASES.values() for line in lines}
    assert found == {rule.id for rule in RULES}


@pytest.mark.slow
def test_many_processes_find_what_one_finds(town_folder, tmp_path, monkeypatch):
    monkeypatch.setattr("rolerisk.audit.check._FEW", 2)
    monkeypatch.setattr("rolerisk.audit.check._BATCH", 3)
    shutil.copytree(town_folder, tmp_path / "site")
    out = Out(tmp_path / "site")
    out.remove("feed.xml")
    out.add(DIVER, '<a href="/roles/baker/#nowhere">x</a>')
    assert len(out.problems()) == 6
    assert out.problems(jobs=2) == out.problems(jobs=1)


def test_with_strict_warnings_are_errors(town_folder, tmp_path):
    shutil.copytree(town_folder, tmp_path / "site")
    Out(tmp_path / "site").add(DIVER, '<img src="/icon-192.png" alt="">')
    site = finished(tmp_path / "site")
    assert site is not None
    severities = [found.severity for s in (False, True) for found in check_site(site, strict=s)]
    assert severities == [Severity.WARNING, Severity.ERROR]
