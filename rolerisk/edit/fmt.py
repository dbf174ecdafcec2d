"""`fmt`: the content's files in their canonical form, as far as they have another one."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from rolerisk.edit.canonical_markdown import canonical_markdown
from rolerisk.edit.canonical_yaml import LostError, canonical_yaml
from rolerisk.edit.rules import FORMAT
from rolerisk.model.sources import InputFile, Sources
from rolerisk.parse import yaml
from rolerisk.parse.roles import ROLES_FILE
from rolerisk.parse.slips import located
from rolerisk.parse.templates import PAGES
from rolerisk.places import Places
from rolerisk.problem import LocatedProblem, Place, Problem, problem
from rolerisk.report import in_order


class Formatted(NamedTuple):
    """The new texts of the files that change, by path, and why others could not be rewritten."""

    texts: dict[str, str]
    problems: tuple[LocatedProblem, ...]


def formatted(sources: Sources, wanted: Iterable[str] = ()) -> Formatted:
    """Rewrite the content's YAML and Markdown: the wanted files, or all. Writes nothing."""
    paths = frozenset(wanted)
    texts, problems, places = {}, list[LocatedProblem](), Places(sources)
    for file in sources.files.values():
        if not is_content(file.path) or (paths and file.path not in paths):
            continue
        result = _formatted(file)
        if not isinstance(result, str):
            problems += map(places.locate, result)
        elif digest_of(result) != file.digest:
            texts[file.path] = result
    return Formatted(texts, tuple(in_order(problems)))


def is_content(path: str) -> bool:
    """Whether a file is one that editors write as YAML or Markdown."""
    return path == ROLES_FILE or (
        path.startswith("content/") and path.endswith((".yaml", ".yml", ".md"))
    )


def digest_of(text: str) -> str:
    """The digest that `load` gives a file with this text, no BOM, and plain line ends."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _formatted(file: InputFile) -> str | list[Problem]:
    if slips := list(slips_of(file)):
        return slips
    try:
        if file.path.endswith(".md"):
            return canonical_markdown(file.text, page=_is_page(file.path))
        return canonical_yaml(file.text)
    except LostError as error:
        message, line, hint = error.args
        place = Place(file.path, line=line + 1, column=1)
        return [problem(FORMAT, place, f"left as it is: {message}", hint)]


def slips_of(file: InputFile) -> Iterator[Problem]:
    """What cannot be read has no form; pages have YAML between their first two `---`."""
    if file.path.endswith(".md"):
        end = file.text.find("\n---\n", 3)
        if _is_page(file.path) and file.text.startswith("---\n") and end >= 0:
            yield from located(file.path, 1, yaml.read(file.text[4 : end + 1]).slips)
    else:
        yield from located(file.path, 0, yaml.read(file.text).slips)


def _is_page(path: str) -> bool:
    return path.startswith(f"{PAGES}/")
