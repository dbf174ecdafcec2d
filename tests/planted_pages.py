"""What can be wrong with a page: its head, links, images, safety, structured data and weight."""

import re

from tests.planted import (
    BAKER,
    CANONICAL,
    DIVER,
    HOME,
    SUMMARY,
    Damage,
    add,
    edit,
    gone,
    noise,
    same,
    without,
)

OF_PAGES: dict[str, tuple[Damage, list[str]]] = {
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
}
