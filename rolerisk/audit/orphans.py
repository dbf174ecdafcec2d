"""Every page can be reached by links."""

from collections.abc import Iterator, Sequence

from rolerisk.audit.digest import Digest
from rolerisk.audit.folder import Folder
from rolerisk.finished import HOME
from rolerisk.problem import LocatedProblem, Rule, Severity, located

RULE = Rule(
    "site-orphan",
    Severity.WARNING,
    "A page that search engines may list can be reached from the home page by links.",
    "Readers do not find the others, and search engines think little of them. Checked by check --site.",
)


def check_all(digests: Sequence[Digest], folder: Folder) -> Iterator[LocatedProblem]:
    """Pages to which no way leads."""
    links = {digest.path: digest.links for digest in digests}
    reached, queue = {HOME}, [HOME]
    for path in queue:
        new = set(links.get(path, ())) - reached
        reached |= new
        queue += sorted(new)
    for digest in digests:
        if digest.indexable and digest.path not in reached:
            message = "no link leads here from the home page"
            yield located(RULE, digest.file, message)
