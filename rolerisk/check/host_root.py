"""Below a path, the files that count only at a host's root do nothing."""

from collections.abc import Iterator

from rolerisk.check.subject import SiteSubject
from rolerisk.problem import Place, Problem, Rule, Severity, problem
from rolerisk.text.address import base_path

RULE = Rule(
    "host-root",
    Severity.WARNING,
    "A site below a path is told which of its files count only at a host's root.",
    "Crawlers ask for robots.txt and llms.txt at the root of a host, and hosts read _headers and "
    "_redirects there. Where base_url has a path, put their lines into the host's own files.",
    lenient=True,
)


def check(subject: SiteSubject) -> Iterator[Problem]:
    """Look whether the base URL has a path."""
    path = base_path(subject.site.config.base_url)
    if path:
        names = ["robots.txt", "llms.txt", "_headers"]
        names += ["_redirects"] if subject.site.config.redirects == "rules" else []
        names += [".well-known/security.txt"] if subject.site.config.security_contact else []
        message = f"the site is below {path}: {', '.join(names)} count only at a host's root"
        hint = "put their lines into the files at the host's root"
        yield problem(RULE, Place("content/site.yaml", ("base_url",)), message, hint)
