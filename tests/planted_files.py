"""What can be wrong beside the pages: for crawlers, feed readers and hosts, and with the data."""

from tests.planted import CANONICAL, DIVER, HOME, SITEMAPS, STUB, Damage, edit, gone, without

OF_FILES: dict[str, tuple[Damage, list[str]]] = {
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
