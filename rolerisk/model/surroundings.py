"""Everything around the roles, as it was read once and is kept."""

from msgspec import Struct

from rolerisk.model.site import Page, Tables, Text
from rolerisk.problem import Problem


class Surroundings(Struct, frozen=True):
    """The tables, the pages made with them, what is wrong in them, and the digest of their files.

    Without a usable site.yaml there are no tables, without tables or with a page that cannot be
    filled no pages. `elsewhere` means that the site is built for another address than its public one.
    """

    made_of: str = ""
    tables: Tables | None = None
    pages: tuple[tuple[Page, Text], ...] | None = None
    problems: tuple[Problem, ...] = ()
    elsewhere: bool = False
