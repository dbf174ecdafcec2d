import pytest

from tests.sites import SMALL_SITE, SiteFolder


@pytest.fixture
def site(tmp_path) -> SiteFolder:
    """A small, sound site that a test may edit and build."""
    return SiteFolder(tmp_path, SMALL_SITE)
