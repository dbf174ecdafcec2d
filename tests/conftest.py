import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from rolerisk.pipeline import build
from rolerisk.settings import Settings
from tests.remembered import remembered
from tests.sites import PROJECT, SHIPPED_DAY, SMALL_SITE, SiteFolder

# What the tests marked fuzz do: a little of it always, much of it with `make fuzz`.
settings.register_profile("short", max_examples=150, deadline=None)
settings.register_profile(
    "long", max_examples=5_000, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "short"))


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
