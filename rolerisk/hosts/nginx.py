"""What _headers, _redirects and _gone say, in the words of nginx, for a `server` block to include."""

import re
from collections.abc import Iterator
from urllib.parse import unquote

from rolerisk.errors import CommandError
from rolerisk.finished import Finished
from rolerisk.text.address import base_path

_UNFIT = re.compile(r'[\x00-\x1f\x7f"\\$]')
_FINGERPRINTED = "/assets/"
_OF_SEARCH = r"(/pagefind/.+\.pf_[a-z]+)"  # parts of the index that are named after what they hold

Headers = dict[str, str]


def nginx_rules(site: Finished, files: str, kept: str = "") -> str:
    """The configuration of a finished site whose files nginx reads below the folder `files`.

    `kept`, where it is given, holds the files that are named after their bytes, of this site and of
    those that it replaced: a page that was loaded before still finds what it needs.

    Raises errors.CommandError for a folder or an address that nginx cannot be told.
    """
    base = base_path(site.base_url)
    lines = [
        "# Written by `build.py nginx` from _headers, _redirects and _gone.",
        "index index.html;",
        f"error_page 404 410 {_quoted(base + '/404.html')};",
        f"location = {_quoted(base + '/404.html')} {{ internal; alias {_quoted(files + '/404.html')}; }}",
        f'location ~ "^{re.escape(base)}/(?:_(?:headers|redirects|gone)$|(?:.*/)?\\.(?!well-known/))" {{ return 404; }}',
        *_redirects(site.redirects or ()),
        *_gone(site.gone or ()),
        *_locations(_rules(site.headers or ()), base, files, kept),
    ]
    if kept:
        pattern = f'"^{re.escape(base)}{_OF_SEARCH}$"'
        lines.append(f"location ~ {pattern} {{ alias {_quoted(kept, '$1')}; }}")
    return "\n".join(lines) + "\n"


def _redirects(lines: tuple[str, ...]) -> Iterator[str]:
    """An exact location for each old address."""
    for line in lines:
        old, new, status = line.split()
        target = _quoted(new.replace("$", "%24"), "$is_args$args")
        yield from _at(old, f"return {status} {target};")


def _gone(lines: tuple[str, ...]) -> Iterator[str]:
    for address in lines:
        yield from _at(address, "return 410;")


def _at(address: str, what: str) -> Iterator[str]:
    """What is done at exactly one address, with and without the slash at its end."""
    for exact in dict.fromkeys((address, address.rstrip("/"))):
        if exact:
            yield f"location = {_quoted(unquote(exact))} {{ {what} }}"


def _locations(rules: dict[str, Headers], base: str, files: str, kept: str) -> Iterator[str]:
    """The headers of all files on the level of the server, and a location for every prefix."""
    for prefix in {"/": {}} | rules:
        found = _headers_of(prefix, rules)
        folder = kept if kept and prefix == _FINGERPRINTED else files
        if prefix == "/":
            yield from _add(found)
        yield f"location {_quoted(base + prefix)} {{"
        yield f"    alias {_quoted(folder + prefix)};"
        yield from (f"    {line}" for line in _add(found if prefix != "/" else {}))
        yield "}"


def _add(headers: Headers) -> Iterator[str]:
    for name, value in headers.items():
        yield f"add_header {name} {_quoted(value)} always;"


def _rules(lines: tuple[str, ...]) -> dict[str, Headers]:
    """The lines of _headers by prefix; a name behind `!` has no value: it is taken away."""
    rules: dict[str, Headers] = {}
    for line in lines:
        if line.startswith("/"):
            headers = rules.setdefault(line.removesuffix("*"), {})
        elif line.strip().startswith("!"):
            headers[line.strip(" !")] = ""
        else:
            name, _, value = line.strip().partition(": ")
            headers[name] = value
    return rules


def _headers_of(prefix: str, rules: dict[str, Headers]) -> Headers:
    """All headers of a prefix: nginx does not add those of one level to those of another."""
    found: Headers = {}
    for other, headers in rules.items():
        if prefix.startswith(other):
            found |= headers
    return {name: value for name, value in found.items() if value}


def _quoted(text: str, variables: str = "") -> str:
    """A word of the configuration, with nginx's own variables behind it."""
    if _UNFIT.search(text):
        raise CommandError(
            f"nginx cannot be told {text!r}: it has a character that means more there"
        )
    return f'"{text}{variables}"'
