"""Reading the sitemap and the feed, or saying why not."""

from xml.etree import ElementTree as ET

from rolerisk.audit.folder import Folder
from rolerisk.problem import LocatedProblem, Rule


def read_xml(folder: Folder, path: str, rule: Rule, *roots: str) -> ET.Element | LocatedProblem:
    """The root element of a file; a problem of a rule when that is not there, or another one."""
    if path not in folder.site.files:
        return folder.problem(rule, path, f"there is no {path}")
    try:
        element = ET.fromstring(folder.read(path))
    except ET.ParseError as error:
        line, column = error.position
        what = f"no XML: {str(error).partition(':')[0]}, column {column + 1}"
        quote = (folder.text(path) or "").splitlines()[line - 1 : line]
        return folder.problem(rule, path, what, "", line, "".join(quote))
    if element.tag not in roots:
        return folder.problem(
            rule, path, f"the root is {_name(element.tag)}, not {_name(roots[0])}"
        )
    return element


def _name(tag: str) -> str:
    """A name as people write it, with its namespace behind it."""
    space, _, name = tag.rpartition("}")
    return f"{name} of {space[1:]}" if space else f"{name} of no namespace"
