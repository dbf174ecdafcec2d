"""The hosts: a record each. A figure that a host does not publish is None, and is not checked."""

from msgspec import Struct, structs

_MIB = 1024 * 1024
_GIB = 1024 * _MIB


class Host(Struct, frozen=True, kw_only=True):
    """What a host does with an output folder, and how much of it.

    Sizes are in bytes. Redirects without `*` or `:name` are static, the others dynamic; a host
    that does not tell them apart has one limit, `redirects`. `not_found` says what a host without
    a top-level 404.html answers; with `counts_folders`, folders count as files; `sources` say all this.
    """

    title: str
    sources: tuple[str, ...]
    reads_redirects: bool
    reads_headers: bool
    reads_gone: bool = False
    not_found: str
    links: bool = True
    counts_folders: bool = False
    files: int | None = None
    folder_files: int | None = None
    file_bytes: int | None = None
    site_bytes: int | None = None
    redirects: int | None = None
    static_redirects: int | None = None
    dynamic_redirects: int | None = None
    redirect_length: int | None = None
    redirects_bytes: int | None = None
    header_rules: int | None = None
    header_length: int | None = None


_OWN_PAGE = "the host's own page answers unknown addresses"

_CLOUDFLARE = Host(
    title="Cloudflare Pages (free)",
    sources=(
        "https://developers.cloudflare.com/pages/platform/limits/",
        "https://developers.cloudflare.com/pages/configuration/redirects/",
        "https://developers.cloudflare.com/pages/configuration/headers/",
        "https://developers.cloudflare.com/pages/configuration/serving-pages/",
    ),
    reads_redirects=True,
    reads_headers=True,
    not_found="the home page answers every unknown address, with status 200",
    files=20_000,
    file_bytes=25 * _MIB,
    static_redirects=2_000,
    dynamic_redirects=100,
    redirect_length=1_000,
    header_rules=100,
    header_length=2_000,
)

HOSTS = {
    "github-pages": Host(
        title="GitHub Pages",
        sources=(
            "https://docs.github.com/en/pages/getting-started-with-github-pages/github-pages-limits",
            "https://github.com/actions/upload-pages-artifact",
        ),
        reads_redirects=False,
        reads_headers=False,
        not_found=_OWN_PAGE,
        links=False,
        site_bytes=_GIB,
    ),
    "gitlab-pages": Host(
        title="GitLab Pages (gitlab.com)",
        sources=(
            "https://docs.gitlab.com/user/gitlab_com/#gitlab-pages",
            "https://docs.gitlab.com/user/project/pages/redirects/",
        ),
        reads_redirects=True,
        reads_headers=False,
        not_found=_OWN_PAGE,
        counts_folders=True,
        files=200_000,
        site_bytes=_GIB,
        redirects=1_000,
        redirects_bytes=64 * 1024,
    ),
    "cloudflare-pages": _CLOUDFLARE,
    "cloudflare-pages-paid": structs.replace(
        _CLOUDFLARE, title="Cloudflare Pages (paid)", files=100_000
    ),
    "netlify": Host(
        title="Netlify",
        sources=(
            "https://docs.netlify.com/site-deploys/overview",
            "https://docs.netlify.com/manage/routing/redirects/overview/",
        ),
        reads_redirects=True,
        reads_headers=True,
        not_found=_OWN_PAGE,
        folder_files=54_000,
        redirects=10_000,
    ),
    "vercel": Host(
        title="Vercel",
        sources=(
            "https://vercel.com/docs/limits",
            "https://vercel.com/docs/project-configuration",
        ),
        reads_redirects=False,
        reads_headers=False,
        not_found=_OWN_PAGE,
    ),
    "nginx": Host(
        title="nginx",
        sources=("https://nginx.org/en/docs/",),
        reads_redirects=True,
        reads_headers=True,
        reads_gone=True,
        not_found="nginx's own page answers unknown addresses",
    ),
}
