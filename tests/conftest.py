import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from rolerisk.pipeline import build
from rolerisk.settings import Settings
from tests.remembered import remembered
from tests.sites import PROJECT, SHIPPED_DAY, SMALL_SITE, SiteFolder
from tests.town import TOWN, restore

# Random texts: a few others each time while one works, many and always the same where CI decides,
# very many with `make fuzz`. How long an example takes says how busy the machine is: nobody asks.
_UNTIMED = {"deadline": None, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("quick", max_examples=20, **_UNTIMED)
settings.register_profile("thorough", max_examples=150, derandomize=True, **_UNTIMED)
settings.register_profile("long", max_examples=5_000, **_UNTIMED)
_USUAL = "thorough" if os.environ.get("CI") == "true" else "quick"
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", _USUAL))


@pytest.fixture(scope="session", autouse=True)
def _remembered() -> Iterator[None]:
    with remembered():
        yield


@pytest.fixture
def site(tmp_path) -> SiteFolder:
    """A small, sound site that a test may edit and build."""
    return SiteFolder(tmp_path, SMALL_SITE)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory) -> Path:
    """The shipped site, built once for all tests that only look at it."""
    out = tmp_path_factory.mktemp("shipped") / "site"
    settings = Settings(
        root=PROJECT,
        out=out,
        today=SHIPPED_DAY,
        drafts=True,
        use_cache=False,
        jobs=os.cpu_count() or 1,
    )
    assert build(settings, lambda done, total: None).sound
    return out


@pytest.fixture(scope="session")
def _built_town(tmp_path_factory) -> tuple[Path, Path]:
    """The town of tests/town.py, built: where it stands, and a copy of the whole folder."""
    place = tmp_path_factory.mktemp("rebuild")
    site = SiteFolder(place / "town", TOWN)
    assert site.build().sound
    shutil.copytree(place / "town", place / "copy")
    return place / "town", place / "copy"


@pytest.fixture
def town(_built_town) -> SiteFolder:
    """The built town as it was after its first build, in the place where it was built."""
    place, copy = _built_town
    restore(place, copy)
    site = SiteFolder.__new__(SiteFolder)
    site.root = place
    return site
