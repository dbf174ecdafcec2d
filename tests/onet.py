"""O*NET releases for tests: our own words in the database's exact format, as text or workbooks."""

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

COLUMNS = {
    "Occupation Data": "O*NET-SOC Code|Title|Description",
    "Task Statements": "O*NET-SOC Code|Task ID|Task|Task Type|Incumbents Responding|Date|Domain Source",
    "Task Ratings": "O*NET-SOC Code|Task ID|Scale ID|Category|Data Value|N|Standard Error"
    "|Lower CI Bound|Upper CI Bound|Recommend Suppress|Date|Domain Source",
    "Technology Skills": "O*NET-SOC Code|Example|Commodity Code|Commodity Title|Hot Technology|In Demand",
    "Alternate Titles": "O*NET-SOC Code|Alternate Title|Short Title|Source(s)",
    "Related Occupations": "O*NET-SOC Code|Related O*NET-SOC Code|Relatedness Tier|Index",
}
Row = Sequence[str]


def write_release(folder: Path, tables: dict[str, list[Row]], excel: bool = False) -> Path:
    """Write a release; a table that is not given is empty, one that is None is left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, head in COLUMNS.items():
        rows = tables.get(name, [])
        if rows is None:
            continue
        if excel:  # the Excel files carry the occupation's title as well
            titles = {row[0]: row[1] for row in tables["Occupation Data"]}
            columns, body = head.split("|"), [list(row) for row in rows]
            if name != "Occupation Data":
                columns.insert(1, "Title")
                body = [[row[0], titles.get(row[0], ""), *row[1:]] for row in rows]
            write_workbook(folder / f"{name}.xlsx", [columns, *body])
        else:
            write_table(folder / f"{name}.txt", [head.split("|"), *rows])
    return folder


def write_table(path: Path, rows: Iterable[Row]) -> None:
    path.write_bytes("".join("\t".join(row) + "\r\n" for row in rows).encode())


def write_workbook(path: Path, rows: Iterable[Row]) -> None:
    """A workbook with one sheet, as small as the format allows; numbers are numbers."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    body = "".join(f"<row>{''.join(map(_cell, row))}</row>" for row in rows)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="Sheet1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship '
        f'Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{body}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)


def _cell(text: str) -> str:
    if text.replace(".", "", 1).isdigit():
        return f"<c><v>{text}</v></c>"
    return f'<c t="inlineStr"><is><t>{escape(text)}</t></is></c>'


def ratings(code: str, task: str, importance: float, relevance: float, often: int) -> list[Row]:
    """A task's rows of Task Ratings: importance, relevance, and everybody in one frequency."""
    rest = ("36", "0.1", "1", "2", "N", "08/2023", "Incumbent")
    rows = [
        (code, task, "IM", "n/a", f"{importance:.2f}", *rest),
        (code, task, "RT", "n/a", f"{relevance:.2f}", *rest),
    ]
    return rows + [
        (code, task, "FT", str(n), "100" if n == often else "0", *rest) for n in range(1, 8)
    ]


def synthetic(
    count: int, tasks: int = 20, without: int = 0
) -> tuple[dict[str, list[Row]], list[Row]]:
    """A release of so many occupations, and its exposure labels; the last have no tasks."""
    verbs = "Draft Check File Plan Repair Discuss Measure Order Teach Inspect".split()
    things = "letters engines budgets gardens maps contracts menus bridges records patients".split()
    tables: dict[str, list[Row]] = {name: [] for name in COLUMNS}
    labels: list[Row] = [
        ("O*NET-SOC Code", "Task ID", "Task", "human_exposure_agg", "gpt4_exposure")
    ]
    codes = [f"{11 + n // 40 * 2}-{1000 + n % 40 * 10 + 1}.{n % 3:02}" for n in range(count)]
    for number, code in enumerate(codes):
        name = f"{things[number % 10].title()} Keepers, Class {number}"
        tables["Occupation Data"].append((code, name, "Keep things."))
        for n in range(12):
            tables["Alternate Titles"].append((code, f"Keeper {number} {n}", "n/a", "08"))
            tables["Technology Skills"].append((code, f"Tool {n}", "1", "Things", "NY"[n % 2], "N"))
            other = codes[(number + n + 1) % count]
            tables["Related Occupations"].append((code, other, "Primary-Short", str(n + 1)))
        for n in range(tasks if number < count - without else 0):
            id_ = str(1000 * number + n)
            text = (
                f"{verbs[n % 10]} {things[(n * 3 + number) % 10]} and {things[n % 7]}, using tools."
            )
            tables["Task Statements"].append(
                (code, id_, text, "Core", "30", "08/2023", "Incumbent")
            )
            tables["Task Ratings"] += ratings(
                code, id_, 3 + n % 3 / 2, 50 + n, 1 + (n + number) % 7
            )
            labels.append((code, id_, text, f"E{n % 3}", f"E{(n + number) % 3}"))
    return tables, labels
