"""What a branch touched: the files, of roles.yaml the entries, and the roles behind them."""

from typing import NamedTuple

from rolerisk.model.sources import Sources
from rolerisk.parse.roles import ROLES_FILE, RoleText, cut
from rolerisk.problem import Problem


class Touched(NamedTuple):
    """The paths that are not as they were, the entries of roles.yaml by index, the roles by slug."""

    paths: frozenset[str]
    entries: frozenset[int]
    slugs: frozenset[str]

    def concerns(self, problem: Problem) -> bool:
        """Whether a problem is in what was touched."""
        place = problem.place
        in_entry = place.path == ROLES_FILE and place.keys and isinstance(place.keys[0], int)
        return place.keys[0] in self.entries if in_entry else place.path in self.paths


def touched(now: Sources, before: Sources, paths: frozenset[str]) -> Touched:
    """Compare the entries of roles.yaml by their texts; which files are changed is known."""
    old, new = (_entries(before), _entries(now)) if ROLES_FILE in paths else ((), ())
    texts = {entry.text.strip() for entry in old}.symmetric_difference(
        entry.text.strip() for entry in new
    )
    changed = frozenset(i for i, entry in enumerate(new) if entry.text.strip() in texts)
    listed = {entry.likely_slug for entry in (*old, *new) if entry.text.strip() in texts}
    own = {path.rpartition("/")[2].rpartition(".")[0] for path in paths if _is_of_role(path)}
    return Touched(paths, changed, frozenset(listed | own))


def as_before(now: Sources, before: Sources, paths: frozenset[str]) -> Sources:
    """All files as they were: those that changed from `before`, the others are as they are."""
    same = {path: file for path, file in now.files.items() if path not in paths}
    return Sources(same | before.files, before.unread)


def _entries(sources: Sources) -> tuple[RoleText, ...]:
    return cut(ROLES_FILE, sources.text(ROLES_FILE) or "")


def _is_of_role(path: str) -> bool:
    return path.startswith("content/roles/") and path.endswith((".yaml", ".md"))
