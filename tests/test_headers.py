"""Security headers: one policy for the pages, for hosts and for nginx; security.txt."""

import base64
import hashlib
import re

import pytest

from rolerisk.errors import CommandError
from rolerisk.finished import Finished, finished
from rolerisk.hosts.nginx import nginx_rules
from tests.sites import SMALL_SITE, SiteFolder

META = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]+)">')
STYLE = re.compile(r"<style>(.*?)</style>", re.DOTALL)


@pytest.fixture(scope="module")
def built(tmp_path_factory) -> SiteFolder:
    """The small site with an alias, built."""
    site = SiteFolder(tmp_path_factory.mktemp("headers"), SMALL_SITE)
    site.edit("roles.yaml", "  category: crafts", "  aliases: [key-maker]\n  category: crafts", 1)
    assert site.build().sound
    return site


def directives(policy: str) -> dict[str, set[str]]:
    """A policy as a browser reads it."""
    return {name: set(values) for name, *values in (part.split() for part in policy.split("; "))}


def pages(site: SiteFolder) -> dict[str, str]:
    found = {path: data.decode() for path, data in site.files().items() if path.endswith(".html")}
    assert len(found) > 10
    return found


def header_policy(site: SiteFolder) -> dict[str, set[str]]:
    (line,) = re.findall(r"Content-Security-Policy: (.*)", site.files()["_headers"].decode())
    return directives(line)


def test_a_page_s_policy_names_its_own_style_and_the_header_that_of_every_page(built):
    header, seen = header_policy(built), set()
    for path, page in pages(built).items():
        (policy,) = META.findall(page)
        meta = directives(policy)
        if "refresh" in page:
            assert meta == {
                "default-src": {"'none'"},
                "base-uri": {"'none'"},
                "form-action": {"'none'"},
            }
            continue
        (style,) = STYLE.findall(page)
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        assert meta["style-src"] == {"'self'", f"'sha256-{digest}'"}, path
        seen |= meta.pop("style-src")
        rest = {name: values for name, values in header.items() if name in meta}
        assert rest == meta, path
    assert header["style-src"] == seen
    assert header["frame-ancestors"] == {"'none'"}
    assert len(seen) > 2


def test_nothing_in_a_page_needs_what_the_policy_refuses(built):
    for path, page in pages(built).items():
        assert "unsafe-inline" not in page, path
        assert not re.search(r"""<[^>]+\s(style|on[a-z]+)=["']""", page), path
        scripts = re.findall(r"<script([^>]*)>", page)
        assert all("src=" in s or "application/ld+json" in s for s in scripts), path


def test_a_new_style_sheet_renews_the_headers(built, tmp_path):
    site = SiteFolder(tmp_path, SMALL_SITE)
    site.build()
    before = site.files()["_headers"]
    site.write("templates/assets/role.css", site.read("templates/assets/role.css") + "p{margin:0}")
    site.build()
    assert site.files()["_headers"] != before
    assert site.files() == site.clean_build()


def test_security_txt_says_what_the_editors_say(site):
    site.build()
    assert ".well-known/security.txt" not in site.files()
    contact = "security_contact: mailto:security@test.example.org\nsecurity_expires: 2027-06-30\n"
    site.write("content/site.yaml", site.read("content/site.yaml") + contact)
    site.build()
    assert site.files()[".well-known/security.txt"].decode() == (
        "Contact: mailto:security@test.example.org\n"
        "Expires: 2027-06-30T00:00:00Z\n"
        "Preferred-Languages: en\n"
        "Canonical: https://test.example.org/.well-known/security.txt\n"
    )


def test_security_txt_is_told_that_it_counts_at_the_root_only(site):
    site.edit(
        "content/site.yaml",
        "https://test.example.org\ntitles",
        "https://test.example.org/jobs\ntitles",
    )
    contact = "security_contact: mailto:security@test.example.org\nsecurity_expires: 2027-06-30\n"
    site.write("content/site.yaml", site.read("content/site.yaml") + contact)
    (found,) = site.problems()
    assert found.message.endswith("_headers, .well-known/security.txt count only at a host's root")


# ---- in the words of nginx


def folder(base_url: str = "https://a.example.org", **lines: tuple[str, ...]) -> Finished:
    """A finished folder with these lines of _headers and _redirects."""
    return Finished(
        *("site", {}, 0, (), base_url, False, False),
        redirects=lines.get("redirects"),
        headers=lines.get("headers"),
        gone=lines.get("gone"),
    )


def test_nginx_is_told_all_headers_of_a_prefix_and_where_its_files_are():
    headers = ("/*", "  A: 1", "  B: 2", "/assets/*", "  ! B", "  B: 3", "/data/*", "  C: 4")
    assert nginx_rules(folder(headers=headers), "/srv/x", "/srv/kept").splitlines()[5:] == [
        'add_header A "1" always;',
        'add_header B "2" always;',
        'location "/" {',
        '    alias "/srv/x/";',
        "}",
        'location "/assets/" {',
        '    alias "/srv/kept/assets/";',
        '    add_header A "1" always;',
        '    add_header B "3" always;',
        "}",
        'location "/data/" {',
        '    alias "/srv/x/data/";',
        '    add_header A "1" always;',
        '    add_header B "2" always;',
        '    add_header C "4" always;',
        "}",
        'location ~ "^(/pagefind/.+\\.pf_[a-z]+)$" { alias "/srv/kept$1"; }',
    ]


def test_nginx_is_told_old_addresses_with_and_without_the_slash():
    redirects = ("/old/ /new/ 301", "/sp%C3%A4t /$new/ 301")
    assert nginx_rules(folder(redirects=redirects), "/srv/x").splitlines()[5:8] == [
        'location = "/old/" { return 301 "/new/$is_args$args"; }',
        'location = "/old" { return 301 "/new/$is_args$args"; }',
        'location = "/spät" { return 301 "/%24new/$is_args$args"; }',
    ]


def test_nginx_is_told_what_is_gone_with_and_without_the_slash():
    lines = nginx_rules(folder(gone=("/roles/typist/", "/old.html")), "/srv/x").splitlines()
    assert lines[2] == 'error_page 404 410 "/404.html";'
    assert lines[5:8] == [
        'location = "/roles/typist/" { return 410; }',
        'location = "/roles/typist" { return 410; }',
        'location = "/old.html" { return 410; }',
    ]


def test_nginx_is_told_the_path_of_the_base_url():
    text = nginx_rules(folder("https://a.example.org/jobs", headers=("/*", "  A: 1")), "/srv/x")
    assert 'location "/jobs/" {\n    alias "/srv/x/";' in text
    assert 'error_page 404 410 "/jobs/404.html";' in text


@pytest.mark.parametrize(
    "redirect",
    ["/a%22;} /b/ 301", "/a%0Ab /b/ 301", "/a%5C /b/ 301", "/%24host /b/ 301"],
)
def test_an_address_that_means_more_to_nginx_is_refused(redirect):
    with pytest.raises(CommandError, match="nginx cannot be told"):
        nginx_rules(folder(redirects=(redirect,)), "/srv/x")


@pytest.mark.parametrize("name", ['/srv/"', "/srv/$host", "/srv/\n"])
def test_a_folder_that_means_more_to_nginx_is_refused(name):
    with pytest.raises(CommandError, match="nginx cannot be told"):
        nginx_rules(folder(), name)


def test_the_rules_of_a_built_site_are_those_of_its_files(built):
    site = finished(built.out)
    assert site is not None
    text = nginx_rules(site, "/srv/x")
    (line,) = re.findall(r"Content-Security-Policy: (.*)", built.files()["_headers"].decode())
    assert text.count(f'add_header Content-Security-Policy "{line}" always;') == 3
