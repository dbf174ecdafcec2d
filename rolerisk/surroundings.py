"""Everything around the roles: the tables and the pages, read once for as long as their files stay.

Like a role's reading they depend on their own files only, never on a role or on the day.
"""

import hashlib

from rolerisk.assemble.pages import assemble_pages
from rolerisk.model.sources import Sources
from rolerisk.model.surroundings import Surroundings
from rolerisk.parse.roles import ROLES_FILE
from rolerisk.parse.stage import parse
from rolerisk.parse.templates import unfilled
from rolerisk.program import program_digest
from rolerisk.store.readings import Memory
from rolerisk.text.template import TemplateError

_OTHERS = (ROLES_FILE, "content/roles/", "templates/")  # only their names count


def read_surroundings(sources: Sources, base_url: str | None, memory: Memory) -> Surroundings:
    """The tables and pages, unless `memory` has done just these before.

    `base_url` replaces that of site.yaml.
    """
    made_of = _digest(sources, base_url)
    if memory.surroundings.made_of != made_of:
        memory.surroundings = _read(sources, base_url, made_of)
    return memory.surroundings


def _read(sources: Sources, base_url: str | None, made_of: str) -> Surroundings:
    parsed = parse(sources, base_url)
    tables, pages, problems = parsed.tables, None, parsed.problems
    try:
        pages = assemble_pages(parsed.pages, tables) if tables else None
    except TemplateError as error:
        assert tables is not None
        problems = (*problems, unfilled(error, tables, parsed.pages))
    return Surroundings(made_of, tables, pages, problems, parsed.elsewhere)


def _digest(sources: Sources, base_url: str | None) -> str:
    """The digest of all that tables and pages depend on; of files that nothing reads, their names."""
    state = hashlib.blake2b(digest_size=16)
    state.update(f"{program_digest()} {base_url}".encode())
    for path, file in sources.files.items():
        of_text = "" if path.startswith(_OTHERS) else file.digest
        state.update(f"{path}\0{of_text}\0".encode())
    for path in sorted(sources.unread):
        state.update(f"\1{path}".encode())
    return state.hexdigest()
