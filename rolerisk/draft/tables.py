"""Tables of the O*NET database as its users download it: text files or workbooks, by column names."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from rolerisk.errors import CommandError
from rolerisk.text.spelling import listed

CODE, TASK_ID = "O*NET-SOC Code", "Task ID"
_NOT_AVAILABLE = "n/a"


class TableError(CommandError):
    """A table is not there, or not in the form in which the database is published."""


def has_table(folder: Path, name: str) -> bool:
    """Whether a release has a table, such as `Task Ratings`."""
    return _path(folder, name) is not None


def read_table(folder: Path, name: str, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The rows of a table, with these columns; a figure that is not available is an empty text.

    Raises TableError when there is no such table or column.
    """
    path = _path(folder, name)
    if path is None:
        raise TableError(
            f"{folder} has no {name}.txt or {name}.xlsx: give the folder of an unpacked O*NET release"
        )
    yield from read_file(path, columns)


def read_file(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The rows of a tab-separated file, or of a workbook's first sheet. Raises TableError."""
    rows = _sheet(path) if path.suffix == ".xlsx" else _lines(path)
    head = next(rows, ())
    missing = [column for column in columns if column not in head]
    if missing:
        raise TableError(f"{path} has no column {missing[0]!r}; it has {listed(head, 20)}")
    places = [head.index(column) for column in columns]
    for number, row in enumerate(rows, 2):
        try:
            cells = tuple(row[place].strip() for place in places)
        except IndexError:
            raise TableError(f"{path}:{number}: {len(row)} cells, not {len(head)}") from None
        yield tuple("" if cell == _NOT_AVAILABLE else cell for cell in cells)


def _path(folder: Path, name: str) -> Path | None:
    found = (folder / f"{name}{suffix}" for suffix in (".txt", ".xlsx"))
    return next((path for path in found if path.is_file()), None)


def _lines(path: Path) -> Iterator[Sequence[str]]:
    """Quotes mean nothing in these files: a cell ends at a tab, a row at a line's end."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for line in file:
                if text := line.rstrip("\r\n"):
                    yield text.split("\t")
    except UnicodeDecodeError as error:
        raise TableError(f"{path} is not UTF-8: {error.reason}") from None


def _sheet(path: Path) -> Iterator[Sequence[str]]:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        sheet = CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    except CalamineError as error:
        raise TableError(f"{path} is no workbook: {error}") from None
    for row in sheet.iter_rows():
        if any(cell != "" for cell in row):
            yield [_cell(cell) for cell in row]


def _cell(value: Any) -> str:
    """A workbook's value as the text release writes it: 8823, not 8823.0; 08/2023 for a day."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value.strftime("%m/%Y") if hasattr(value, "strftime") else str(value)
