"""What a rule looks at."""

import datetime
from typing import NamedTuple

from rolerisk.model.fragment import Fragment
from rolerisk.model.parsed import ParsedRole
from rolerisk.model.role import Role
from rolerisk.model.site import RoleFacts, Site, Tables
from rolerisk.problem import Place


class RoleSubject(NamedTuple):
    """One role, the tables around it, and the day on which it is checked."""

    parsed: ParsedRole
    tables: Tables
    today: datetime.date

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
