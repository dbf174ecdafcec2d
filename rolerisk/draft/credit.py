"""Whom a draft's facts come from, and what their licence asks a page to say."""

import datetime
import re
from pathlib import Path

from rolerisk.draft.onet import Occupation
from rolerisk.draft.record import DraftSource, todo_source

ONET, LABELS = "onet", "gpts-are-gpts"
_ONET_URL = "https://www.onetonline.org/link/summary/"


def sources_of(
    occupation: Occupation, slug: str, version: str, rated: bool, today: datetime.date
) -> tuple[DraftSource, DraftSource]:
    """The database, and the exposure labels; without them, a source that is still to be found."""
    month, _, year = max((t.date for t in occupation.tasks), key=_sortable).partition("/")
    onet = DraftSource(
        ONET,
        f"O*NET {version} Database: {occupation.title}".replace("  ", " "),
        "U.S. Department of Labor, Employment and Training Administration",
        _ONET_URL + occupation.code,
        f"{year}-{month}" if re.fullmatch(r"\d\d/\d{4}", f"{month}/{year}") else str(today.year),
    )
    labels = DraftSource(
        LABELS,
        "GPTs are GPTs: exposure labels of tasks",
        "Eloundou, Manning, Mishkin and Rock; Science",
        "https://github.com/openai/GPTs-are-GPTs",
        "2024",
    )
    return onet, labels if rated else todo_source(slug, 2, today)


def _sortable(date: str) -> str:
    """MM/YYYY → YYYY/MM."""
    month, _, year = date.partition("/")
    return f"{year}/{month}"


def attribution(version: str, publisher: str) -> str:
    """What the licence of the O*NET database asks a page to say."""
    name = f"O*NET {version} Database".replace("  ", " ")
    return (
        f"This page includes information from the [{name}](https://www.onetcenter.org/database.html) "
        "by the U.S. Department of Labor, Employment and Training Administration (USDOL/ETA), used "
        "under the [CC BY 4.0](https://creativecommons.org/licenses/by/4.0/) license. O*NET® is a "
        f"trademark of USDOL/ETA. {publisher} has modified all or some of this information. "
        "USDOL/ETA has not approved, endorsed, or tested these modifications."
        f"[^{ONET}]"
    )


def version_of(folder: Path) -> str:
    """The database's version, as its folder is called: db_30_1_text → 30.1; else an empty text."""
    match = re.search(r"db_(\d+)_(\d+)", folder.resolve().name)
    return f"{match[1]}.{match[2]}" if match else ""
