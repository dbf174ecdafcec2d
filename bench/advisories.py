"""Looks the pinned releases up in the advisory database, with pip-audit.

python -m bench.advisories [PIP_AUDIT]     `make audit-deps` installs pip-audit beside the project

pip-audit itself ends with success when no registry answers. This says so, and ends with 2: what
was not looked up is not known to be sound.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LOCKS = ("requirements.txt", "requirements-cluster.txt", "requirements-dev.txt")
SOUND, VULNERABLE, UNKNOWN = 0, 1, 2


def main() -> int:
    """Print what is known of every lock file; the worst of the exit codes."""
    tool = sys.argv[1] if len(sys.argv) > 1 else str(ROOT / ".venv/audit/bin/pip-audit")
    worst = SOUND
    for lock in LOCKS:
        code, lines = verdict(_report(tool, lock))
        print(f"{lock}: " + "\n  ".join(lines))
        worst = max(worst, code, key=(SOUND, UNKNOWN, VULNERABLE).index)
    return worst


def verdict(report: dict[str, Any] | None) -> tuple[int, list[str]]:
    """The exit code and what to say of one report of pip-audit; None when it gave none."""
    if report is None:
        return UNKNOWN, ["pip-audit gave no report: nothing was looked up"]
    releases = report["dependencies"]
    skipped = [release["name"] for release in releases if "skip_reason" in release]
    found = [
        f"{release['name']} {release['version']}: {', '.join((flaw['id'], *flaw['aliases']))}, "
        f"mended in {', '.join(flaw['fix_versions']) or 'no release yet'}"
        for release in releases
        for flaw in release.get("vulns", ())
    ]
    if found:
        return VULNERABLE, [f"{len(found)} known vulnerabilities", *found]
    if releases and len(skipped) == len(releases):
        return UNKNOWN, ["no registry answers: nothing was looked up"]
    if skipped:
        return UNKNOWN, [f"{len(skipped)} of {len(releases)} were not found: {', '.join(skipped)}"]
    return SOUND, [f"nothing is known against its {len(releases)} releases"]


def _report(tool: str, lock: str) -> dict[str, Any] | None:
    command = [tool, "--disable-pip", "--require-hashes", "--requirement", lock, "--format", "json"]
    done = subprocess.run(
        [*command, "--progress-spinner", "off"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    try:
        report: dict[str, Any] = json.loads(done.stdout)
        return report
    except json.JSONDecodeError:
        print(done.stderr.strip(), file=sys.stderr)
        return None


if __name__ == "__main__":
    sys.exit(main())
