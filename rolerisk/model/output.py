"""Outputs, what was written of them before, and what is to be done."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from rolerisk.settings import BuildReport

DIGEST_SIZE = 16  # bytes


class Output(Struct, frozen=True):
    """A file to be: its path below the output folder, what renders it, and all that may see."""

    path: str
    renderer: str
    context: Struct


class Family(Struct, frozen=True):
    """Outputs that are made of the same values: as long as these stay, no output has to be made.

    `members` are their paths and renderers, `style` is what the style element of their pages holds.
    `make` reads nothing but `of`.
    """

    members: tuple[tuple[str, str], ...]
    style: str
    of: tuple[object, ...]
    make: Callable[[], Iterator[Output]]


class Parts(Struct, frozen=True, array_like=True):
    """What an output is made of, as digests: the renderer, and the fields of a context of this kind.

    `fields` are the fields' digests one behind the other, for there are as many of these values as
    files. `family` is the digest of all that the output's family was made of, if it has one.
    """

    renderer: str
    kind: str
    fields: bytes
    family: str = ""

    def are_those_of(self, other: "Parts") -> bool:
        """Whether both make the same bytes, whatever else their families may have."""
        return (self.fields, self.renderer, self.kind) == (other.fields, other.renderer, other.kind)

    def by_field(self, names: Sequence[str]) -> dict[str, str]:
        """The digest of each field; `names` are those of the kind's fields."""
        return {
            name: self.fields[DIGEST_SIZE * number : DIGEST_SIZE * (number + 1)].hex()
            for number, name in enumerate(names)
        }


class Written(Struct, frozen=True, array_like=True):
    """A file of an earlier build: what it was made of, and what it was on disk (mtime in ns)."""

    parts: Parts
    digest: str
    size: int
    mtime: int

    def is_untouched(self, now: "OnDisk | None") -> bool:
        """Whether the file in the output folder is as a build left it."""
        return now is not None and (now.size, now.mtime) == (self.size, self.mtime)


class Manifest(Struct, frozen=True):
    """All files that builds have written into one output folder and not removed since.

    `inputs` is the digest of everything that the last build was made of, `report` what it said.
    """

    files: dict[str, Written]
    inputs: str = ""
    report: BuildReport | None = None


class OnDisk(Struct, frozen=True):
    """A file of the output folder as it is now."""

    size: int
    mtime: int


class Stale(Struct, frozen=True):
    """An output that has to be rendered, and why."""

    output: Output
    parts: Parts
    reason: str

    @property
    def members(self) -> tuple[tuple[str, str], ...]:
        """The output's path and renderer."""
        return ((self.output.path, self.output.renderer),)


class New(Struct, frozen=True):
    """A family without any file yet: its outputs are made, and digested, where they are rendered."""

    family: Family

    @property
    def members(self) -> tuple[tuple[str, str], ...]:
        """The paths and renderers of its outputs."""
        return self.family.members


class Plan(Struct, frozen=True):
    """What a build has to do; orphans are files of earlier builds that nobody plans any more.

    `noted` are parts of fresh outputs whose family is made of other values now.
    """

    stale: tuple[Stale | New, ...]
    fresh: tuple[str, ...]
    noted: dict[str, Parts]
    orphans: tuple[str, ...]


class Rendered(Struct, frozen=True, array_like=True):
    """An output's bytes, in the stage folder under the same path (mtime in ns), and their digest."""

    path: str
    digest: str
    size: int
    mtime: int


class Derived(Struct, frozen=True):
    """Files made of finished outputs: those made anew, in the stage folder, and those kept."""

    made: tuple[tuple[Rendered, Parts], ...] = ()
    kept: frozenset[str] = frozenset()

    @property
    def paths(self) -> frozenset[str]:
        """The paths of all of them below the output folder."""
        return self.kept | {item.path for item, _ in self.made}
