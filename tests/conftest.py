import os
from pathlib import Path

import pytest

from rolerisk.pipeline import build
from rolerisk.settings import Settings
from tests.sites import PROJECT, SHIPPED_DAY, SMALL_SITE, SiteFolder


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
