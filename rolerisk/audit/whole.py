"""A page has arrived whole: the one thing that is checked before it can be read."""

from collections.abc import Iterator

from rolerisk.problem import LocatedProblem, Rule, Severity, located

RULE = Rule(
    "site-page",
    Severity.ERROR,
    "Every built page is a whole HTML document in UTF-8.",
    "A page that ends before </html>, or that cannot be read, was cut off or altered after the build; "
    "nothing else is said of one that cannot be read. No file is a symbolic link to nothing. Checked by check --site.",
)


def check_whole(file: str, data: bytes | None) -> Iterator[LocatedProblem]:
    """What is wrong with the bytes of a page; None: they cannot be had."""
    if data is None:
        yield located(RULE, file, "the file cannot be read")
        return
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        yield located(RULE, file, "this is not UTF-8", "", line, column)
        return
    if not text.rstrip().endswith("</html>"):
        yield located(RULE, file, "the page does not end with </html>", "build again")
