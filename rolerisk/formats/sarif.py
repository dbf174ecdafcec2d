"""Problems as SARIF 2.1.0, as GitHub's code scanning takes it.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import quote

import msgspec

from rolerisk.problem import LocatedProblem, Rule, Severity

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning"}


def sarif(problems: Sequence[LocatedProblem], rules: Iterable[Rule]) -> str:
    """A log with one run: the rules that were broken, and a result a problem."""
    broken = {found.rule for found in problems}
    known = sorted((rule for rule in rules if rule.id in broken), key=lambda rule: rule.id)
    places = {rule.id: index for index, rule in enumerate(known)}
    driver = {"name": "rolerisk", "rules": [_descriptor(rule) for rule in known]}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, places) for found in problems],
    }
    log = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return msgspec.json.format(msgspec.json.encode(log), indent=2).decode()


def _descriptor(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.summary},
        "fullDescription": {"text": rule.details},
        "help": {"text": f"{rule.summary} {rule.details}"},
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
    }


def _result(found: LocatedProblem, places: dict[str, int]) -> dict[str, Any]:
    text = found.message + (f"\nhint: {found.hint}" if found.hint else "")
    physical: dict[str, Any] = {"artifactLocation": {"uri": quote(found.path)}}
    if found.line:
        region: dict[str, Any] = {"startLine": found.line, "startColumn": found.column}
        if found.quote:
            region["snippet"] = {"text": found.quote}
        physical["region"] = region
    return {
        "ruleId": found.rule,
        **({"ruleIndex": places[found.rule]} if found.rule in places else {}),
        "level": _LEVELS[found.severity],
        "message": {"text": text},
        "locations": [{"physicalLocation": physical}],
    }
