"""Problems and plans → what people read. The only place that knows colours."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from rolerisk.problem import LocatedProblem, Problem, Severity

_QUOTE_WIDTH = 100


def problem_text(problem: LocatedProblem, colours: bool = True) -> str:
    """A problem as the terminal shows it: place, message, rule, the quoted line, a caret, a hint."""
    colour = "red" if problem.severity is Severity.ERROR else "yellow"
    where = f"{problem.path}:{problem.line}:{problem.column}" if problem.line else problem.path
    word = "" if problem.severity is Severity.ERROR else "warning: "
    lines = [
        f"{click.style(where, bold=True)}: {click.style(word + problem.message, fg=colour)} [{problem.rule}]"
    ]
    if problem.quote.strip():
        quote, column = _shortened(problem.quote, problem.column)
        lines += [f"    {quote}", f"    {' ' * (column - 1)}{click.style('^', fg=colour)}"]
    if problem.hint:
        lines.append(f"  {click.style('hint', fg='cyan')}: {problem.hint}")
    text = "\n".join(lines)
    return text if colours else click.unstyle(text)


def count_text(problems: Sequence[LocatedProblem]) -> str:
    """How many problems there are: 2 errors and 1 warning in 2 files."""
    counts = Counter(problem.severity for problem in problems)
    parts = [
        f"{counts[severity]} {severity}{'s' * (counts[severity] != 1)}"
        for severity in (Severity.ERROR, Severity.WARNING)
        if counts[severity]
    ]
    files = len({problem.path for problem in problems})
    return f"{' and '.join(parts)} in {files} file{'s' * (files != 1)}" if parts else "no problems"


def few_of_a_kind(
    problems: Iterable[Problem], most: int | None
) -> tuple[list[Problem], dict[str, int]]:
    """All errors and the first `most` warnings of each rule; how many more there are, by rule.

    Whoever locates and prints a thousand warnings of one kind waits for it, and reads none.
    """
    kept, met = list[Problem](), Counter[str]()
    for found in dict.fromkeys(problems):
        if found.severity is Severity.ERROR or most is None:
            kept.append(found)
            continue
        met[found.rule] += 1
        if met[found.rule] <= most:
            kept.append(found)
    most = most or 0
    return kept, {rule: count - most for rule, count in met.items() if count > most}


def unlisted_lines(unlisted: Mapping[str, int]) -> list[str]:
    """How many more warnings there are, by rule, and who lists them."""
    return [
        f"{count:,} more warning{'s' * (count != 1)} [{rule}]: python build.py check lists all"
        for rule, count in sorted(unlisted.items())
    ]


def in_order(problems: Iterable[LocatedProblem]) -> list[LocatedProblem]:
    """By file, then from top to bottom; what is said twice of one place, once."""
    return sorted(dict.fromkeys(problems), key=lambda problem: problem.order)


def summary_text(files: int, written: int, removed: int, seconds: float) -> str:
    """What a build did, in one line."""
    return f"{files:,} files: {written:,} written, {removed:,} removed, {seconds:.2f} s"


def waiting_text(count: int, next_day: str) -> str:
    """How many roles wait for their day of publication."""
    return (
        f"{count} role{'s' * (count != 1)} wait{'s' * (count == 1)}; the next on {next_day}"
        if count
        else ""
    )


def preview_text(asked: bool) -> str:
    """That search engines are told to leave the site alone, and why when nobody asked for it."""
    why = "" if asked else "; --base-url is not the base_url of content/site.yaml"
    return f"a preview: search engines are told to leave it alone{why}"


def strangers_lines(paths: Sequence[str], out: Path) -> list[str]:
    """Files that nobody planned, twenty at most, and what can be done about them."""
    if not paths:
        return []
    shown = [f"  {out}/{path}" for path in paths[:20]]
    more = [f"  and {len(paths) - 20:,} more"] if len(paths) > 20 else []
    head = f"{len(paths):,} file{'s' * (len(paths) != 1)} in {out} that nobody planned, left alone:"
    return [head, *shown, *more, "  python build.py clean --all removes them, after asking"]


def _shortened(quote: str, column: int) -> tuple[str, int]:
    """A long line cut to what is around the column; tabs as one space, so that the caret fits."""
    quote = quote.replace("\t", " ")
    start = max(0, column - _QUOTE_WIDTH // 2) if len(quote) > _QUOTE_WIDTH else 0
    cut = quote[start : start + _QUOTE_WIDTH]
    return cut, column - start
