"""content/occupations.csv → the occupations by SOC code, each cell's problem at that cell."""

import csv
import io
import math
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from rolerisk.model.content import Occupation
from rolerisk.model.scalars import Soc
from rolerisk.model.sources import Sources
from rolerisk.parse import forms, rules
from rolerisk.parse.invisible import invisible_in_text
from rolerisk.problem import Place, Problem, problem
from rolerisk.text.spelling import did_you_mean, listed

OCCUPATIONS = "content/occupations.csv"
_HEADER = ["soc", "title"]


class _Row(NamedTuple):
    """A row's cells and the line (1-based) that it begins on; why not, when it cannot be read."""

    line: int
    cells: list[str]
    error: str = ""


def parse_occupations(
    sources: Sources, measures: set[str], lenient: bool
) -> tuple[dict[str, Occupation], list[Problem]]:
    """Read occupations.csv by SOC code; `lenient` when not all measures are known."""
    text = sources.text(OCCUPATIONS)
    if text is None:
        return {}, []
    return _Table(text, measures, lenient).read()


class _Table:
    """One pass over the file, collecting occupations and problems."""

    def __init__(self, text: str, measures: set[str], lenient: bool) -> None:
        self.text = text
        self.lines = text.split("\n")
        self.measures = measures
        self.lenient = lenient
        self.header: list[str] = []
        self.occupations: dict[str, Occupation] = {}
        self.problems = list(invisible_in_text(OCCUPATIONS, text))

    def read(self) -> tuple[dict[str, Occupation], list[Problem]]:
        """The occupations and the problems; without its header, a table says nothing."""
        rows = _rows(self.text)
        self._read_header(next(rows, _Row(1, [])))
        if self.header:
            for row in rows:
                self._read_row(row)
        return self.occupations, self.problems

    def _read_header(self, row: _Row) -> None:
        if row.error or row.cells[:2] != _HEADER:
            message = row.error or "the header should begin with soc,title"
            return self._report(row, 0, message, "")
        self.header = row.cells
        for index, column in enumerate(row.cells[2:], 2):
            if column not in self.measures and not self.lenient:
                hint = did_you_mean(column, self.measures) if len(self.measures) > 12 else ""
                known = listed(sorted(self.measures)) or "none is in content/measures.yaml yet"
                self._report(
                    row, index, f"column {column!r} is not a measure", hint or f"measures: {known}"
                )
        return None

    def _read_row(self, row: _Row) -> None:
        if row.error:
            self._report(row, 0, row.error, "a quote that opens a cell is closed at its end")
        elif len(row.cells) != len(self.header):
            message = f"{len(row.cells)} cells under {len(self.header)} columns"
            self._report(row, 0, message, "")
        elif wrong := _code_problem(row.cells[0]):
            self._report(row, 0, *wrong)
        else:
            code, title, figures = row.cells[0], row.cells[1], self._figures(row)
            if code in self.occupations:
                self._report(row, 0, f"{code} stands twice", "one row a code")
            self.occupations[code] = Occupation(code, title, figures)

    def _figures(self, row: _Row) -> dict[str, float]:
        """The figures of a row by measure; a cell that is empty has none."""
        figures = {}
        for index, measure in enumerate(self.header[2:], 2):
            cell = row.cells[index]
            figure = _number(cell)
            if math.isfinite(figure):
                figures[measure] = figure
            elif cell.strip():
                self._report(
                    row,
                    index,
                    f"{measure} {cell!r} is not a number",
                    "leave the cell empty when nobody has the figure",
                )
        return figures

    def _report(self, row: _Row, index: int, message: str, hint: str) -> None:
        line, column = _cell_start(self.lines, row.line, index)
        place = Place(OCCUPATIONS, line=line, column=column)
        self.problems.append(problem(rules.OCCUPATIONS, place, message, hint))


def _rows(text: str) -> Iterator[_Row]:
    """The rows with their lines; the last one may be an error, behind which nothing is read."""
    reader = csv.reader(io.StringIO(text))
    while True:
        line = reader.line_num + 1
        try:
            yield _Row(line, next(reader))
        except StopIteration:
            return
        except csv.Error as error:
            yield _Row(line, [], f"this row cannot be read: {error}")
            return


def _cell_start(lines: list[str], line: int, index: int) -> tuple[int, int]:
    """Where a cell (from 0) of the row on that line begins (1-based), behind its comma."""
    quoted, column = False, 0
    while index and line <= len(lines):
        text = lines[line - 1]
        if column == len(text):
            line, column = line + 1, 0
            continue
        quoted ^= text[column] == '"'
        index -= text[column] == "," and not quoted
        column += 1
    return line, column + 1


def _code_problem(code: str) -> tuple[str, str] | None:
    """What is wrong with a SOC code, and the hint."""
    kind: Any = Soc
    try:
        msgspec.convert(code, kind)
    except msgspec.ValidationError as error:
        found = forms.bare(msgspec.inspect.type_info(kind))
        return forms.explain(code, found, Place(OCCUPATIONS, ("soc",)), str(error))
    return None


def _number(cell: str) -> float:
    try:
        return float(cell)
    except ValueError:
        return math.nan
