"""All rules of a finished folder, and the functions that check them."""

from rolerisk.audit import (
    data,
    feed,
    heads,
    images,
    indexing,
    json_ld,
    links,
    names,
    orphans,
    redirects,
    safety,
    sitemap,
    weight,
    whole,
)
from rolerisk.problem import Rule

PAGE_CHECKS = (heads, links, images, safety, json_ld, weight)
FOLDER_CHECKS = (names, links, images, indexing, orphans, redirects, sitemap, feed, data, weight)
RULES: tuple[Rule, ...] = (
    whole.RULE,
    *(names.TITLE, names.DESCRIPTION),
    *(heads.HEADING, heads.CANONICAL, heads.LANGUAGE, heads.ID),
    *(links.LINK, links.ANCHOR),
    images.RULE,
    *(safety.MIXED, safety.POLICY),
    *(json_ld.FORM, json_ld.UNSEEN),
    weight.RULE,
    *(indexing.NOINDEX, indexing.ROBOTS, indexing.MISSING),
    orphans.RULE,
    redirects.RULE,
    sitemap.RULE,
    feed.RULE,
    data.RULE,
)
