"""Files of content/ that look like content, but that nothing reads: most have a misspelt name."""

import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from rolerisk.model.sources import Sources
from rolerisk.parse import rules, tables, templates
from rolerisk.parse.occupations import OCCUPATIONS
from rolerisk.parse.roles import ROLES_FILE
from rolerisk.problem import Place, Problem, problem
from rolerisk.text.spelling import did_you_mean

_NAMES = (
    *(tables.CATEGORIES, tables.TOOLS, tables.SOURCES, tables.MEASURES, tables.STYLE),
    *(templates.SITE, OCCUPATIONS),
    *(f"{templates.ARTICLE}/{stem}.md" for stem in templates.SHARED),
)
_READ = re.compile(
    rf"{ROLES_FILE}|templates/.*|{'|'.join(_NAMES)}|{templates.PAGES}/[^/]*\.md"
    r"|content/roles/[^/]*\.(yaml|md)"
)
_LOOKS_LIKE_CONTENT = re.compile(r"\.(ya?ml|md|markdown|csv)", re.IGNORECASE)
_SUFFIXES = {".yml": ".yaml", ".markdown": ".md"}


def unread_files(sources: Sources) -> Iterator[Problem]:
    """A problem for each such file."""
    for name in (*sources.files, *sources.unread):
        path = PurePosixPath(name)
        if _READ.fullmatch(name) or not _LOOKS_LIKE_CONTENT.fullmatch(path.suffix):
            continue
        if path.stem.upper() != "README":
            yield problem(rules.UNREAD_FILE, Place(name), "nothing reads this file", _hint(path))


def _hint(path: PurePosixPath) -> str:
    suffix = path.suffix.lower()
    meant = path.with_suffix(_SUFFIXES.get(suffix, suffix)).as_posix()
    if meant != str(path) and _READ.fullmatch(meant):
        return f"did you mean {meant}?"
    beside = [known for known in _NAMES if PurePosixPath(known).parent == path.parent]
    return did_you_mean(meant, beside) or "see docs/reference.md for the files of content/"
