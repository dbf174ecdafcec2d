"""Problems as GitHub's workflow commands, which become annotations, and as a job summary.

GitHub shows ten annotations of a severity for a step and drops the others in silence, so the
files that were changed come first, and what is left out is counted.
https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence

from rolerisk.problem import LocatedProblem, Severity

SHOWN = 10  # of errors, and of warnings
_SUMMARY_BYTES = 1_000_000  # GitHub takes 1 MiB a step


def annotations(problems: Sequence[LocatedProblem], changed: Collection[str] = ()) -> Iterator[str]:
    """The workflow commands, those in changed files first; ten of a severity, the rest counted."""
    met = Counter[Severity]()
    for found in sorted(problems, key=lambda found: found.path not in changed):
        met[found.severity] += 1
        if met[found.severity] <= SHOWN:
            yield _command(found)
    for severity in Severity:
        if met[severity] > SHOWN:
            more = met[severity] - SHOWN
            yield f"::notice::{more} more {severity}{'s' * (more > 1)}: the job summary lists all"


def summary(problems: Sequence[LocatedProblem], heading: str) -> str:
    """All problems as a Markdown table, or as many as GitHub takes."""
    lines = [f"### {heading}", ""]
    if problems:
        lines += ["| where | what | rule |", "|---|---|---|"]
    size = 0
    for index, found in enumerate(problems):
        lines.append(_row(found))
        size += len(lines[-1].encode()) + 1
        if size > _SUMMARY_BYTES:
            lines[-1:] = ["", f"and {len(problems) - index:,} more"]
            break
    return "\n".join(lines) + "\n"


def _command(found: LocatedProblem) -> str:
    where = {"file": found.path, "title": found.rule}
    if found.line:
        where |= {"line": str(found.line), "col": str(found.column)}
    properties = ",".join(f"{key}={_property(value)}" for key, value in where.items())
    text = found.message + (f"\nhint: {found.hint}" if found.hint else "")
    return f"::{found.severity} {properties}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _row(found: LocatedProblem) -> str:
    where = f"{found.path}:{found.line}:{found.column}" if found.line else found.path
    hint = f"<br>hint: {_cell(found.hint)}" if found.hint else ""
    return f"| `{where}` | **{found.severity}**: {_cell(found.message)}{hint} | {found.rule} |"


def _cell(text: str) -> str:
    for plain, safe in (("&", "&amp;"), ("<", "&lt;"), ("|", "\\|"), ("\n", " ")):
        text = text.replace(plain, safe)
    return text
