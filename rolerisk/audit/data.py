"""The files for programs can be read, and the addresses in them lead to files."""

import csv
import io
import json
import re
from collections.abc import Iterator, Sequence

from rolerisk.audit.digest import Digest
from rolerisk.audit.folder import Folder
from rolerisk.problem import LocatedProblem, Rule, Severity

RULE = Rule(
    "site-data",
    Severity.ERROR,
    "The data of a built site can be read, and its addresses lead to files.",
    "JSON, CSV and the web manifest parse, every row of a table has its columns, and every whole address "
    "of this site in JSON, CSV, Markdown and llms.txt leads to a file: the data travels, and is read "
    "where nobody can ask. Checked by check --site.",
)
_READ = (".json", ".csv", ".webmanifest", ".md", "llms.txt")
_FOREIGN = "pagefind/"  # the files of the search index are its program's


def check_all(_: Sequence[Digest], folder: Folder) -> Iterator[LocatedProblem]:
    """One file after the other."""
    address = re.compile(re.escape(folder.site.base_url) + r"(?:/[^\s\"'<>)\\,\]]*)?")
    for path in folder.site.files:
        if path.endswith(_READ) and not path.startswith(_FOREIGN):
            yield from _check(folder, path, address)


def _check(folder: Folder, path: str, address: re.Pattern[str]) -> Iterator[LocatedProblem]:
    try:
        text = folder.read(path).decode("utf-8")
        if path.endswith((".json", ".webmanifest")):
            json.loads(text)
        rows = list(_rows(folder, path, text)) if path.endswith(".csv") else []
    except (ValueError, RecursionError, csv.Error) as error:  # of UTF-8, JSON and CSV
        yield folder.problem(RULE, path, f"it cannot be read: {error}")
        return
    yield from rows
    for url in dict.fromkeys(found.rstrip(".;:!?") for found in address.findall(text)):
        file = folder.own_file_at(url)
        if file is not None and file not in folder.site.files:
            yield folder.problem_at(RULE, path, url, f"{url} leads nowhere")


def _rows(folder: Folder, path: str, text: str) -> Iterator[LocatedProblem]:
    reader = csv.reader(io.StringIO(text, newline=""))
    columns = len(next(reader, []))
    for row in reader:
        if len(row) != columns:
            message = f"{len(row)} columns, the header has {columns}"
            quote = text.splitlines()[reader.line_num - 1]
            yield folder.problem(RULE, path, message, "", reader.line_num, quote)
