"""What a rule looks at."""

from typing import NamedTuple

from rolerisk.model.fragment import Fragment
from rolerisk.model.parsed import ParsedRole
from rolerisk.model.role import Role
from rolerisk.model.site import RoleFacts, Site, Tables
from rolerisk.problem import Place


class RoleSubject(NamedTuple):
    """One role and the tables around it. What depends on the day is a rule of the site."""

    parsed: ParsedRole
    tables: Tables

    @property
    def role(self) -> Role:
        """The role's record; keys in `parsed.flawed` hold blanks."""
        return self.parsed.role

    @property
    def place(self) -> Place:
        """Where the role's record is."""
        return self.parsed.place

    def sound(self, *keys: str) -> bool:
        """Whether these keys of the record could be read: what only follows is not reported."""
        return self.parsed.flawed.isdisjoint(keys)


class SiteSubject(NamedTuple):
    """The site with all its roles, drafts and waiting ones included.

    `names` are the slugs of all roles that are written at all; when `whole` is false there may be
    more, since a file could not be read.
    """

    site: Site
    roles: tuple[RoleFacts, ...]
    names: frozenset[str]
    whole: bool

    @property
    def out(self) -> tuple[RoleFacts, ...]:
        """The roles that this build would publish."""
        return self.site.roles


def texts(site: Site) -> tuple[tuple[Place, Fragment], ...]:
    """The converted texts of the site that are not a role's."""
    return tuple((page.place, page.fragment) for page in site.pages)


def absolute(place: Place, role: RoleFacts) -> Place:
    """A place that is given from the role's record on, from the file's beginning on."""
    if place.path != role.place.path or not place.keys:
        return place
    return Place(place.path, role.place.keys + place.keys, needle=place.needle, nth=place.nth)
