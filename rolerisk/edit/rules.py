"""The rule of fmt, apart from it: who lists all rules need not import what rewrites files."""

from rolerisk.problem import Rule, Severity

FORMAT = Rule(
    "format",
    Severity.ERROR,
    "`fmt` loses nothing, or leaves a file as it is.",
    "Before a file is written, it is read again: every value, every comment and every text has to "
    "be what it was. A comment inside `{ }` or `[ ]` has no place in the canonical form.",
)
